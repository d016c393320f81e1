//! What a text looks like before anybody said how it is written: the marks of a figure, the
//! places of a date. Evidence only; nothing here becomes a value.

use crate::Cell;
use crate::date::{is_digits, is_weekday, month_named, tokens_of, without_time};
use crate::formats::ThousandsMark;

/// How a figure's minus is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Minus {
    None,
    Leading,
    Trailing,
    Brackets,
}

/// What a figure's marks prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// Digits only.
    None,
    /// This character stands before the fraction; the other, if any, groups.
    Decimal(char, Option<char>),
    /// This character groups thousands.
    Grouping(char),
    /// `1.000`: a fraction or a thousand.
    Either(char),
}

/// A text that looks like a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FigureShape {
    pub(crate) minus: Minus,
    pub(crate) marks: Marks,
}

/// The shape of a text that looks like a figure.
pub(crate) fn figure_shape(text: &str) -> Option<FigureShape> {
    let (minus, digits) = without_sign(text.trim())?;
    let mantissa = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) if is_digits(exponent.trim_start_matches(['-', '+'])) => mantissa,
        _ => digits,
    };
    let marks: Vec<char> = mantissa.chars().filter(|c| !c.is_ascii_digit()).collect();
    if mantissa.len() > 40 || marks.iter().any(|c| ThousandsMark::of(*c).is_none()) {
        return None;
    }
    let groups: Vec<&str> = mantissa.split(|c: char| !c.is_ascii_digit()).collect();
    Some(FigureShape { minus, marks: marks_of(&marks, &groups)? })
}

fn marks_of(marks: &[char], groups: &[&str]) -> Option<Marks> {
    let (Some(last), Some(tail)) = (marks.last().copied(), groups.last()) else { return plain(groups) };
    let can_be_decimal = matches!(last, '.' | ',');
    let whole = &groups[..groups.len() - 1];
    let grouped = |groups: &[&str]| {
        (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3)
    };
    let before = &marks[..marks.len() - 1];
    match before.first() {
        None if !can_be_decimal => (grouped(groups)).then_some(Marks::Grouping(last)),
        None if tail.is_empty() => None,
        None if tail.len() == 3 && grouped(whole) && whole[0] != "0" && !whole[0].starts_with("00") => {
            Some(Marks::Either(last))
        }
        None => Some(Marks::Decimal(last, None)),
        Some(first) => {
            let same_before = before.iter().all(|mark| same_mark(*mark, *first));
            if same_before && same_mark(*first, last) {
                return grouped(groups).then_some(Marks::Grouping(last));
            }
            let two_marks = same_before && can_be_decimal && grouped(whole) && !tail.is_empty();
            two_marks.then_some(Marks::Decimal(last, Some(*first)))
        }
    }
}

fn plain(groups: &[&str]) -> Option<Marks> {
    groups.first().is_some_and(|group| !group.is_empty()).then_some(Marks::None)
}

fn same_mark(a: char, b: char) -> bool {
    ThousandsMark::of(a) == ThousandsMark::of(b)
}

fn without_sign(text: &str) -> Option<(Minus, &str)> {
    if let Some(inner) = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        return Some((Minus::Brackets, without_unit(inner.trim())?));
    }
    let text = without_unit(text)?;
    if let Some(inner) = text.strip_prefix(['-', '−']) {
        return Some((Minus::Leading, without_unit(inner.trim_start())?));
    }
    if let Some(inner) = text.strip_suffix(['-', '−']) {
        return Some((Minus::Trailing, inner.trim_end()));
    }
    Some((Minus::None, without_unit(text.strip_prefix('+').unwrap_or(text))?))
}

/// Currency codes taken for such in front of or behind a figure; other letters make a code of it.
const CURRENCIES: [&str; 36] = [
    "AED", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR",
    "ILS", "INR", "ISK", "JPY", "KRW", "KWD", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SAR", "SEK",
    "SGD", "THB", "TND", "TRY", "USD", "ZAR",
];

/// The currency sign or code written with a figure, if any.
pub(crate) fn unit_of(text: &str) -> Option<String> {
    figure_shape(text)?;
    let unit: String =
        text.chars().filter(|c| c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '¥')).collect();
    (!unit.is_empty() && unit != "e" && unit != "E").then_some(unit)
}

/// Whether a word is a currency code taken for such.
pub(crate) fn is_currency_code(word: &str) -> bool {
    CURRENCIES.contains(&word)
}

