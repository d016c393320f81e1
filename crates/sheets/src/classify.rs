//! Which rows are no data: classified, counted and named, never dropped in silence.

use crate::dialect::{Column, Skip, place_of};
use crate::shape::{is_currency_code, is_figure};
use crate::{Cell, Formats};

/// What kind of row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowClass {
    /// Data.
    Data,
    /// Nothing in it.
    Blank,
    /// Nothing but its own number.
    CounterOnly,
    /// Nothing but words for "no value".
    NullOnly,
    /// A total of other rows: proposed, since only a person knows.
    Total,
    /// A rule of the profile leaves it out.
    ByRule,
}

impl RowClass {
    /// Why it is no data, for a sentence: `21 rows hold only "no value"`.
    pub const fn why(self) -> &'static str {
        match self {
            RowClass::Data => "data",
            RowClass::Blank => "blank",
            RowClass::CounterOnly => "only a row number",
            RowClass::NullOnly => "only words for no value",
            RowClass::Total => "a total of other rows",
            RowClass::ByRule => "left out by the profile",
        }
    }
}

/// Judges row after row; remembers only the numbers of the last one.
pub(crate) struct Classifier {
    skip: Skip,
    rules: Vec<(usize, String)>,
    counter_names: Vec<usize>,
    width: usize,
    formats: Formats,
    last: Vec<Option<i64>>,
}

const COUNTER_NAMES: [&str; 9] = ["#", "no", "no.", "nr", "nr.", "row", "line", "pos", "id"];
const TOTAL_WORDS: [&str; 14] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sub-total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "total général",
    "sous-total",
    "totaal",
];
const TOTAL_STARTS: [&str; 6] = ["total ", "grand total ", "subtotal ", "sum of ", "summe ", "sous-total "];

impl Classifier {
    pub(crate) fn new(skip: &Skip, columns: &[Column], formats: &Formats) -> Classifier {
        let rules = (skip.rows_where.iter())
            .filter_map(|rule| Some((place_of(&rule.column, columns)?, rule.is.trim().to_owned())));
        let counters = columns
            .iter()
            .filter(|column| !column.named || COUNTER_NAMES.contains(&column.name.to_lowercase().as_str()));
        Classifier {
            rules: rules.collect(),
            counter_names: counters.map(|column| column.index).collect(),
            width: columns.len(),
            skip: skip.clone(),
            formats: formats.clone(),
            last: Vec::new(),
        }
    }

    pub(crate) fn classify(&mut self, cells: &[Cell]) -> RowClass {
        let class = self.judge(cells);
        self.last = cells.iter().take(4).map(whole_number).collect();
        class
    }

    fn judge(&self, cells: &[Cell]) -> RowClass {
        let mut filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let Some((place, first)) = filled.next() else { return RowClass::Blank };
        let is_null = |cell: &Cell| matches!(cell, Cell::Error(_)) || self.formats.is_null(&cell.text());
        if cells.iter().all(is_null) {
            return RowClass::NullOnly;
        }
        let by_rule = |(column, text): &(usize, String)| {
            cells.get(*column).is_some_and(|cell| cell.text().trim() == text)
        };
        if self.rules.iter().any(by_rule) {
            return RowClass::ByRule;
        }
        if self.skip.counter_only && filled.next().is_none() && self.counts(place, first, cells.len()) {
            return RowClass::CounterOnly;
        }
        if self.skip.totals && is_total(cells, self.width) {
            return RowClass::Total;
        }
        RowClass::Data
    }

    /// Whether a lone cell is the row's own number: its column is named so, or it counts on.
    fn counts(&self, place: usize, cell: &Cell, width: usize) -> bool {
        let Some(number) = whole_number(cell) else { return false };
        let last = self.last.get(place).copied().flatten();
        let goes_on = last.is_some_and(|last| last.checked_add(1) == Some(number));
        width.max(self.width) > 1 && (goes_on || (number >= 0 && self.counter_names.contains(&place)))
    }
}

fn whole_number(cell: &Cell) -> Option<i64> {
    cell.text().trim().parse().ok()
}

/// A word for total leads the row and figures follow: the bare word, or the word with what it
/// totals where nothing else says what the row is about.
pub(crate) fn is_total(cells: &[Cell], width: usize) -> bool {
    // A currency beside its figure is no word about the row.
    let is_currency = |cell: &Cell| matches!(cell, Cell::Text(text) if is_currency_code(text.trim()));
    let filled = cells.iter().filter(|cell| !cell.is_empty() && !is_currency(cell));
    let (figures, texts): (Vec<&Cell>, Vec<&Cell>) = filled.partition(|cell| is_figure(cell));
    let Some(first) = texts.first() else { return false };
    if figures.is_empty() {
        return false;
    }
    let words = first.text().trim().trim_end_matches(':').trim().to_lowercase();
    if TOTAL_WORDS.contains(&words.as_str()) {
        return texts.len() <= 2;
    }
    let named = TOTAL_STARTS.iter().any(|start| words.starts_with(start)) || words.ends_with(" total");
    let room_left = figures.len() + 1 < width.max(cells.len());
    named && texts.len() == 1 && room_left
}
