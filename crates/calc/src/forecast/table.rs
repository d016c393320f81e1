//! Tables of comma-separated values, with the line and column of what is wrong.

use forecast::Error;
use forecast::series::{Row, Series, read as series_of};
use forecast::time::Calendar;

use crate::answer::{Stop, read};

/// A table with a head.
pub(super) struct Table {
    file: String,
    head: Vec<String>,
    rows: Vec<Record>,
}

/// One row of a table.
pub(super) struct Record {
    /// Its line in the file.
    pub line: u64,
    cells: Vec<String>,
}

impl Table {
    /// The table in `file`. Names of columns are read without regard to case or space around them.
    pub(super) fn read(file: &str) -> Result<Table, Stop> {
        let text = read(file)?;
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let unclean = |error: csv::Error| Stop::Unclean(format!("{file}: {}", said(&error)));
        let head = reader.headers().map_err(unclean)?.iter().map(str::to_lowercase).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unclean)?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push(Record { line, cells: record.iter().map(str::to_owned).collect() });
        }
        Ok(Table { file: file.to_owned(), head, rows })
    }

    pub(super) fn rows(&self) -> &[Record] {
        &self.rows
    }

    /// The place of a column that has to be there.
    pub(super) fn column(&self, name: &str) -> Result<usize, Stop> {
        self.has(name).ok_or_else(|| {
            let head = self.head.join(",");
            self.unclean(1, &format!("there is no column {name} in {head:?}: name it in the first line"))
        })
    }

    /// The place of a column that may be there.
    pub(super) fn has(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|column| column == name)
    }

    /// A number in a cell; none where it is empty.
    pub(super) fn number(&self, row: &Record, column: usize) -> Result<Option<f64>, Stop> {
        let cell = row.cell(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let number = cell.parse::<f64>().ok().filter(|number| number.is_finite());
        number.map(Some).ok_or_else(|| {
            let name = &self.head[column];
            let why = format!("column {name}: {cell:?} is no number: write 12.5, or leave it empty");
            self.unclean(row.line, &why)
        })
    }

    /// A number in a cell that must not be empty.
    pub(super) fn filled(&self, row: &Record, column: usize) -> Result<f64, Stop> {
        let empty =
            || self.unclean(row.line, &format!("column {} is empty: write a number", self.head[column]));
        self.number(row, column)?.ok_or_else(empty)
    }

    /// What is wrong in a line.
    pub(super) fn unclean(&self, line: u64, why: &str) -> Stop {
        Stop::Unclean(format!("{}, line {line}: {why}", self.file))
    }

    /// What the instrument found wrong.
    pub(super) fn refused(&self, error: &Error) -> Stop {
        Stop::Unclean(format!("{}: {error}", self.file))
    }

    /// Series of the columns `id` (may be left out where there is one series), `t` and `y`.
    pub(super) fn series(&self) -> Result<(Calendar, Vec<Series>), Stop> {
        let (id, time, value) = (self.has("id"), self.column("t")?, self.column("y")?);
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let id = id.map_or("series", |id| row.cell(id)).to_owned();
            if id.is_empty() {
                return Err(self.unclean(row.line, "column id is empty: write the name of the series"));
            }
            let value = self.number(row, value)?;
            rows.push(Row { line: row.line, id, time: row.cell(time).to_owned(), value });
        }
        series_of(&rows).map_err(|error| self.refused(&error))
    }
}

impl Record {
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// What the reader of the format found wrong, in a sentence.
fn said(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            format!(
                "line {line} has {len} columns where the first line has {expected_len}: make them as many"
            )
        }
        _ => error.to_string(),
    }
}
