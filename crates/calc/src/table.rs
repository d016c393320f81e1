//! A CSV file as a table of words: columns by name, and every complaint with its file, line and column.

use serde_json::Value;

use crate::answer::Stop;
use crate::format::Format;

/// A file with a heading line.
#[derive(Debug)]
pub(crate) struct Table {
    file: String,
    /// What it may hold: no other column is ever asked for.
    format: &'static Format,
    headings: Vec<String>,
    rows: Vec<Row>,
}

/// A line of a file.
#[derive(Debug)]
struct Row {
    line: u64,
    cells: Vec<String>,
}

/// A column, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column(usize);

impl Table {
    /// Reads a file: comma-separated, UTF-8, a heading line first.
    pub(crate) fn open(file: &str, format: &'static Format) -> Result<Table, Stop> {
        Table::parse(file, &format.read(file)?, format)
    }

    fn parse(file: &str, text: &str, format: &'static Format) -> Result<Table, Stop> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let unreadable = |error: csv::Error| Stop::Unclean(format!("{file}: {error}"));
        let headings: Vec<String> = reader.headers().map_err(unreadable)?.iter().map(str::to_owned).collect();
        if headings.iter().all(String::is_empty) {
            return Err(Stop::Unclean(format!("{file} is empty: begin it with a heading line")));
        }
        if let Some(twice) = headings.iter().enumerate().find(|(at, name)| headings[..*at].contains(name)) {
            return Err(Stop::Unclean(format!("{file}, line 1: column {} is there twice", twice.1)));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != headings.len() {
                let (cells, columns) = (record.len(), headings.len());
                let says = format!("{cells} cells, and the heading has {columns} columns");
                return Err(Stop::Unclean(format!("{file}, line {line}: {says}")));
            }
            rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
        }
        Ok(Table { file: file.to_owned(), format, headings, rows })
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// A column that must be there.
    pub(crate) fn column(&self, name: &str) -> Result<Column, Stop> {
        self.told(name, name)
    }

    /// A column that must be there and is called as the words say; `word` is theirs, as in `--time`.
    pub(crate) fn told(&self, word: &str, name: &str) -> Result<Column, Stop> {
        self.find(word, name).ok_or_else(|| {
            let (file, there) = (&self.file, self.headings.join(", "));
            Stop::Usage(format!("{file} has no column {name}; its columns are {there}"))
        })
    }

    /// A column that may be there.
    pub(crate) fn optional(&self, name: &str) -> Option<Column> {
        self.find(name, name)
    }

    /// Capitals do not count. What `quarterdeck help formats` does not tell, no reader asks for.
    fn find(&self, told: &str, name: &str) -> Option<Column> {
        debug_assert!(self.format.names(told), "{} tells no {told}", self.format.file);
        self.headings.iter().position(|heading| heading.eq_ignore_ascii_case(name)).map(Column)
    }

    /// The line of the file a row stands in.
    pub(crate) fn line(&self, row: usize) -> u64 {
        self.rows[row].line
    }

    /// The text of a cell.
    pub(crate) fn text(&self, row: usize, column: Column) -> &str {
        &self.rows[row].cells[column.0]
    }

    /// A number such as 12.5.
    pub(crate) fn number(&self, row: usize, column: Column) -> Result<f64, Stop> {
        let text = self.text(row, column);
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.wrong(row, column, &said(text, "is no number; write it as 12.5")))
    }

    /// A number such as 12.5; none where the cell is empty.
    pub(crate) fn number_if_any(&self, row: usize, column: Column) -> Result<Option<f64>, Stop> {
        let there = !self.text(row, column).is_empty();
        there.then(|| self.number(row, column)).transpose()
    }

    /// A whole number that is not negative.
    pub(crate) fn count(&self, row: usize, column: Column) -> Result<u64, Stop> {
        let text = self.text(row, column);
        let wrong = || self.wrong(row, column, &said(text, "is no count; write a whole number such as 12"));
        text.parse().map_err(|_| wrong())
    }

