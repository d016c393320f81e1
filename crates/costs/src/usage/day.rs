//! Dates in words, as days since 1970.

use serde::{Deserialize, Serialize};

use crate::month::Month;

/// In which order a date has its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum DateOrder {
    /// `2026-09-30`
    #[default]
    YearMonthDay,
    /// `09/30/2026`
    MonthDayYear,
    /// `30/09/2026`
    DayMonthYear,
}

/// The day that a text begins with. A time may follow; where it says how far it is from UTC, the day is UTC's.
pub(crate) fn parse(text: &str, order: DateOrder) -> Option<i32> {
    let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), ""));
    Some(of_date(date, order)? + days_to_utc(time)?)
}

/// By how many days UTC is ahead of a time: none where it does not say how far it is from it.
fn days_to_utc(time: &str) -> Option<i32> {
    const DAY: i32 = 24 * 60;
    let Some(sign) = time.rfind(['+', '-']) else { return Some(0) };
    let (clock, offset) = (&time[..sign], time[sign + 1..].replace(':', ""));
    let (hours, minutes) = offset.split_at_checked(2)?;
    let (hour, rest) = clock.trim().split_once(':')?;
    let minute = rest.split([':', '.']).next()?;
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.trim().parse::<i32>().ok() };
    let offset = number(hours)? * 60 + number(minutes)?;
    let offset = if time[sign..].starts_with('-') { -offset } else { offset };
    Some((number(hour)? * 60 + number(minute)? - offset).div_euclid(DAY))
}

fn of_date(date: &str, order: DateOrder) -> Option<i32> {
    let mut parts = date.split(['-', '/', '.']);
    let mut part = || parts.next().filter(|part| part.bytes().all(|digit| digit.is_ascii_digit()));
    let (first, second, third) = (part()?, part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = match order {
        DateOrder::YearMonthDay => (first, second, third),
        DateOrder::MonthDayYear => (third, first, second),
        DateOrder::DayMonthYear => (third, second, first),
    };
    if year.len() != 4 {
        return None;
    }
    days(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The first day of a month.
pub(crate) fn first_of(month: Month) -> Option<i32> {
    let month = i32::try_from(month.0).ok()?;
    days(month / 12, month % 12 + 1, 1)
}

/// Days since 1970 of a date, by Howard Hinnant's `days_from_civil`.
fn days(year: i32, month: i32, day: i32) -> Option<i32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) {
        return None;
    }
    let from_march = (month + 9) % 12;
    let year = year - i32::from(from_march >= 10);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days as Python's `date.toordinal` gives them, less that of 1970-01-01.
    #[test]
    fn dates_are_read_in_the_order_that_is_said() {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        for (text, order, day) in [
            ("1970-01-01", YearMonthDay, Some(0)),
            ("2024-02-29T23:00:00Z", YearMonthDay, Some(19_782)),
            ("2026-03-01 00:00:00", YearMonthDay, Some(20_513)),
            ("2026-02-28T23:30:00-05:00", YearMonthDay, Some(20_513)),
            ("2026-02-28T18:59:59.9-0500", YearMonthDay, Some(20_512)),
            ("2026-03-01T01:30:00+02", YearMonthDay, Some(20_512)),
            ("2026-03-01 02:00 +02:00", YearMonthDay, Some(20_513)),
            ("03/01/2026 01:30:00+02:00", MonthDayYear, Some(20_512)),
            ("2026-03-01T+02:00", YearMonthDay, None),
            ("2026-03-01T01:30:00+x", YearMonthDay, None),
            ("9999-12-31", YearMonthDay, Some(2_932_896)),
            ("09/04/2023", MonthDayYear, Some(19_604)),
            ("04/09/2023", DayMonthYear, Some(19_604)),
            ("9/4/2023", MonthDayYear, Some(19_604)),
            ("09/21/2023", DayMonthYear, None),
            ("09/21/2023", YearMonthDay, None),
            ("2025-02-29", YearMonthDay, None),
            ("2026-09", YearMonthDay, None),
            ("26-09-30", YearMonthDay, None),
            ("2026-09-30-1", YearMonthDay, None),
            ("NULL", YearMonthDay, None),
        ] {
            assert_eq!(parse(text, order), day, "{text}");
        }
    }
}
