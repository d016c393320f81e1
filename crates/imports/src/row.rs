//! A line of a file after its cells were read: one typed value per field of the target.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{Currency, Decimal, Money, Period, Quantity, typed};

/// One typed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing stands there, or the field is not in the file and has no constant.
    Blank,
    /// Words and codes, without blanks at the ends.
    Text(String),
    /// An amount in the row's currency.
    Money(Money),
    /// A quantity.
    Quantity(Quantity),
    /// An exact decimal: prices, rates, weights.
    Decimal(Decimal),
    /// A day.
    Day(NaiveDate),
    /// A month.
    Period(Period),
    /// A currency.
    Currency(Currency),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// How files write it: dot decimals, ISO dates; empty where blank. Two cells are equal exactly
    /// where these are and the kind is, so fingerprints are made of it.
    pub fn plain(&self) -> String {
        match self {
            Cell::Blank => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Money(money) => money.plain(),
            Cell::Quantity(quantity) => quantity.plain(),
            Cell::Decimal(decimal) => decimal.normalize().to_string(),
            Cell::Day(day) => day.to_string(),
            Cell::Period(period) => period.to_string(),
            Cell::Currency(currency) => currency.code().to_owned(),
            Cell::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

impl Cell {
    /// How it is shown beside what stands in the file: with the digits that stand there.
    pub(crate) fn shown(&self) -> String {
        match self {
            Cell::Decimal(decimal) => decimal.to_string(),
            other => other.plain(),
        }
    }
}

/// A line with its values by field key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file as an editor or a spreadsheet counts it, from 1.
    pub line: i64,
    pub(crate) cells: BTreeMap<&'static str, Cell>,
}

static BLANK: Cell = Cell::Blank;

impl Row {
    /// A row of these values; fields left out are blank.
    pub fn new(line: i64, cells: impl IntoIterator<Item = (&'static str, Cell)>) -> Row {
        Row { line, cells: cells.into_iter().collect() }
    }

    /// The value of `field`.
    pub fn cell(&self, field: &str) -> &Cell {
        self.cells.get(field).unwrap_or(&BLANK)
    }

    /// The value of `field` as our own files write it; `None` where blank. What a use case that reads
    /// words is handed: a quantity that was read needs no second reading, so it is spelt without doubt.
    pub fn said(&self, field: &str) -> Option<String> {
        let cell = self.cell(field);
        let plain = Some(cell.plain()).filter(|text| !text.is_empty())?;
        let doubtful = matches!(cell, Cell::Quantity(_)) && typed::has_two_readings(&plain);
        Some(if doubtful { plain + "0" } else { plain })
    }

    /// Words of `field`; `None` where blank or of another kind.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.cell(field) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The amount of `field`; `None` where blank.
    pub fn money(&self, field: &str) -> Option<Money> {
        match self.cell(field) {
            Cell::Money(money) => Some(*money),
            _ => None,
        }
    }

    /// The quantity of `field`; `None` where blank.
    pub fn quantity(&self, field: &str) -> Option<Quantity> {
        match self.cell(field) {
            Cell::Quantity(quantity) => Some(*quantity),
            _ => None,
        }
    }

    /// The decimal of `field`; `None` where blank.
    pub fn decimal(&self, field: &str) -> Option<Decimal> {
        match self.cell(field) {
            Cell::Decimal(decimal) => Some(*decimal),
            _ => None,
        }
    }

    /// The day of `field`; `None` where blank.
    pub fn day(&self, field: &str) -> Option<NaiveDate> {
        match self.cell(field) {
            Cell::Day(day) => Some(*day),
            _ => None,
        }
    }

    /// The month of `field`; `None` where blank.
    pub fn period(&self, field: &str) -> Option<Period> {
        match self.cell(field) {
            Cell::Period(period) => Some(*period),
            _ => None,
        }
    }

    /// The currency of `field`; `None` where blank.
    pub fn currency(&self, field: &str) -> Option<Currency> {
        match self.cell(field) {
            Cell::Currency(currency) => Some(*currency),
            _ => None,
        }
    }

    /// Yes or no of `field`; `None` where blank.
    pub fn flag(&self, field: &str) -> Option<bool> {
        match self.cell(field) {
            Cell::Flag(yes) => Some(*yes),
            _ => None,
        }
    }
}
