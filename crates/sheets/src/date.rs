//! Texts → days and months.

use chrono::{Datelike, NaiveDate, Weekday};
use kernel::Period;

use crate::formats::{DateOrder, Formats};
use crate::{Cell, CellError};

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "janv", "jänner"],
    &["february", "feb", "februar", "février", "fevrier", "févr", "fevr", "fév"],
    &["march", "mar", "märz", "maerz", "mär", "mrz", "mars"],
    &["april", "apr", "avril", "avr"],
    &["may", "mai"],
    &["june", "jun", "juni", "juin"],
    &["july", "jul", "juli", "juillet", "juil"],
    &["august", "aug", "août", "aout"],
    &["september", "sep", "sept", "septembre"],
    &["october", "oct", "oktober", "okt", "octobre"],
    &["november", "nov", "novembre"],
    &["december", "dec", "dezember", "dez", "décembre", "decembre", "déc"],
];

const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "montag", "mo", "lundi", "lun"],
    &["tuesday", "tue", "tues", "dienstag", "di", "mardi"],
    &["wednesday", "wed", "mittwoch", "mi", "mercredi", "mer"],
    &["thursday", "thu", "thur", "thurs", "donnerstag", "do", "jeudi", "jeu"],
    &["friday", "fri", "freitag", "fr", "vendredi", "ven"],
    &["saturday", "sat", "samstag", "sa", "samedi", "sam"],
    &["sunday", "sun", "sonntag", "so", "dimanche", "dim"],
];

/// Reads a day as `formats` say. A month in letters or a four-digit year in front is taken in any
/// order, since neither can be misread; a time after the day is left out; a weekday must be right.
pub fn parse_date(text: &str, formats: &Formats) -> Result<NaiveDate, CellError> {
    let wrong = |why: String| CellError::new("date", text, why);
    if formats.is_null(text) {
        return Err(wrong("stands for no value".to_owned()));
    }
    let day_part = without_time(text.trim());
    let tokens = tokens_of(day_part);
    if day_part.len() == 8 && tokens.len() == 1 && is_digits(day_part) {
        return compact(day_part, formats).map_err(wrong);
    }
    let weekday = tokens.first().and_then(|word| place_in(&WEEKDAYS, word));
    let tokens = if weekday.is_some() { &tokens[1..] } else { &tokens[..] };
    let (year, month, day) = year_month_day(tokens, formats).map_err(wrong)?;
    if !(1..=12).contains(&month) {
        return Err(wrong(format!("has month {month} when read as {}", formats.date_order.word())));
    }
    let date = NaiveDate::from_ymd_opt(year, month, day)
        .filter(|_| (1900..=9999).contains(&year))
        .ok_or_else(|| wrong("does not exist".to_owned()))?;
    match weekday {
        Some(named) if named != place_of(date.weekday()) => {
            Err(wrong(format!("is a {}, not the weekday named", date.format("%A"))))
        }
        _ => Ok(date),
    }
}

/// Reads a month: `2026-09`, `Sep 2026`, `09/2026`, `202609`, `Dec-13`; also any day, which lies in
/// its month. A fiscal year (`2019/20`) or fiscal period (`P02`) is none: which months it means must
/// be asked.
pub fn parse_period(text: &str, formats: &Formats) -> Result<Period, CellError> {
    let wrong = |why: &str| CellError::new("period", text, why);
    if formats.is_null(text) {
        return Err(wrong("stands for no value"));
    }
    let trimmed = text.trim();
    let tokens = tokens_of(trimmed);
    let first_is_p = trimmed.starts_with(['P', 'p']) && is_digits(&trimmed[1..]);
    if first_is_p {
        return Err(wrong("is a fiscal period; which month it means must be asked"));
    }
    let (year, month) = match tokens.as_slice() {
        [single] if single.len() == 6 && is_digits(single) => (number(&single[..4]), number(&single[4..])),
        [first, second] => match (month_named(first), month_named(second)) {
            (Some(month), _) if is_digits(second) => (full_year(second, formats), Some(month)),
            (_, Some(month)) if is_digits(first) => (full_year(first, formats), Some(month)),
            _ if first.len() == 4 && is_digits(first) => {
                if trimmed.contains('/') && is_fiscal_year(first, second) {
                    return Err(wrong("is a fiscal year, not a month"));
                }
                (number(first), number(second.trim_start_matches(['M', 'm'])))
            }
            _ if second.len() == 4 => (number(second), number(first)),
            _ => (None, None),
        },
        _ => return parse_date(text, formats).map(Period::of).map_err(|_| wrong("is no month")),
    };
    let year = year.and_then(|year| i32::try_from(year).ok());
    year.zip(month).and_then(|(year, month)| Period::new(year, month)).ok_or_else(|| wrong("is no month"))
}

