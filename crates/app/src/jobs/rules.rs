//! When something is due: dates counted from a first one, never from the one before, so that a month's
//! end does not drift to the 28th and no February is skipped (`design/faults.md`). Pure.

use chrono::{Days, Months, NaiveDate};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each so many days.
    Days(u32),
    /// Each so many months, on the first date's day of the month; where a month has no such day, on
    /// its last.
    Months(u32),
}

/// Dates that come again: the first, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The first.
    pub from: NaiveDate,
    /// How often after it.
    pub every: Every,
}

impl Dates {
    /// The `n`th date after the first; `None` beyond the calendar.
    pub fn nth(&self, n: u32) -> Option<NaiveDate> {
        match self.every {
            Every::Days(days) => self.from.checked_add_days(Days::new(u64::from(days) * u64::from(n))),
            Every::Months(months) => self.from.checked_add_months(Months::new(months.checked_mul(n)?)),
        }
    }

    /// The last date that is not after `today`; `None` before the first. What is due looks at how things
    /// stand and not at its date, so where several dates passed unseen the last one makes up for all.
    pub fn latest(&self, today: NaiveDate) -> Option<NaiveDate> {
        let days = u32::try_from((today - self.from).num_days()).ok()?;
        // A month has at least 28 days, so the date looked for is not beyond this one.
        let beyond = match self.every {
            Every::Days(every) => days / every.max(1),
            Every::Months(every) => days / (28 * every.max(1)),
        };
        (0..=beyond).rev().filter_map(|n| self.nth(n)).find(|date| *date <= today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// `design/faults.md`: “Month-end schedules drift to the 28th, or skip February”.
    #[test]
    fn a_months_end_does_not_drift_and_no_february_is_skipped() {
        let digest: &[&str] =
            &["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31"];
        let review: &[&str] = &["2026-08-31", "2026-11-30", "2027-02-28", "2027-05-31", "2027-08-31"];
        let thirtieth: &[&str] = &["2027-01-30", "2027-02-28", "2027-03-30"];
        for (every, dates) in [(1, digest), (3, review), (1, thirtieth)] {
            let rule = Dates { from: day(dates[0]), every: Every::Months(every) };
            let told: Vec<String> =
                (0..).take(dates.len()).map(|n| rule.nth(n).unwrap().to_string()).collect();
            assert_eq!(told, dates);
        }
    }

    #[test]
    fn what_is_due_is_the_last_date_that_came_even_where_nobody_looked_for_long() {
        let ends = Dates { from: day("2026-01-31"), every: Every::Months(1) };
        let daily = Dates { from: day("2026-01-01"), every: Every::Days(1) };
        for (rule, today, due) in [
            (ends, "2026-01-30", None),
            (ends, "2026-01-31", Some("2026-01-31")),
            (ends, "2026-02-27", Some("2026-01-31")),
            (ends, "2026-02-28", Some("2026-02-28")),
            (ends, "2026-03-30", Some("2026-02-28")),
            (ends, "2036-10-02", Some("2036-09-30")),
            (daily, "2026-10-02", Some("2026-10-02")),
            (daily, "2025-12-31", None),
        ] {
            assert_eq!(rule.latest(day(today)), due.map(day), "{today}");
        }
    }
}
