//! Times as people write them, and the evenly spaced steps that they stand for.
//!
//! Read are whole numbers (also years), months (`2026-09`), quarters (`2026Q3` or `2026-Q3`) and days (`2026-09-30`).
//! Days that fall once in a month, on the same day or on its last, are months. A step is the greatest common
//! divisor of all distances: every third month is a quarter.

use std::collections::BTreeSet;

/// What a step of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A whole number, whatever it counts.
    Number,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
}

/// Evenly spaced times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// What is counted.
    pub unit: Unit,
    /// How many of these one step is.
    pub step: i64,
    /// The time of index 0, in units.
    pub origin: i64,
}

/// A time as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    Number(i64),
    /// Months since the year 0.
    Month(i64),
    /// Quarters since the year 0.
    Quarter(i64),
    /// Year, month, day.
    Day(i64, i64, i64),
}

impl Time {
    /// Reads a time; none where it has none of the forms.
    pub(crate) fn read(text: &str) -> Option<Time> {
        if let Some((year, quarter)) = text.split_once(['Q', 'q']) {
            let (year, quarter) = (number(year.trim_end_matches('-'))?, number(quarter)?);
            return (1..=4).contains(&quarter).then_some(Time::Quarter(year * 4 + quarter - 1));
        }
        if let Ok(number) = text.parse::<i64>() {
            return (number.abs() < 1 << 40).then_some(Time::Number(number));
        }
        let parts: Vec<i64> = text.split('-').map(number).collect::<Option<_>>()?;
        match parts[..] {
            [year, month] if (1..=12).contains(&month) => Some(Time::Month(year * 12 + month - 1)),
            [year, month, day] if (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day) => {
                Some(Time::Day(year, month, day))
            }
            _ => None,
        }
    }

    fn same_form(self, other: Time) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

fn number(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl Calendar {
    /// The calendar of `times`, and the place of the first one whose form differs from the first's.
    pub(crate) fn of(times: &[Time], by_series: &[usize]) -> Result<Calendar, usize> {
        let Some(first) = times.first() else {
            return Ok(Calendar { unit: Unit::Number, step: 1, origin: 0 });
        };
        if let Some(other) = times.iter().position(|time| !time.same_form(*first)) {
            return Err(other);
        }
        let unit = match first {
            Time::Number(_) => Unit::Number,
            Time::Month(_) => Unit::Month,
            Time::Quarter(_) => Unit::Quarter,
            Time::Day(..) if are_months(times, by_series) => Unit::Month,
            Time::Day(..) => Unit::Day,
        };
        let calendar = Calendar { unit, step: 1, origin: 0 };
        let units: BTreeSet<i64> = times.iter().map(|time| calendar.units(*time)).collect();
        let origin = units.first().copied().unwrap_or_default();
        let step = units.iter().fold(0, |step, unit| divisor(step, unit - origin)).max(1);
        Ok(Calendar { unit, step, origin })
    }

    fn units(&self, time: Time) -> i64 {
        match (self.unit, time) {
            (_, Time::Number(units) | Time::Month(units) | Time::Quarter(units)) => units,
            (Unit::Month, Time::Day(year, month, _)) => year * 12 + month - 1,
            (_, Time::Day(year, month, day)) => days(year, month, day),
        }
    }

    /// The index of a time; a time between two steps counts to the step that it lies in.
    pub(crate) fn index(&self, time: Time) -> i64 {
        (self.units(time) - self.origin).div_euclid(self.step)
    }

    /// The index of a time as it is written, where it has the calendar's form (a day will do for a month or a
    /// quarter).
    #[must_use]
    pub fn index_of(&self, text: &str) -> Option<i64> {
        let time = Time::read(text.trim())?;
        let time = match (self.unit, time) {
            (Unit::Number, Time::Number(_))
            | (Unit::Day, Time::Day(..))
            | (Unit::Month, Time::Month(_) | Time::Day(..))
            | (Unit::Quarter, Time::Quarter(_)) => time,
            (Unit::Quarter, Time::Day(year, month, _)) => Time::Quarter(year * 4 + (month - 1) / 3),
            (Unit::Quarter, Time::Month(months)) => Time::Quarter(months.div_euclid(3)),
            _ => return None,
        };
        Some(self.index(time))
    }

    /// How the time of an index is written.
    #[must_use]
    pub fn label(&self, index: i64) -> String {
        let units = self.origin + index * self.step;
        match self.unit {
            Unit::Number => units.to_string(),
            Unit::Month => format!("{:04}-{:02}", units.div_euclid(12), units.rem_euclid(12) + 1),
            Unit::Quarter => format!("{:04}Q{}", units.div_euclid(4), units.rem_euclid(4) + 1),
            Unit::Day => {
                let (year, month, day) = date(units);
                format!("{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

/// Whether days stand for months: no series has two in one month, and all are the same day or the last.
fn are_months(times: &[Time], by_series: &[usize]) -> bool {
    let mut seen = BTreeSet::new();
    let mut same = BTreeSet::new();
    let mut last = true;
    for (time, series) in times.iter().zip(by_series) {
        let Time::Day(year, month, day) = *time else { return false };
        if !seen.insert((*series, year * 12 + month)) {
            return false;
        }
        same.insert(day);
        last &= day == days_in(year, month);
    }
    last || same.len() == 1
}

fn divisor(one: i64, two: i64) -> i64 {
    if two == 0 { one.abs() } else { divisor(two, one % two) }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 (Hinnant 2013, *chrono-compatible low-level date algorithms*).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970-01-01 (the same).
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_eight_centuries_is_read_as_it_is_written() {
        let calendar = Calendar { unit: Unit::Day, step: 1, origin: 0 };
        for day in -146_097..146_097 {
            assert_eq!(calendar.index_of(&calendar.label(day)), Some(day));
        }
        assert_eq!(calendar.label(0), "1970-01-01");
        assert_eq!(calendar.index_of("2000-03-01"), Some(11_017));
    }
}
