//! Cells of a file → typed values of a target's fields, or the reason why a line cannot be taken.

use std::collections::BTreeMap;

use kernel::{Currency, Decimal, Refusal, Refused};
use sheets::{Binding, CellError, Formats, RawRow};

use crate::batch::error::MAPPING_INCOMPLETE;
use crate::hints::{Keys, key_of};
use crate::{Cell, FieldKind, FieldSpec, Row, Target};

/// How the lines of one file are read.
pub(crate) struct Reading {
    target: &'static Target,
    binding: Binding,
    reporting: Currency,
}

/// A line as read.
pub(crate) struct Typed {
    /// Its values, or why it cannot be taken.
    pub row: Result<Row, String>,
    /// Amounts and quantities that could be read, by field, whatever else is wrong with the line.
    pub figures: Vec<Figure>,
    /// What rounding took away, where the formats say to round.
    pub rounded_away: Decimal,
}

/// One amount (minor units of a currency) or quantity (millionths).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub field: &'static str,
    pub currency: Option<Currency>,
    pub value: i64,
}

impl Reading {
    /// Reads for `target` as `binding` says; refused where a required field has neither column nor
    /// constant.
    pub(crate) fn new(
        target: &'static Target,
        binding: Binding,
        reporting: Currency,
    ) -> Result<Reading, Refusal> {
        let reading = Reading { target, binding, reporting };
        let missing = target.fields.iter().filter(|field| field.required && !reading.has(field.key));
        let missing: Vec<String> = missing.map(|field| reading.called(field)).collect();
        if missing.is_empty() { Ok(reading) } else { Err(MAPPING_INCOMPLETE.with(&[&missing.join(", ")])) }
    }

    /// Whether a field has a column or constant, or is made of another that has.
    fn has(&self, key: &str) -> bool {
        let made =
            |keys: &Keys| keys.field == key && self.binding.has(keys.when) && self.binding.has(keys.of);
        self.binding.has(key) || self.target.hints.keys.as_ref().is_some_and(made)
    }

    /// A field that is missing, and how it could be made.
    fn called(&self, field: &FieldSpec) -> String {
        match self.target.hints.keys {
            Some(keys) if keys.field == field.key => {
                format!("{} (or say that it is made of the {}: {} yes)", field.label, keys.of, keys.when)
            }
            _ => field.label.to_owned(),
        }
    }

    /// Whether every field of `keys` has a column or constant, and there is one.
    pub(crate) fn has_all(&self, keys: &[&str]) -> bool {
        !keys.is_empty() && keys.iter().all(|key| self.has(key))
    }

    /// The values of a line.
    pub(crate) fn typed(&self, raw: &RawRow) -> Typed {
        self.of(raw, |_| true)
    }

    /// The values that name a line, and nothing else: for counting names before lines are judged.
    pub(crate) fn named(&self, raw: &RawRow) -> Option<Row> {
        let keys = self.target.identity();
        self.of(raw, |field| keys.contains(&field.key)).row.ok()
    }

    fn of(&self, raw: &RawRow, wanted: impl Fn(&FieldSpec) -> bool) -> Typed {
        let mut read =
            Line { cells: BTreeMap::new(), wrong: Vec::new(), figures: Vec::new(), rounded: Decimal::ZERO };
        let currency = self.currency(raw, &mut read.wrong);
        for field in self.target.fields.iter().filter(|field| wanted(field) && self.binding.has(field.key)) {
            self.read_field(raw, field, currency, &mut read);
        }
        self.make_key(raw, &mut read);
        let line = i64::try_from(raw.line).unwrap_or(i64::MAX);
        let row = if read.wrong.is_empty() {
            Ok(Row { line, cells: read.cells })
        } else {
            Err(read.wrong.join("; "))
        };
        Typed { row, figures: read.figures, rounded_away: read.rounded }
    }

    /// Whether the row's `key` is made of its name where it has none.
    fn makes(&self, raw: &RawRow, key: &str) -> bool {
        let Some(keys) = self.target.hints.keys.filter(|keys| keys.field == key) else { return false };
        let (cell, formats) = self.binding.cell(raw, keys.when);
        matches!(formats.yes_no(cell), Ok(Some(true)))
    }

    /// Makes the key of a row that has none, where the file's answers say so.
    fn make_key(&self, raw: &RawRow, read: &mut Line) {
        let Some(keys) = self.target.hints.keys else { return };
        if read.cells.contains_key(keys.field) || !self.makes(raw, keys.field) {
            return;
        }
        let made = match read.cells.get(keys.of) {
            Some(Cell::Text(name)) => key_of(name),
            _ => None,
        };
        match made {
            Some(key) => drop(read.cells.insert(keys.field, Cell::Text(key))),
            None => read.wrong.push(format!("no {} can be made of its {}", keys.field, keys.of)),
        }
    }

