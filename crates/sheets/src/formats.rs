//! How figures and dates are written in a file: asked and shown, never guessed in silence.

use serde::{Deserialize, Serialize};

/// Everything a reader must know to turn the texts of one file into values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formats {
    /// What stands before the fraction.
    pub decimal_mark: DecimalMark,
    /// What groups thousands; a mark that is not set is refused, never skipped.
    pub thousands_mark: ThousandsMark,
    /// Order of all-digit dates. Dates with a month in letters, or with the year first, cannot be
    /// misread and are taken in any order.
    pub date_order: DateOrder,
    /// Two-digit years up to this one lie in the 2000s, later ones in the 1900s.
    pub two_digit_years_to: u8,
    /// The year of dates that name none (`29 Apr`); such dates are refused without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumed_year: Option<i32>,
    /// `(1,234)` is negative.
    pub brackets_negative: bool,
    /// `12-` is negative.
    pub trailing_minus: bool,
    /// Whether the file's signs are ours.
    pub sign: Sign,
    /// What to do with digits the currency does not have.
    pub digits: Digits,
    /// Words for "no value", compared without case. Never a value, never zero.
    pub null_words: Vec<String>,
}

/// What stands before the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecimalMark {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
}

/// What groups thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThousandsMark {
    /// Nothing does.
    None,
    /// `1.234.567`
    Point,
    /// `1,234,567`
    Comma,
    /// `1 234 567`: a blank, or a no-break, narrow or thin one.
    Blank,
    /// `1'234'567`, straight or typographic.
    Apostrophe,
}

/// Order of all-digit dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// `2026-09-30`
    #[serde(rename = "Y-M-D")]
    YearMonthDay,
    /// `30/09/2026`
    #[serde(rename = "D/M/Y")]
    DayMonthYear,
    /// `09/30/2026`
    #[serde(rename = "M/D/Y")]
    MonthDayYear,
    /// `20260930`
    #[serde(rename = "YYYYMMDD")]
    Compact,
}

/// Whether the file's signs are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Taken as they stand.
    AsWritten,
    /// Every amount the other way round.
    Reversed,
}

/// What to do with digits the currency does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// The cell is refused.
    Refuse,
    /// Half away from zero; what is rounded away is handed back with the amount.
    Round,
}

/// Words files use for "no value".
pub const NULL_WORDS: [&str; 6] = ["#N/A", "N/A", "NULL", "NA", "#REF!", "#DIV/0!"];

impl Formats {
    /// How our own files and constants are written: dot decimals, no grouping, ISO dates.
    pub fn iso() -> Formats {
        Formats {
            decimal_mark: DecimalMark::Point,
            thousands_mark: ThousandsMark::None,
            date_order: DateOrder::YearMonthDay,
            two_digit_years_to: 68,
            assumed_year: None,
            brackets_negative: false,
            trailing_minus: false,
            sign: Sign::AsWritten,
            digits: Digits::Refuse,
            null_words: NULL_WORDS.map(str::to_owned).to_vec(),
        }
    }

    /// Whether `text` stands for "no value": nothing, or one of the null words.
    pub fn is_null(&self, text: &str) -> bool {
        let text = text.trim();
        text.is_empty() || self.null_words.iter().any(|word| word.eq_ignore_ascii_case(text))
    }
}

impl DecimalMark {
    /// The character.
    pub const fn char(self) -> char {
        match self {
            DecimalMark::Point => '.',
            DecimalMark::Comma => ',',
        }
    }

    /// Its name in a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            DecimalMark::Point => "a point",
            DecimalMark::Comma => "a comma",
        }
    }
}

impl ThousandsMark {
    /// Whether `c` is this mark.
    pub fn is(self, c: char) -> bool {
        ThousandsMark::of(c) == Some(self)
    }

    /// The mark a character is, if it can be one.
    pub const fn of(c: char) -> Option<ThousandsMark> {
        match c {
            '.' => Some(ThousandsMark::Point),
            ',' => Some(ThousandsMark::Comma),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Some(ThousandsMark::Blank),
            '\'' | '’' => Some(ThousandsMark::Apostrophe),
            _ => None,
        }
    }

    /// Its name in a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            ThousandsMark::None => "nothing",
            ThousandsMark::Point => "a point",
            ThousandsMark::Comma => "a comma",
            ThousandsMark::Blank => "a blank",
            ThousandsMark::Apostrophe => "an apostrophe",
        }
    }
}

impl DateOrder {
    /// Its name in a sentence.
    pub const fn word(self) -> &'static str {
        match self {
            DateOrder::YearMonthDay => "year-month-day",
            DateOrder::DayMonthYear => "day/month/year",
            DateOrder::MonthDayYear => "month/day/year",
            DateOrder::Compact => "YYYYMMDD",
        }
    }
}
