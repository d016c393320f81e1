//! The shift of the story: it is written for the year that ends in September 2026 and told for any
//! other by moving every day, month and year in it by whole years.

use chrono::{Months, NaiveDate};
use kernel::Period;

/// The September the story is written for.
pub(crate) const WRITTEN_FOR: (i32, u32) = (2026, 9);

/// The fiscal year that September ends.
pub(crate) const THIS_YEAR: i32 = 2026;

/// Whole years between the story as written and as told.
#[derive(Clone, Copy)]
pub(crate) struct Years(i32);

impl Years {
    /// The shift that makes `as_of` the story's last September.
    pub(crate) fn until(as_of: Period) -> Years {
        Years(as_of.year() - WRITTEN_FOR.0)
    }

    /// The day written as `year`-`month`-`day`. 29 February becomes the 28th where there is none.
    pub(crate) fn day(self, year: i32, month: u32, day: u32) -> NaiveDate {
        self.shift(NaiveDate::from_ymd_opt(year, month, day).expect("the story names real days"))
    }

    /// `written`, moved.
    pub(crate) fn shift(self, written: NaiveDate) -> NaiveDate {
        let months = Months::new(self.0.unsigned_abs() * 12);
        if self.0 < 0 { written - months } else { written + months }
    }

    /// The month written as `year`-`month`.
    pub(crate) fn month(self, year: i32, month: u32) -> Period {
        self.told(Period::new(year, month).expect("the story names real months"))
    }

    /// `written`, moved.
    pub(crate) fn told(self, written: Period) -> Period {
        written.plus(12 * self.0)
    }

    /// The year as a number, for sentences: 2026.
    pub(crate) fn year(self, written: i32) -> i32 {
        written + self.0
    }

    /// The fiscal year as people write it: `FY26`.
    pub(crate) fn fiscal(self, written: i32) -> String {
        format!("FY{:02}", self.year(written).rem_euclid(100))
    }
}

/// The 24 months as written: October 2024 to September 2026.
pub(crate) fn written_months() -> impl Iterator<Item = Period> {
    let first = Period::new(THIS_YEAR - 2, 10).expect("October is a month");
    (0..24).map(move |n| first.plus(n))
}

/// The twelve months as written of the fiscal year `year`.
pub(crate) fn months_of(year: i32) -> impl Iterator<Item = Period> {
    let first = Period::new(year - 1, 10).expect("October is a month");
    (0..12).map(move |n| first.plus(n))
}

/// Days from Monday to Friday in a month as written; Valdoria's holidays are not in the story.
pub(crate) fn working_days(written: Period) -> i64 {
    use chrono::{Datelike, Weekday};
    let days = written.first_day().iter_days().take_while(|day| written.contains(*day));
    let count = days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).count();
    i64::try_from(count).expect("a month has few days")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The September statement's comment: "September had 22 working days, August 21".
    #[test]
    fn september_has_22_working_days_and_august_21() {
        for (month, days) in [(8, 21), (9, 22)] {
            assert_eq!(working_days(Period::new(2026, month).unwrap()), days);
        }
    }

    #[test]
    fn a_leap_day_moves_to_the_last_of_february() {
        let later = Years::until(Period::new(2027, 9).unwrap());
        assert_eq!(later.day(2024, 2, 29).to_string(), "2025-02-28");
        assert_eq!(later.fiscal(2026), "FY27");
    }
}