    /// The currency of the row's amounts; `None` where it cannot be read.
    fn currency(&self, raw: &RawRow, wrong: &mut Vec<String>) -> Option<Currency> {
        let Some(field) = self.target.field_of(FieldKind::Currency) else { return Some(self.reporting) };
        let (cell, formats) = self.binding.cell(raw, field.key);
        let Some(code) = formats.words(cell) else { return Some(self.reporting) };
        match Currency::parse(&code) {
            Ok(currency) => Some(currency),
            Err(_) => {
                wrong.push(format!("currency \"{code}\" is no three-letter code"));
                None
            }
        }
    }

    fn read_field(
        &self,
        raw: &RawRow,
        field: &'static FieldSpec,
        currency: Option<Currency>,
        read: &mut Line,
    ) {
        let (cell, formats) = self.binding.cell(raw, field.key);
        let value = match field.kind {
            FieldKind::Money => match currency {
                Some(currency) => money(cell, formats, currency, field, read),
                None => return,
            },
            FieldKind::Quantity => quantity(cell, formats, field, read),
            kind if field.key == REPORTING => {
                let amount = formats.amount(cell, self.reporting).ok().flatten();
                let figure = |value| Figure { field: REPORTING, currency: Some(self.reporting), value };
                read.figures.extend(amount.map(|amount| figure(amount.money.minor())));
                plain(kind, cell, formats, currency)
            }
            kind => plain(kind, cell, formats, currency),
        };
        match value {
            Ok(Cell::Blank) if field.required && !self.makes(raw, field.key) => {
                read.wrong.push(format!("{} is missing", lower(field.label)))
            }
            Ok(Cell::Blank) => {}
            Ok(value) => drop(read.cells.insert(field.key, value)),
            Err(error) => read.wrong.push(error.says),
        }
    }
}

/// The field that holds an amount in the organisation's currency beside the one in its own: where a
/// file has it, its sum is the file's total, since amounts of several currencies add up to nothing.
pub(crate) const REPORTING: &str = "reporting_amount";

struct Line {
    cells: BTreeMap<&'static str, Cell>,
    wrong: Vec<String>,
    figures: Vec<Figure>,
    rounded: Decimal,
}

fn money(
    cell: &sheets::Cell,
    formats: &Formats,
    currency: Currency,
    field: &'static FieldSpec,
    read: &mut Line,
) -> Result<Cell, CellError> {
    let Some(amount) = formats.amount(cell, currency)? else { return Ok(Cell::Blank) };
    read.figures.push(Figure { field: field.key, currency: Some(currency), value: amount.money.minor() });
    read.rounded += amount.rounded_away;
    Ok(Cell::Money(amount.money))
}

fn quantity(
    cell: &sheets::Cell,
    formats: &Formats,
    field: &'static FieldSpec,
    read: &mut Line,
) -> Result<Cell, CellError> {
    let Some(quantity) = formats.quantity(cell)? else { return Ok(Cell::Blank) };
    read.figures.push(Figure { field: field.key, currency: None, value: quantity.millionths() });
    Ok(Cell::Quantity(quantity))
}

pub(crate) fn plain(
    kind: FieldKind,
    cell: &sheets::Cell,
    formats: &Formats,
    currency: Option<Currency>,
) -> Result<Cell, CellError> {
    let read = match kind {
        FieldKind::Text | FieldKind::Rule | FieldKind::Id => formats.words(cell).map(Cell::Text),
        FieldKind::Decimal => formats.decimal(cell)?.map(Cell::Decimal),
        FieldKind::Day => formats.date(cell)?.map(Cell::Day),
        FieldKind::Period => formats.period(cell)?.map(Cell::Period),
        FieldKind::Flag | FieldKind::Switch => formats.yes_no(cell)?.map(Cell::Flag),
        FieldKind::Currency => formats.words(cell).and(currency).map(Cell::Currency),
        FieldKind::Money | FieldKind::Quantity => None,
    };
    Ok(read.unwrap_or(Cell::Blank))
}

/// A label inside a sentence: `Cost centre` → `cost centre`; `GL account` stays.
pub(crate) fn lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// Runs something that reads a file on a thread that may wait.
pub(crate) async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| kernel::Fault::new("reading a file", error))?
}
