//! Dates in words, as days since 1970.

use serde::{Deserialize, Serialize};

use super::zone::Zone;
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

/// The day that a text begins with. A time may follow; where it says how far it is from UTC, the day is UTC's. With a
/// zone, a time is a moment, of UTC where it does not say how far it is from it, and the day is the zone's.
pub(crate) fn parse(text: &str, order: DateOrder, zone: Option<&Zone>) -> Option<i32> {
    let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), ""));
    let (day, time) = (of_date(date, order)?, time.trim());
    let Some(zone) = zone.filter(|_| !time.is_empty()) else {
        return Some(day + if time.contains(['+', '-']) { minute_in_utc(time)?.div_euclid(DAY) } else { 0 });
    };
    zone.day(60 * (i64::from(day) * i64::from(DAY) + i64::from(minute_in_utc(time)?)))
}

/// Minutes of a day.
const DAY: i32 = 24 * 60;

/// The minute of the day in UTC of a time: of the day before where it is negative.
fn minute_in_utc(time: &str) -> Option<i32> {
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.trim().parse::<i32>().ok() };
    let (clock, offset) = match time.rfind(['+', '-']) {
        None => (time.trim_end_matches('Z'), 0),
        Some(sign) => {
            let offset = time[sign + 1..].replace(':', "");
            let (hours, minutes) = offset.split_at_checked(2)?;
            let offset = number(hours)? * 60 + number(minutes)?;
            (&time[..sign], if time[sign..].starts_with('-') { -offset } else { offset })
        }
    };
    let (hour, rest) = clock.trim().split_once(':')?;
    let minute = rest.split([':', '.']).next()?;
    Some(number(hour)? * 60 + number(minute)? - offset)
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
            assert_eq!(parse(text, order, None), day, "{text}");
        }
    }

    #[test]
    fn with_a_zone_the_day_of_a_moment_is_the_zones_and_a_bare_date_stays() {
        let new_york: Zone = "America/New_York".parse().unwrap();
        for (text, day) in [
            ("2026-03-01", Some(20_513)),
            ("2026-03-01 00:00:00", Some(20_512)),
            ("2026-03-01T04:59:59.9Z", Some(20_512)),
            ("2026-03-01T05:00Z", Some(20_513)),
            ("2026-03-01T01:30:00+02:00", Some(20_512)),
            ("2026-02-28T23:30:00-05:00", Some(20_512)),
            ("2026-03-01T noon", None),
        ] {
            assert_eq!(parse(text, DateOrder::YearMonthDay, Some(&new_york)), day, "{text}");
        }
    }
}
