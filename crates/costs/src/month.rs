//! Months, counted: what usage is summed by.

use std::fmt;

/// A calendar month, as months since January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub(crate) u32);

impl Month {
    /// Reads `2026-09`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Month> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
        (1..=12).contains(&month).then(|| Month(year * 12 + month - 1))
    }

    /// The month after it.
    pub(crate) fn next(self) -> Month {
        Month(self.0 + 1)
    }

    /// The month that a day, counted from 1970-01-01, lies in; none before the year 0 or after 9999.
    pub(crate) fn of_day(day: i64) -> Option<Month> {
        // Days to a civil date by Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day
        // is the last of its year, and 400 years are 146,097 days.
        let day = day.checked_add(719_468)?;
        let (era, day_of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let months = (era * 400 + year_of_era) * 12 + from_march + 2;
        u32::try_from(months).ok().filter(|months| *months < 10_000 * 12).map(Month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 12, self.0 % 12 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days since 1970 as `date -ud DAY +%s` gives them, divided by 86,400.
    #[test]
    fn a_day_lies_in_its_month() {
        let cases = [
            (0, "1970-01"),
            (-1, "1969-12"),
            (19_782, "2024-02"),
            (19_783, "2024-03"),
            (20_512, "2026-02"),
            (20_513, "2026-03"),
            (11_015, "2000-02"),
            (11_016, "2000-02"),
            (11_017, "2000-03"),
            (47_540, "2100-02"),
            (47_541, "2100-03"),
            (2_932_896, "9999-12"),
        ];
        for (day, month) in cases {
            assert_eq!(Month::of_day(day).unwrap().to_string(), month, "{day}");
            assert_eq!(Month::parse(month), Month::of_day(day));
        }
        assert_eq!((Month::of_day(2_932_897), Month::of_day(i64::MAX)), (None, None));
    }

    #[test]
    fn what_is_no_month_is_none() {
        for text in ["2026-13", "2026-00", "2026", "26-09", "2026-9", "2026-09-01", ""] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
