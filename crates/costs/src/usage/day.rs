//! Dates in words, as days since 1970.

/// In which order a date has its parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum DateOrder {
    /// `2026-09-30`
    #[default]
    YearFirst,
    /// `09/30/2026`
    MonthFirst,
    /// `30/09/2026`
    DayFirst,
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
        DateOrder::YearFirst => (first, second, third),
        DateOrder::MonthFirst => (third, first, second),
        DateOrder::DayFirst => (third, second, first),
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
        use DateOrder::{DayFirst, MonthFirst, YearFirst};
        for (text, order, day) in [
            ("1970-01-01", YearFirst, Some(0)),
            ("2024-02-29T23:00:00Z", YearFirst, Some(19_782)),
            ("2026-03-01 00:00:00", YearFirst, Some(20_513)),
            ("9999-12-31", YearFirst, Some(2_932_896)),
            ("09/04/2023", MonthFirst, Some(19_604)),
            ("04/09/2023", DayFirst, Some(19_604)),
            ("9/4/2023", MonthFirst, Some(19_604)),
            ("09/21/2023", DayFirst, None),
            ("09/21/2023", YearFirst, None),
            ("2025-02-29", YearFirst, None),
            ("2026-09", YearFirst, None),
            ("26-09-30", YearFirst, None),
            ("2026-09-30-1", YearFirst, None),
            ("NULL", YearFirst, None),
        ] {
            assert_eq!(parse(text, order), day, "{text}");
        }
    }
}
