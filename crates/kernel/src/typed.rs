//! Numbers and days as people type them into a form: as our pages print them, as a spreadsheet copies them.

use chrono::{Datelike, NaiveDate};

use crate::Decimal;

/// The number as digits with a dot: grouping taken out where every group after the first has three digits.
/// Grouped by commas, spaces or apostrophes with a dot before the decimals (`1,234.56`), or by dots with a
/// comma before them (`1.234,56`). A lone comma groups, as on our pages: `1,100` is eleven hundred.
///
/// `None` where it could mean two numbers (`1,5`) or none.
pub fn plain_number(text: &str) -> Option<String> {
    let text = text.trim().replace(['\u{a0}', '\u{202f}', '’', '\''], " ");
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let by_comma = rest.rfind(',').is_some_and(|comma| rest.find('.').is_some_and(|dot| dot < comma));
    let (mark, group) = if by_comma { (',', '.') } else { ('.', ',') };
    let (whole, part) = rest.split_once(mark).map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split([group, ' ']).collect();
    let (first, others) = groups.split_first()?;
    let grouped = others.iter().all(|group| group.len() == 3 && digits(group));
    let mixed = whole.contains(group) && whole.contains(' ');
    if !digits(first)
        || !grouped
        || mixed
        || (!others.is_empty() && (first.len() > 3 || first.starts_with('0')))
        || part.is_some_and(|part| !digits(part))
    {
        return None;
    }
    let part = part.map(|part| format!(".{part}")).unwrap_or_default();
    Some(format!("{sign}{}{part}", groups.concat()))
}

/// Whether a lone dot has three digits behind it and one to three before: `1.200` is twelve hundred to some
/// and one and a fifth to others.
pub fn has_two_readings(text: &str) -> bool {
    let digits = text.trim().trim_start_matches(['-', '−']);
    let is = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits.split_once('.').is_some_and(|(whole, part)| {
        (1..=3).contains(&whole.len()) && !whole.starts_with('0') && part.len() == 3 && is(whole) && is(part)
    })
}

/// The day written 2026-09-30, between 1900 and 9999, and in no other way: in files, addresses and the store.
pub fn iso_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| text.len() == 10 && is_ours(*day))
}

/// The day written 2026-09-30 or, as our pages print it, 30 Sep 2026; between 1900 and 9999.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim().replace('\u{a0}', " ");
    let in_words = || NaiveDate::parse_from_str(&text, "%d %b %Y").ok().filter(|day| is_ours(*day));
    iso_day(&text).or_else(in_words)
}

/// The day as our pages print it, and [`day`] reads it: 30 Sep 2026.
pub fn day_label(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Whether the day can be meant: a year of two digits or of five is a slip.
fn is_ours(day: NaiveDate) -> bool {
    (1900..=9999).contains(&day.year())
}

/// A number that says its zeros by a power of ten, `1e6`, without it; anything else as it is.
pub fn without_exponent(text: &str) -> String {
    let number = Decimal::from_scientific(text).ok().filter(|_| text.contains(['e', 'E']));
    number.map_or_else(|| text.to_owned(), |number| number.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_written_out() {
        for (typed, plain) in [
            ("1e6", "1000000"),
            ("2.5E3", "2500"),
            ("-1e2", "-100"),
            ("1e-2", "0.01"),
            ("12", "12"),
            ("e", "e"),
            ("CARE", "CARE"),
        ] {
            assert_eq!(without_exponent(typed), plain, "{typed}");
        }
    }

    #[test]
    fn a_number_is_read_as_pages_print_it_and_never_guessed() {
        for (typed, plain) in [
            ("1100", Some("1100")),
            ("1,100", Some("1100")),
            ("7,563,248.11", Some("7563248.11")),
            ("1.234,56", Some("1234.56")),
            ("1.234.567,89", Some("1234567.89")),
            ("1 234.5", Some("1234.5")),
            ("1\u{202f}234", Some("1234")),
            ("12’500.25", Some("12500.25")),
            ("−12.50", Some("-12.50")),
            (" 0.1898 ", Some("0.1898")),
            ("00.5", Some("00.5")),
            // One and a half, or a slip of a thousand: nobody knows.
            ("1,5", None),
            ("1,10", None),
            // No page prints a group of noughts: a half, written with a comma.
            ("0,500", None),
            ("0,123", None),
            ("0.123,4", None),
            ("12,34,567", None),
            ("1234,567", None),
            ("1 234,567", None),
            (".5", None),
            ("1.", None),
            ("", None),
            ("12a", None),
            ("1e5", None),
            ("--1", None),
        ] {
            assert_eq!(plain_number(typed).as_deref(), plain, "“{typed}”");
        }
    }

    #[test]
    fn a_lone_dot_before_three_digits_could_group_or_not() {
        for (typed, two) in [
            ("1.200", true),
            (" -12.345 ", true),
            ("999.000", true),
            ("1.2000", false),
            ("1.2", false),
            ("0.125", false),
            ("1234.567", false),
            ("1,234.567", false),
            ("1.234,5", false),
            ("1200", false),
            ("1,200", false),
            ("1.2x0", false),
        ] {
            assert_eq!(has_two_readings(typed), two, "“{typed}”");
        }
    }

    #[test]
    fn a_day_is_read_as_pages_print_it() {
        let on = NaiveDate::from_ymd_opt(2026, 9, 30);
        for (typed, read) in [
            ("2026-09-30", on),
            ("30 Sep 2026", on),
            ("30\u{a0}Sep\u{a0}2026", on),
            ("2026-9-30", None),
            ("30.09.2026", None),
            ("31 Sep 2026", None),
            ("30 Sep 26", None),
            ("09/30/2026", None),
        ] {
            assert_eq!(day(typed), read, "“{typed}”");
        }
        assert_eq!(on.map(day_label).as_deref(), Some("30 Sep 2026"));
        assert_eq!(NaiveDate::from_ymd_opt(2026, 9, 3).map(day_label).as_deref(), Some("3 Sep 2026"));
    }
}
