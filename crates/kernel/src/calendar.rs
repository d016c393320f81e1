//! Periods: the months of the fiscal calendar, which may start in any month.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A month money is counted in, written `2026-09`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    month: u32,
}

const NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Period {
    /// The month `month` (1–12) of `year`; `None` for any other number.
    pub fn new(year: i32, month: u32) -> Option<Period> {
        ((1..=12).contains(&month) && (1900..=9999).contains(&year)).then_some(Period { year, month })
    }

    /// The month a day lies in.
    pub fn of(day: NaiveDate) -> Period {
        Period { year: day.year(), month: day.month() }
    }

    /// Calendar year.
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// Month, 1–12.
    pub const fn month(&self) -> u32 {
        self.month
    }

    /// Its first day.
    pub fn first_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("a period is a real month")
    }

    /// Its last day: 28 to 31.
    pub fn last_day(&self) -> NaiveDate {
        self.next().first_day().pred_opt().expect("a month has a day before it")
    }

    /// The month after.
    pub fn next(&self) -> Period {
        self.plus(1)
    }

    /// The month before.
    pub fn previous(&self) -> Period {
        self.plus(-1)
    }

    /// `months` later, or earlier where negative.
    pub fn plus(&self, months: i32) -> Period {
        let first = self.first_day();
        let shifted = if months < 0 {
            first - Months::new(months.unsigned_abs())
        } else {
            first + Months::new(months.unsigned_abs())
        };
        Period::of(shifted)
    }

    /// Whether `day` lies in it.
    pub fn contains(&self, day: NaiveDate) -> bool {
        Period::of(day) == *self
    }

    /// `Sep 2026`.
    pub fn label(&self) -> String {
        format!("{} {}", NAMES[self.month as usize - 1], self.year)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Period {
    type Err = String;
    /// As files hold it, `2026-09`, or as our pages print it, `Sep 2026`.
    fn from_str(text: &str) -> Result<Period, String> {
        in_figures(text).or_else(|| in_letters(text)).ok_or_else(|| match text.trim() {
            "" => "Name a month, as 2026-09 or Sep 2026".to_owned(),
            text => format!("“{text}” is no month; write it as 2026-09 or Sep 2026"),
        })
    }
}

fn in_figures(text: &str) -> Option<Period> {
    let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    Period::new(year.parse().ok()?, month.parse().ok()?)
}

fn in_letters(text: &str) -> Option<Period> {
    let text = text.trim().replace('\u{a0}', " ");
    let (name, year) = text.split_once(' ').filter(|(_, year)| year.len() == 4)?;
    let month = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
    Period::new(year.parse().ok()?, u32::try_from(month + 1).ok()?)
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Period, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// When the organisation's year starts. Named by the calendar year it ends in: Oct 2025 – Sep 2026
/// is FY26.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FiscalCalendar {
    first_month: u32,
}

impl FiscalCalendar {
    /// A year that starts in `first_month` (1–12).
    pub fn starting_in(first_month: u32) -> Option<FiscalCalendar> {
        (1..=12).contains(&first_month).then_some(FiscalCalendar { first_month })
    }

    /// The month its year starts in, 1 to 12.
    pub const fn first_month(&self) -> u32 {
        self.first_month
    }

    /// The fiscal year a period belongs to, named by its last calendar year.
    pub fn year_of(&self, period: Period) -> i32 {
        if self.first_month > 1 && period.month >= self.first_month { period.year + 1 } else { period.year }
    }

    /// Place of the period in its year, 1–12.
    pub fn number_of(&self, period: Period) -> u32 {
        (period.month + 12 - self.first_month) % 12 + 1
    }

    /// First period of fiscal year `year`.
    pub fn first_of(&self, year: i32) -> Period {
        let calendar_year = if self.first_month > 1 { year - 1 } else { year };
        Period { year: calendar_year, month: self.first_month }
    }

    /// The twelve periods of fiscal year `year`.
    pub fn periods_of(&self, year: i32) -> impl Iterator<Item = Period> {
        let first = self.first_of(year);
        (0..12).map(move |n| first.plus(n))
    }

    /// `FY26`.
    pub fn year_label(&self, year: i32) -> String {
        format!("FY{:02}", year.rem_euclid(100))
    }

    /// `Sep 2026 (FY26 P12)`.
    pub fn label(&self, period: Period) -> String {
        format!("{} ({} P{})", period.label(), self.year_label(self.year_of(period)), self.number_of(period))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_may_start_in_any_month() {
        for (first, period, label) in [
            (10, "2026-09", "Sep 2026 (FY26 P12)"),
            (10, "2025-10", "Oct 2025 (FY26 P1)"),
            (1, "2026-01", "Jan 2026 (FY26 P1)"),
            (4, "2026-03", "Mar 2026 (FY26 P12)"),
            (4, "2026-04", "Apr 2026 (FY27 P1)"),
        ] {
            let calendar = FiscalCalendar::starting_in(first).unwrap();
            assert_eq!(calendar.label(period.parse().unwrap()), label);
        }
        let october = FiscalCalendar::starting_in(10).unwrap();
        let months: Vec<_> = october.periods_of(2026).collect();
        assert_eq!((months[0].to_string(), months[11].to_string()), ("2025-10".into(), "2026-09".into()));
        assert!(FiscalCalendar::starting_in(13).is_none());
    }

    #[test]
    fn months_end_where_they_end() {
        for (period, last) in [("2027-02", 28), ("2028-02", 29), ("2026-09", 30), ("2026-12", 31)] {
            assert_eq!(Period::from_str(period).unwrap().last_day().day(), last);
        }
    }

    #[test]
    fn only_a_real_month_is_a_period() {
        for text in [
            "2026-13",
            "2026-0",
            "26-09",
            "2026",
            "2026-09-01",
            "",
            "2026-9",
            "Sep 26",
            "Sept 2026",
            "2026 Sep",
        ] {
            assert!(Period::from_str(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_month_is_read_as_files_hold_it_and_as_pages_print_it() {
        let period = Period::new(2026, 9).unwrap();
        for text in ["2026-09", "Sep 2026", "sep 2026", " Sep\u{a0}2026 "] {
            assert_eq!(text.parse(), Ok(period), "{text:?}");
        }
        assert_eq!(period.label().parse(), Ok(period));
    }
}
