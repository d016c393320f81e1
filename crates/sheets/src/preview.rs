//! What a file holds when read as set: shown before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Decimal, Refused};

use crate::classify::RowClass;
use crate::column_summary::{ColumnSummary, EXAMPLES};
use crate::date::is_digits;
use crate::dialect::{Column, unnamed};
use crate::evidence::{About, Evidence, counted};
use crate::number::parse_with_unit;
use crate::reader::{RawRow, Reader, shown};
use crate::shape::unit_of;
use crate::{Cell, Dialect, Formats, Source};

/// Data rows shown.
const SHOWN: usize = 5;
/// Rows that are no data, kept one by one; beyond, only their lines are.
const NAMED: usize = 200;

/// What a file holds when read as set.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The first five rows of data, as they stand in the file.
    pub first_rows: Vec<RawRow>,
    /// Every column any line has.
    pub columns: Vec<ColumnSummary>,
    /// Lines above the header, skipped.
    pub lines_above: Vec<(u64, String)>,
    /// Rows of each class.
    pub counts: BTreeMap<RowClass, u64>,
    /// Rows that are no data, with what they hold; the first 200.
    pub no_data: Vec<NoData>,
    /// All lines of each class that is no data.
    pub no_data_lines: BTreeMap<RowClass, Vec<u64>>,
    /// What was found and what must be asked about rows and columns.
    pub evidence: Evidence,
}

/// A row that is no data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoData {
    /// Its line.
    pub line: u64,
    /// Why it is none.
    pub class: RowClass,
    /// What it holds, on one line.
    pub text: String,
    /// For a total: how its figures compare with the sums of the rows above.
    pub compared: Option<String>,
}

impl Preview {
    /// Rows of data.
    pub fn data_rows(&self) -> u64 {
        self.counts.get(&RowClass::Data).copied().unwrap_or(0)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&ColumnSummary> {
        self.columns.iter().find(|summary| summary.column.name == name)
    }
}

/// Reads the whole file as set and says what it holds.
pub fn preview(source: &Source, dialect: &Dialect, formats: &Formats) -> Result<Preview, Refused> {
    let mut reader = Reader::open(source, dialect, formats)?;
    let mut seen = Seen::new(reader.columns(), formats);
    for row in &mut reader {
        seen.look_at(row?);
    }
    let mut evidence = Evidence::default();
    if reader.unguarded() > 0 {
        let texts = counted(reader.unguarded(), "text starts", "texts start");
        let says = format!("{texts} with the formula guard of an export, an apostrophe: taken off.");
        evidence.found(About::Columns, says);
    }
    Ok(seen.finish(reader.lines_above().to_vec(), evidence))
}

/// What was seen of a file so far.
pub(crate) struct Seen<'a> {
    pub(crate) formats: &'a Formats,
    pub(crate) header: usize,
    pub(crate) columns: Vec<ColumnSummary>,
    sums: Vec<Option<Decimal>>,
    first_rows: Vec<RawRow>,
    counts: BTreeMap<RowClass, u64>,
    pub(crate) no_data: Vec<NoData>,
    pub(crate) lines: BTreeMap<RowClass, Vec<u64>>,
    pub(crate) longer: Vec<u64>,
    pub(crate) shorter: Vec<u64>,
    pub(crate) unreadable: u64,
    pub(crate) units: Vec<BTreeSet<String>>,
}