    /// How many customers a row stands for: 1 without such a column.
    pub(crate) fn customers(&self, row: usize, column: Option<Column>) -> Result<u64, Stop> {
        column.map_or(Ok(1), |column| self.count(row, column))
    }

    /// Yes or no.
    pub(crate) fn flag(&self, row: usize, column: Column) -> Result<bool, Stop> {
        let text = self.text(row, column);
        match text.to_lowercase().as_str() {
            "1" | "true" | "yes" => Ok(true),
            "0" | "false" | "no" => Ok(false),
            _ => Err(self.wrong(
                row,
                column,
                &said(text, "is neither; write 1 for left and 0 for still there"),
            )),
        }
    }

    /// A complaint about the whole file.
    pub(crate) fn unclean(&self, says: impl std::fmt::Display) -> Stop {
        Stop::Unclean(format!("{}: {says}", self.file))
    }

    /// A complaint about a cell.
    pub(crate) fn wrong(&self, row: usize, column: Column, says: &str) -> Stop {
        let (file, line, name) = (&self.file, self.rows[row].line, &self.headings[column.0]);
        Stop::Unclean(format!("{file}, line {line}, column {name}: {says}"))
    }

    /// What the instrument says against its `rows` (places in this table), with file, line and column. `columns` are its
    /// fields.
    pub(crate) fn refused(
        &self,
        error: retention::Error,
        rows: &[usize],
        columns: &[(&str, Column)],
    ) -> Stop {
        let retention::Error::Row { row, field, says } = &error else {
            return self.unclean(&error);
        };
        let row = rows[row - 1];
        match columns.iter().find(|(name, _)| name == field) {
            Some((_, column)) => self.wrong(row, *column, says),
            None => Stop::Unclean(format!("{}, line {}, {field}: {says}", self.file, self.rows[row].line)),
        }
    }
}

fn said(text: &str, says: &str) -> String {
    if text.is_empty() { format!("an empty cell {says}") } else { format!("“{text}” {says}") }
}

/// A number, or null where there is none.
pub(crate) fn known(number: Option<f64>) -> Value {
    number.map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Part, optional};

    static FORMAT: Format = Format {
        file: "FILE.csv",
        holds: "",
        parts: &[Part {
            at: "",
            fields: &[optional("time", ""), optional("left", ""), optional("group", "")],
        }],
        example: "",
        runs: &[],
    };

    fn says(text: &str) -> String {
        match Table::parse("a.csv", text, &FORMAT) {
            Ok(table) => panic!("{table:?}"),
            Err(Stop::Unclean(says) | Stop::Usage(says) | Stop::Failed(says)) => says,
        }
    }

    #[test]
    fn what_is_no_table_is_said() {
        assert_eq!(says(""), "a.csv is empty: begin it with a heading line");
        assert_eq!(says("a,b\n1,2\n1\n"), "a.csv, line 3: 1 cells, and the heading has 2 columns");
        assert_eq!(says("a,a\n"), "a.csv, line 1: column a is there twice");
    }

    #[test]
    fn cells_are_read_by_the_name_of_their_column() {
        let table = Table::parse("a.csv", "\u{feff}time, left\n1.5 ,yes\n\n2,0\n", &FORMAT).unwrap();
        let (time, left) = (table.column("time").unwrap(), table.column("left").unwrap());
        assert_eq!(table.len(), 2);
        assert_eq!((table.number(0, time), table.flag(0, left)), (Ok(1.5), Ok(true)));
        assert_eq!((table.count(1, time), table.flag(1, left)), (Ok(2), Ok(false)));
        let wrong = "a.csv, line 2, column time: “1.5” is no count; write a whole number such as 12";
        assert_eq!(table.count(0, time), Err(Stop::Unclean(wrong.to_owned())));
        assert_eq!(table.optional("group"), None);
    }
}
