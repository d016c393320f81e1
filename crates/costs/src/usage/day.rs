//! Dates in words, as days since 1970.

/// In which order a date has its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum DateOrder {
    /// `2026-09-30`
    #[default]
    YearMonthDay,
    /// `09/30/2026`
    MonthDayYear,
    /// `30/09/2026`
    DayMonthYear,
}

/// The day that a text begins with; a time may follow.
pub(crate) fn parse(text: &str, order: DateOrder) -> Option<i32> {
    let date = text.trim().split([' ', 'T']).next()?;
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