impl<'a> Seen<'a> {
    fn new(columns: &[Column], formats: &'a Formats) -> Seen<'a> {
        Seen {
            formats,
            header: columns.len(),
            columns: columns.iter().cloned().map(ColumnSummary::of).collect(),
            sums: vec![Some(Decimal::ZERO); columns.len()],
            first_rows: Vec::new(),
            counts: BTreeMap::new(),
            no_data: Vec::new(),
            lines: BTreeMap::new(),
            longer: Vec::new(),
            shorter: Vec::new(),
            unreadable: 0,
            units: vec![BTreeSet::new(); columns.len()],
        }
    }

    fn look_at(&mut self, row: RawRow) {
        *self.counts.entry(row.class).or_default() += 1;
        if row.class != RowClass::Data {
            self.lines.entry(row.class).or_default().push(row.line);
            if self.no_data.len() < NAMED {
                let compared = (row.class == RowClass::Total).then(|| self.compared(&row.cells));
                self.no_data.push(NoData {
                    line: row.line,
                    class: row.class,
                    text: shown(&row.cells),
                    compared: compared.filter(|text| !text.is_empty()),
                });
            }
            return;
        }
        while self.columns.len() < row.cells.len() {
            let index = self.columns.len();
            self.columns.push(ColumnSummary::of(Column { index, name: unnamed(index), named: false }));
            self.sums.push(Some(Decimal::ZERO));
            self.units.push(BTreeSet::new());
        }
        if self.header > 0 && row.cells.len() > self.header {
            self.longer.push(row.line);
        } else if self.header > 0 && row.cells.len() < self.header {
            self.shorter.push(row.line);
        }
        for (index, cell) in row.cells.iter().enumerate() {
            self.look_at_cell(index, row.line, cell);
        }
        if self.first_rows.len() < SHOWN {
            self.first_rows.push(row);
        }
    }

    /// A total's figures beside the sums so far: equal, or off by how much.
    fn compared(&self, cells: &[Cell]) -> String {
        let parts = cells.iter().enumerate().filter_map(|(index, cell)| {
            let total = self.formats.decimal(cell).ok().flatten()?;
            let (sum, column) = (self.sums.get(index).copied().flatten()?, &self.columns[index].column.name);
            let off = match total.checked_sub(sum)? {
                difference if difference.is_zero() => "the same".to_owned(),
                difference => format!("off by {difference}"),
            };
            Some(format!("in “{column}” the rows above add up to {sum}, {off}"))
        });
        parts.collect::<Vec<_>>().join("; ")
    }

    fn look_at_cell(&mut self, index: usize, line: u64, cell: &Cell) {
        let column = &mut self.columns[index];
        let text = cell.text();
        if cell.is_empty() {
            return;
        }
        self.unreadable += u64::from(text.contains('\u{fffd}'));
        if matches!(cell, Cell::Error(_)) || self.formats.is_null(&text) {
            column.nulls += 1;
            return;
        }
        column.filled += 1;
        if column.examples.len() < EXAMPLES {
            column.examples.push(text.trim().to_owned());
        }
        if matches!(self.formats.date(cell), Ok(Some(_))) {
            column.days += 1;
        }
        // 0001 is a code, not one.
        let code = text.len() > 1 && text.starts_with('0') && is_digits(&text);
        let figure = match unit_of(&text) {
            Some(unit) => {
                self.units[index].insert(unit);
                parse_with_unit(&text, self.formats).map(Some)
            }
            None => self.formats.decimal(cell),
        };
        match figure {
            Ok(Some(figure)) if !code => {
                column.figures += 1;
                column.negatives += u64::from(figure.is_sign_negative() && !figure.is_zero());
                let sum = &mut self.sums[index];
                *sum = sum.and_then(|sum| sum.checked_add(figure));
            }
            _ if column.misfit.is_none() => column.misfit = Some((line, text.trim().to_owned())),
            _ => {}
        }
    }

    fn finish(mut self, lines_above: Vec<(u64, String)>, mut evidence: Evidence) -> Preview {
        for (column, sum) in self.columns.iter_mut().zip(self.sums.drain(..)) {
            // Days written as YYYYMMDD are figures too, and no sum; nor are two currencies.
            let is_figures = column.figures > 0 && column.figures * 10 >= column.filled * 9;
            let is_days = column.days * 10 >= column.filled * 9;
            let units = &self.units[column.column.index];
            column.sum = sum.filter(|_| is_figures && !is_days && units.len() < 2);
            if !is_figures {
                column.misfit = None;
            }
            column.ignored = !column.column.named && column.filled + column.nulls == 0;
        }
        self.tell_columns(&mut evidence);
        self.ask_period(&lines_above, &mut evidence);
        self.tell_rows(&mut evidence);
        Preview {
            first_rows: self.first_rows,
            columns: self.columns,
            lines_above,
            counts: self.counts,
            no_data: self.no_data,
            no_data_lines: self.lines,
            evidence,
        }
    }
}