impl Formats {
    /// The day of a cell; `None` where it holds no value.
    pub fn date(&self, cell: &Cell) -> Result<Option<NaiveDate>, CellError> {
        match cell {
            Cell::Date(day) => Ok(Some(*day)),
            Cell::Moment(moment) => Ok(Some(moment.date())),
            _ => self.filled(cell).map(|text| parse_date(&text, self)).transpose(),
        }
    }

    /// The month of a cell; `None` where it holds no value.
    pub fn period(&self, cell: &Cell) -> Result<Option<Period>, CellError> {
        match cell {
            Cell::Date(day) => Ok(Some(Period::of(*day))),
            Cell::Moment(moment) => Ok(Some(Period::of(moment.date()))),
            _ => self.filled(cell).map(|text| parse_period(&text, self)).transpose(),
        }
    }
}

/// The parts of a date: letters and digits, cut at everything else.
pub(crate) fn tokens_of(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()).collect()
}

/// Month 1–12 a word names, in English, German or French.
pub(crate) fn month_named(word: &str) -> Option<u32> {
    place_in(&MONTHS, word).and_then(|place| u32::try_from(place + 1).ok())
}

/// Whether a word names a day of the week.
pub(crate) fn is_weekday(word: &str) -> bool {
    place_in(&WEEKDAYS, word).is_some()
}

pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `2026-09-30 22:00:00`, `30/09/2026T22:00Z` → the day alone.
pub(crate) fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    match text[..colon].rfind(['T', ' ']) {
        Some(cut) if is_digits(&text[cut + 1..colon]) => text[..cut].trim_end_matches([' ', ',']),
        _ => text,
    }
}

fn place_in(table: &[&[&str]], word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    table.iter().position(|names| names.contains(&word.as_str()))
}

fn place_of(weekday: Weekday) -> usize {
    usize::try_from(weekday.num_days_from_monday()).unwrap_or(0)
}

fn number(text: &str) -> Option<u32> {
    (is_digits(text) && text.len() <= 4).then(|| text.parse().ok()).flatten()
}

fn full_year(text: &str, formats: &Formats) -> Option<u32> {
    let year = number(text)?;
    match text.len() {
        2 if year <= u32::from(formats.two_digit_years_to) => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

/// `2019/20`: the second year follows the first.
fn is_fiscal_year(first: &str, second: &str) -> bool {
    match (number(first), number(second)) {
        (Some(year), Some(next)) => second.len() == 2 && (year + 1) % 100 == next,
        _ => false,
    }
}

fn compact(text: &str, formats: &Formats) -> Result<NaiveDate, String> {
    if formats.date_order != DateOrder::Compact {
        return Err(format!("is read as {}, and has no marks", formats.date_order.word()));
    }
    let parts = (text[..4].parse(), text[4..6].parse(), text[6..].parse());
    match parts {
        (Ok(year), Ok(month), Ok(day)) => NaiveDate::from_ymd_opt(year, month, day)
            .filter(|_| (1900..=9999).contains(&year))
            .ok_or_else(|| "does not exist".to_owned()),
        _ => Err("does not exist".to_owned()),
    }
}

fn year_month_day(tokens: &[&str], formats: &Formats) -> Result<(i32, u32, u32), String> {
    let no_date = || "is no date".to_owned();
    if let [first, second] = tokens {
        return without_year(first, second, formats);
    }
    let [a, b, c] = tokens else { return Err(no_date()) };
    let (year, month, day) = if let Some(month) = month_named(b) {
        let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
        (full_year(year, formats), Some(month), number(day))
    } else if let Some(month) = month_named(a) {
        (full_year(c, formats), Some(month), number(ordinal(b)))
    } else if a.len() == 4 {
        (number(a), number(b), number(c))
    } else {
        match formats.date_order {
            DateOrder::DayMonthYear => (full_year(c, formats), number(b), number(a)),
            DateOrder::MonthDayYear => (full_year(c, formats), number(a), number(b)),
            DateOrder::YearMonthDay => (full_year(a, formats), number(b), number(c)),
            DateOrder::Compact => return Err("is not written as YYYYMMDD".to_owned()),
        }
    };
    let year = year.and_then(|year| i32::try_from(year).ok()).ok_or_else(no_date)?;
    Ok((year, month.ok_or_else(no_date)?, day.ok_or_else(no_date)?))
}

fn without_year(first: &str, second: &str, formats: &Formats) -> Result<(i32, u32, u32), String> {
    let no_date = || "is no date".to_owned();
    let (month, day) = match (month_named(first), month_named(second)) {
        (Some(month), _) => (month, number(ordinal(second)).ok_or_else(no_date)?),
        (_, Some(month)) => (month, number(ordinal(first)).ok_or_else(no_date)?),
        _ if first.len() > 2 || second.len() > 2 => return Err(no_date()),
        _ => {
            let (a, b) = number(first).zip(number(second)).ok_or_else(no_date)?;
            if formats.date_order == DateOrder::DayMonthYear { (b, a) } else { (a, b) }
        }
    };
    let year = formats.assumed_year.ok_or_else(|| "has no year".to_owned())?;
    Ok((year, month, day))
}

fn ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text)
}
