//! Rows of a file, one at a time, each with its physical line and what kind of row it is.

use kernel::Refused;

use crate::classify::{Classifier, RowClass};
use crate::delimited::Records;
use crate::dialect::{Column, columns_of};
use crate::encoding::Decoding;
use crate::guard::unguarded;
use crate::refusals;
use crate::source::{Container, ReadSeek};
use crate::workbook::{SheetRows, Workbook};
use crate::{Cell, Dialect, Formats, Source};

/// One row below the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// Physical line of the file, from 1, where the row starts; the row number of a workbook.
    pub line: u64,
    /// Its cells: as many as the line has, which may be more or fewer than the header.
    pub cells: Vec<Cell>,
    /// Whether it is data.
    pub class: RowClass,
}

impl RawRow {
    /// The cell of a column; empty where the line is too short.
    pub fn cell(&self, index: usize) -> &Cell {
        self.cells.get(index).unwrap_or(&Cell::Empty)
    }
}

/// All rows of a file, cut but not judged.
pub(crate) enum Rows {
    Delimited { records: Records<Decoding<Box<dyn ReadSeek>>>, guard: bool, unguarded: u64 },
    Sheet { rows: std::iter::Peekable<std::vec::IntoIter<(u64, Vec<Cell>)>>, line: u64 },
}

impl Rows {
    /// Opens `source`; for a workbook without a sheet set, its first one.
    pub(crate) fn open(source: &Source, dialect: &Dialect) -> Result<Rows, Refused> {
        if source.container()? == Container::Workbook {
            let mut book = Workbook::open(source)?;
            let first = || book.sheets().into_iter().next();
            let sheet = dialect.sheet.clone().or_else(first).ok_or_else(|| refusals::EMPTY.plain())?;
            return Ok(Rows::of_sheet(book.rows(&sheet)?));
        }
        let text = Decoding::new(source.open()?, dialect.encoding);
        let quote = dialect.quote.map(crate::dialect::Quote::byte);
        let records = Records::new(text, dialect.delimiter.byte(), quote);
        Ok(Rows::Delimited { records, guard: dialect.formula_guard, unguarded: 0 })
    }

    pub(crate) fn of_sheet(rows: SheetRows) -> Rows {
        Rows::Sheet { rows: rows.into_iter().peekable(), line: 1 }
    }

    /// Texts the formula guard was taken off so far.
    pub(crate) fn unguarded(&self) -> u64 {
        match self {
            Rows::Delimited { unguarded, .. } => *unguarded,
            Rows::Sheet { .. } => 0,
        }
    }

    pub(crate) fn next_row(&mut self) -> Result<Option<(u64, Vec<Cell>)>, Refused> {
        match self {
            Rows::Delimited { records, guard, unguarded: count } => {
                let Some((line, fields)) = records.next_record()? else { return Ok(None) };
                let cells = fields.iter().map(|field| match unguarded(field) {
                    Some(text) if *guard => {
                        *count += 1;
                        Cell::Text(text.to_owned())
                    }
                    _ => Cell::of_text(field),
                });
                Ok(Some((line, cells.collect())))
            }
            Rows::Sheet { rows, line } => {
                let Some(next) = rows.peek() else { return Ok(None) };
                let at = *line;
                *line += 1;
                // Lines a workbook does not store are its blank rows.
                if next.0 > at { Ok(Some((at, Vec::new()))) } else { Ok(rows.next()) }
            }
        }
    }
}

/// Streams the rows below the header.
pub struct Reader {
    rows: Rows,
    columns: Vec<Column>,
    above: Vec<(u64, String)>,
    classifier: Classifier,
    failed: bool,
}

impl Reader {
    /// Opens a file as `dialect` says and reads up to and including its header.
    pub fn open(source: &Source, dialect: &Dialect, formats: &Formats) -> Result<Reader, Refused> {
        let mut rows = Rows::open(source, dialect)?;
        let mut above: Vec<(u64, Vec<Cell>)> = Vec::new();
        let mut columns = Vec::new();
        if let Some(header_line) = dialect.header_line {
            let missing = || refusals::HEADER_MISSING.with(&[&header_line.to_string()]);
            loop {
                let (line, cells) = rows.next_row()?.ok_or_else(missing)?;
                if line > header_line {
                    return Err(missing().into());
                }
                if line == header_line {
                    let group = above.pop_if(|_| dialect.group_row).map(|(_, cells)| cells);
                    columns = columns_of(&names_of(&cells, group.as_deref()));
                    break;
                }
                above.push((line, cells));
            }
        }
        let above = above.into_iter().map(|(line, cells)| (line, shown(&cells))).collect();
        let classifier = Classifier::new(&dialect.skip, &columns, formats);
        Ok(Reader { rows, columns, above, classifier, failed: false })
    }

    /// The columns the header names. Lines may have more; those are `column 8` and so on.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The lines above the header, which are skipped.
    pub fn lines_above(&self) -> &[(u64, String)] {
        &self.above
    }

    /// Texts the formula guard was taken off so far.
    pub fn unguarded(&self) -> u64 {
        self.rows.unguarded()
    }
}

impl Iterator for Reader {
    type Item = Result<RawRow, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.rows.next_row() {
            Ok(None) => None,
            Ok(Some((line, cells))) => {
                let class = self.classifier.classify(&cells);
                Some(Ok(RawRow { line, cells, class }))
            }
            Err(refused) => {
                self.failed = true;
                Some(Err(refused))
            }
        }
    }
}

/// Column names: those of the header, each after the nearest group name to its left, if any.
pub(crate) fn names_of(header: &[Cell], group: Option<&[Cell]>) -> Vec<String> {
    let mut current = String::new();
    let named = header.iter().enumerate().map(|(index, cell)| {
        if let Some(group) = group.and_then(|group| group.get(index)).filter(|cell| !cell.is_empty()) {
            current = group.text().trim().to_owned();
        }
        let name = cell.text().trim().to_owned();
        if current.is_empty() || name.is_empty() { name } else { format!("{current} {name}") }
    });
    named.collect()
}

/// A row on one line, as people would see it.
pub(crate) fn shown(cells: &[Cell]) -> String {
    let filled: Vec<_> = cells.iter().filter(|cell| !cell.is_empty()).map(Cell::text).collect();
    filled.join(" | ").chars().take(200).collect()
}
