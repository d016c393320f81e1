//! What a file holds when read as set: shown before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Decimal, Refused};

use crate::classify::RowClass;
use crate::date::{is_digits, parse_period};
use crate::dialect::{Column, unnamed};
use crate::evidence::{About, Evidence, counted, line_ranges};
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
}

/// One column, over all rows of data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSummary {
    /// The column.
    pub column: Column,
    /// Cells with a value.
    pub filled: u64,
    /// Cells with a word for no value.
    pub nulls: u64,
    /// Cells read as figures.
    pub figures: u64,
    /// Cells read as days.
    pub days: u64,
    /// Negative figures.
    pub negatives: u64,
    /// Exact sum of its figures, where it is a column of figures.
    pub sum: Option<Decimal>,
    /// First filled cell that is no figure in a column of figures.
    pub misfit: Option<(u64, String)>,
    /// No name and nothing in it: not offered for mapping.
    pub ignored: bool,
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

struct Seen<'a> {
    formats: &'a Formats,
    header: usize,
    columns: Vec<ColumnSummary>,
    sums: Vec<Option<Decimal>>,
    first_rows: Vec<RawRow>,
    counts: BTreeMap<RowClass, u64>,
    no_data: Vec<NoData>,
    lines: BTreeMap<RowClass, Vec<u64>>,
    longer: Vec<u64>,
    shorter: Vec<u64>,
    unreadable: u64,
    units: Vec<BTreeSet<String>>,
}

impl<'a> Seen<'a> {
    fn new(columns: &[Column], formats: &'a Formats) -> Seen<'a> {
        Seen {
            formats,
            header: columns.len(),
            columns: columns.iter().cloned().map(summary).collect(),
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
                self.no_data.push(NoData { line: row.line, class: row.class, text: shown(&row.cells) });
            }
            return;
        }
        while self.columns.len() < row.cells.len() {
            let index = self.columns.len();
            self.columns.push(summary(Column { index, name: unnamed(index), named: false }));
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

    fn tell_columns(&self, evidence: &mut Evidence) {
        let names = |wanted: &dyn Fn(&&ColumnSummary) -> bool| {
            let names: Vec<&str> =
                self.columns.iter().filter(wanted).map(|column| column.column.name.as_str()).collect();
            names.join(", ")
        };
        let ignored = names(&|column| column.ignored);
        if !ignored.is_empty() {
            evidence.found(About::Columns, format!("Ignored, without name and empty: {ignored}."));
        }
        let unnamed = names(&|column| !column.column.named && !column.ignored);
        if !unnamed.is_empty() && self.header > 0 {
            evidence.ask(
                About::Columns,
                format!("What is in the columns without a name: {unnamed}?"),
                &[],
                false,
            );
        }
        for (lines, word) in [(&self.longer, "more"), (&self.shorter, "fewer")] {
            if !lines.is_empty() {
                let rows = counted(u64::try_from(lines.len()).unwrap_or(u64::MAX), "row has", "rows have");
                let lines = line_ranges(lines);
                let says = format!("{rows} {word} cells than the header (lines {lines}).");
                evidence.found(About::Columns, says);
            }
        }
        for (column, units) in self.columns.iter().zip(&self.units).filter(|(_, units)| units.len() > 1) {
            let units: Vec<&str> = units.iter().map(String::as_str).collect();
            let says = format!("“{}” holds several currencies: {}.", column.column.name, units.join(", "));
            evidence.found(About::Columns, says);
        }
        for column in self.columns.iter().filter(|column| column.sum.is_some()) {
            if let Some((line, text)) = &column.misfit {
                let name = &column.column.name;
                let says = format!("“{name}” holds figures, but “{text}” in line {line} is none.");
                evidence.found(About::Columns, says);
            }
        }
        if self.unreadable > 0 {
            let cells = counted(self.unreadable, "cell holds", "cells hold");
            let says = format!("{cells} bytes that this encoding cannot read, shown as \u{fffd}.");
            evidence.found(About::Encoding, says);
        }
    }

    /// Without a column of days the period is in the lines above, or nowhere.
    fn ask_period(&self, lines_above: &[(u64, String)], evidence: &mut Evidence) {
        if self.columns.iter().any(|column| column.days > 0 && column.days * 10 >= column.filled * 9) {
            return;
        }
        let named = lines_above.iter().find_map(|(line, text)| {
            let period = parse_period(text, self.formats).ok()?;
            Some(format!(" Line {line} says “{text}”, which is {}.", period.label()))
        });
        let asks = format!("No column holds dates: which period is it?{}", named.unwrap_or_default());
        evidence.ask(About::Dates, asks, &[], false);
    }

    fn tell_rows(&self, evidence: &mut Evidence) {
        for (class, lines) in &self.lines {
            let rows = counted(u64::try_from(lines.len()).unwrap_or(u64::MAX), "row", "rows");
            let lines = line_ranges(lines);
            evidence.found(About::Rows, format!("{rows} no data, {}: line {lines}.", class.why()));
        }
        for total in self.no_data.iter().filter(|row| row.class == RowClass::Total) {
            let asks = format!("Line {} looks like a total: “{}”. Leave it out?", total.line, total.text);
            evidence.ask(About::Rows, asks, &["leave out", "it is data"], false);
        }
    }
}

fn summary(column: Column) -> ColumnSummary {
    ColumnSummary {
        column,
        filled: 0,
        nulls: 0,
        figures: 0,
        days: 0,
        negatives: 0,
        sum: None,
        misfit: None,
        ignored: false,
    }
}
