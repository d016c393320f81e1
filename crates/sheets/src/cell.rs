//! One cell as a file gives it, and the sentence for a cell that cannot be read.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use kernel::Decimal;

/// One cell. Delimited text gives [`Cell::Empty`] and [`Cell::Text`] only; a workbook gives all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing stands there.
    Empty,
    /// Words as written, blanks at the ends kept.
    Text(String),
    /// A number of a workbook, to the 15 significant digits a spreadsheet keeps.
    Number(Decimal),
    /// A day of a workbook.
    Date(NaiveDate),
    /// A moment of a workbook; no zone is stored.
    Moment(NaiveDateTime),
    /// Yes or no of a workbook.
    Bool(bool),
    /// An error value of a workbook: `#N/A`, `#DIV/0!`.
    Error(String),
}

impl Cell {
    /// A text, or [`Cell::Empty`] where nothing is left after blanks.
    pub fn of_text(text: &str) -> Cell {
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }

    /// A spreadsheet's number: its shortest decimal at 15 significant digits, so that
    /// 5298.779999999999 is 5298.78. `None` for what is no number a decimal holds.
    pub fn of_float(number: f64) -> Option<Cell> {
        let shortest = number.is_finite().then(|| format!("{number:.14e}"))?;
        Decimal::from_scientific(&shortest).ok().map(|decimal| Cell::Number(decimal.normalize()))
    }

    /// The cell as plain text: dot decimals, ISO dates.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Error(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Date(day) => Cow::Owned(day.to_string()),
            Cell::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
            Cell::Bool(yes) => Cow::Borrowed(if *yes { "yes" } else { "no" }),
        }
    }

    /// Whether nothing stands there.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// Why a cell cannot be read, as a sentence without its stop: `date "31/09/2026" does not exist`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The sentence.
    pub says: String,
}

impl CellError {
    /// `{what} "{text}" {why}`, the text cut to what fits a line.
    pub(crate) fn new(what: &str, text: &str, why: impl fmt::Display) -> CellError {
        let mut shown: String = text.chars().take(60).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        CellError { says: format!("{what} \"{shown}\" {why}") }
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl std::error::Error for CellError {}

/// Reads a plain decimal (`-12.5`, `1.5E-5`) exactly; `None` where digits would be lost.
pub(crate) fn exact(plain: &str) -> Option<Decimal> {
    let Some((mantissa, exponent)) = plain.split_once(['e', 'E']) else {
        return Decimal::from_str_exact(plain).ok();
    };
    let exponent = i32::from_str(exponent).ok().filter(|e| (-28..=28).contains(e))?;
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    let scale = i32::try_from(part.len()).ok()? - exponent;
    let unscaled = i128::from_str(&digits).ok()?;
    let (unscaled, scale) = match u32::try_from(scale) {
        Ok(scale) => (unscaled, scale),
        Err(_) => (unscaled.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?, 0),
    };
    Decimal::try_from_i128_with_scale(unscaled, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheets_float_is_the_decimal_a_person_typed() {
        for (float, text) in [
            (5298.779999999999, "5298.78"),
            (14247417.709999999, "14247417.71"),
            (0.1 + 0.2, "0.3"),
            (15500235.0, "15500235"),
            (-0.00183298579, "-0.00183298579"),
            (0.0, "0"),
        ] {
            assert_eq!(Cell::of_float(float).unwrap().text(), text);
        }
        assert_eq!(Cell::of_float(f64::NAN), None);
        assert_eq!(Cell::of_float(1e300), None);
    }

    #[test]
    fn powers_of_ten_are_read_exactly_or_not_at_all() {
        for (text, value) in [
            ("1.5E-5", Some("0.000015")),
            ("8.84E-06", Some("0.0000088400")),
            ("-2e3", Some("-2000")),
            ("1e99", None),
            ("1e", None),
        ] {
            let read = exact(text).map(|d| d.normalize());
            assert_eq!(read, value.map(|v| Decimal::from_str(v).unwrap().normalize()), "{text}");
        }
    }
}