/// Takes a currency sign or code off either end.
fn without_unit(text: &str) -> Option<&str> {
    let mut rest = text.trim_matches(['€', '$', '£', '¥']).trim();
    if let Some((_, tail)) = rest.split_at_checked(3).filter(|(code, _)| is_currency_code(code)) {
        rest = tail.trim_start();
    }
    let end = rest.len().saturating_sub(3);
    if let Some((head, _)) = rest.split_at_checked(end).filter(|(_, code)| is_currency_code(code)) {
        rest = head.trim_end();
    }
    let leads = rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−' | '+'));
    (leads && rest.contains(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// A text that looks like a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateShape {
    /// `2026-09-30`
    YearFirst,
    /// `20260930`, and that day exists.
    Compact,
    /// `Friday, April 29, 2022`
    Letters,
    /// `09/30/2026`, `30-09-26`: the three places, and whether the year has two digits.
    Places(u32, u32, u32, bool),
    /// `29 Apr`, `29/04`
    NoYear,
}

/// The shape of a text that looks like a day.
pub(crate) fn date_shape(text: &str) -> Option<DateShape> {
    let text = without_time(text.trim());
    if text.len() > 40 {
        return None;
    }
    if text.len() == 8 && is_digits(text) {
        let iso = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
        let day = iso.parse::<chrono::NaiveDate>().ok()?;
        return (1950..=2100).contains(&chrono::Datelike::year(&day)).then_some(DateShape::Compact);
    }
    let mut tokens = tokens_of(text);
    if tokens.first().is_some_and(|token| is_weekday(token)) {
        tokens.remove(0);
    }
    let short = |token: &str| is_digits(token) && token.len() <= 2;
    let small = |token: &str| token.parse::<u32>().ok().filter(|n| (1..=31).contains(n));
    match tokens.as_slice() {
        [a, b, _] if month_named(a).is_some() || month_named(b).is_some() => {
            let digits = tokens.iter().filter(|token| token.starts_with(|d: char| d.is_ascii_digit()));
            (digits.count() == 2).then_some(DateShape::Letters)
        }
        _ if text.contains([',', ' ', '\'']) && !text.contains(". ") => no_year(&tokens, text),
        [a, b, c] if a.len() == 4 && is_digits(a) && short(b) && short(c) => Some(DateShape::YearFirst),
        [a, b, c] if short(a) && short(b) && is_digits(c) && matches!(c.len(), 2 | 4) => {
            Some(DateShape::Places(a.parse().ok()?, small(b)?, c.parse().ok()?, c.len() == 2))
        }
        _ => no_year(&tokens, text),
    }
}

fn no_year(tokens: &[&str], text: &str) -> Option<DateShape> {
    let [a, b] = tokens else { return None };
    let small = |token: &str| token.parse::<u32>().ok().filter(|n| (1..=31).contains(n));
    let letters = (month_named(a).is_some() && small(b).is_some() && !is_year_like(b))
        || (month_named(b).is_some() && small(a).is_some());
    let slashed = text.contains('/') && small(a).is_some() && small(b).is_some();
    (letters || slashed).then_some(DateShape::NoYear)
}

fn is_year_like(token: &str) -> bool {
    token.len() == 4
}

/// Whether a cell is, or looks like, a figure.
pub(crate) fn is_figure(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => figure_shape(text).is_some(),
        _ => false,
    }
}

/// Whether a cell is, or looks like, a day.
pub(crate) fn is_day(cell: &Cell) -> bool {
    match cell {
        Cell::Date(_) | Cell::Moment(_) => true,
        Cell::Text(text) => date_shape(text).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_prove_what_they_can_and_no_more() {
        for (text, marks) in [
            ("600", Some(Marks::None)),
            ("600.5", Some(Marks::Decimal('.', None))),
            ("0.123", Some(Marks::Decimal('.', None))),
            ("1234.567", Some(Marks::Decimal('.', None))),
            ("1.000", Some(Marks::Either('.'))),
            ("1,000", Some(Marks::Either(','))),
            ("6,552.14", Some(Marks::Decimal('.', Some(',')))),
            ("1.234,56", Some(Marks::Decimal(',', Some('.')))),
            ("1 234,5", Some(Marks::Decimal(',', Some(' ')))),
            ("1'234'567", Some(Marks::Grouping('\''))),
            ("1,234,567", Some(Marks::Grouping(','))),
            ("€1,234.50", Some(Marks::Decimal('.', Some(',')))),
            ("12,50 EUR", Some(Marks::Decimal(',', None))),
            ("8.84E-06", Some(Marks::Decimal('.', None))),
            ("29.04.2022", None),
            ("10.0.0.1", None),
            ("2026-09", None),
            ("12a", None),
            ("AAA-88134", None),
            ("ABC123", None),
            ("EUR 5.20", Some(Marks::Decimal('.', None))),
            ("", None),
            ("A", None),
        ] {
            assert_eq!(figure_shape(text).map(|shape| shape.marks), marks, "{text}");
        }
        for (text, minus) in [
            ("-5", Minus::Leading),
            ("−5", Minus::Leading),
            ("12-", Minus::Trailing),
            ("(1,234)", Minus::Brackets),
            ("5", Minus::None),
        ] {
            assert_eq!(figure_shape(text).unwrap().minus, minus, "{text}");
        }
    }

    #[test]
    fn days_are_told_from_figures_and_codes() {
        for (text, shape) in [
            ("2026-09-30", Some(DateShape::YearFirst)),
            ("2026-09-30 22:00:00", Some(DateShape::YearFirst)),
            ("20230131", Some(DateShape::Compact)),
            ("40100000", None),
            ("09/21/2023", Some(DateShape::Places(9, 21, 2023, false))),
            ("20-10-16", Some(DateShape::Places(20, 10, 16, true))),
            ("29.04.2022", Some(DateShape::Places(29, 4, 2022, false))),
            ("Friday, April 29, 2022", Some(DateShape::Letters)),
            ("29 Apr 2022", Some(DateShape::Letters)),
            ("29 Apr", Some(DateShape::NoYear)),
            ("29/04", Some(DateShape::NoYear)),
            ("2019/20", None),
            ("1,234", None),
            ("600.5", None),
        ] {
            assert_eq!(date_shape(text), shape, "{text}");
        }
    }
}
