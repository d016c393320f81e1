//! How long customers stay: who was at risk of leaving and who left, by time.
//!
//! | file | holds |
//! | --- | --- |
//! | `curve` | [`Curve`]: Kaplan–Meier with interval, median, restricted mean |
//! | `log_rank` | [`log_rank`]: do groups leave differently? |

mod curve;
mod log_rank;

pub use curve::{Curve, Median, Point, RestrictedMean};
pub use log_rank::{GroupTally, LogRank, log_rank};

use crate::Error;

/// Customers watched for `time`, who then left or were still there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// How long, in any unit of time: not negative.
    pub time: f64,
    /// Whether they left then; else they were still there when last seen.
    pub left: bool,
    /// How many customers this holds for.
    pub count: u64,
}

/// One row of a cohort imported as counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CohortCount {
    /// Months (or another unit) since joining: not negative.
    pub time: f64,
    /// Customers who were there until then.
    pub at_risk: u64,
    /// Those of them who left then.
    pub left: u64,
}

/// At one time: who was at risk, who left, who was last seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RiskRow {
    /// The time.
    pub time: f64,
    /// Customers still there just before.
    pub at_risk: u64,
    /// Customers who left.
    pub events: u64,
    /// Customers last seen then, still there: they were at risk for those who left at the same time.
    pub censored: u64,
}

/// Customers at risk by time, ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskTable {
    rows: Vec<RiskRow>,
}

impl RiskTable {
    /// Of customers watched one by one, or in bunches. The order of rows changes nothing.
    ///
    /// # Errors
    /// [`Error::Row`] for a time that is negative or no number, or a count too large to add up; [`Error::Data`] without
    /// customers.
    pub fn of_observations(observations: &[Observation]) -> Result<RiskTable, Error> {
        check_times(observations.iter().map(|one| one.time))?;
        check_counts("count", observations.iter().map(|one| one.count))?;
        let mut sorted: Vec<&Observation> = observations.iter().filter(|one| one.count > 0).collect();
        sorted.sort_by(|one, other| one.time.total_cmp(&other.time));
        let mut remaining: u64 = sorted.iter().map(|one| one.count).sum();
        let mut rows: Vec<RiskRow> = Vec::new();
        for bunch in sorted.chunk_by(|one, other| one.time.total_cmp(&other.time).is_eq()) {
            let of = |left: bool| bunch.iter().filter(|one| one.left == left).map(|one| one.count).sum();
            let (events, censored): (u64, u64) = (of(true), of(false));
            rows.push(RiskRow { time: bunch[0].time, at_risk: remaining, events, censored });
            remaining -= events + censored;
        }
        RiskTable::of_rows(rows)
    }

    /// Of cohorts imported as counts, added up by time since joining. Cohorts that are not that old yet are not at
    /// risk there and count as last seen before.
    ///
    /// # Errors
    /// [`Error::Row`] for a time that is negative or no number, a count too large to add up, or where more left than were
    /// at risk; [`Error::Data`] without customers.
    pub fn of_counts(counts: &[CohortCount]) -> Result<RiskTable, Error> {
        check_times(counts.iter().map(|one| one.time))?;
        check_counts("at risk", counts.iter().map(|one| one.at_risk))?;
        if let Some(at) = counts.iter().position(|one| one.left > one.at_risk) {
            let says = format!("{} of {} at risk cannot leave", counts[at].left, counts[at].at_risk);
            return Err(Error::row(at, "left", says));
        }
        let mut sorted: Vec<&CohortCount> = counts.iter().filter(|one| one.at_risk > 0).collect();
        sorted.sort_by(|one, other| one.time.total_cmp(&other.time));
        let bunches = sorted.chunk_by(|one, other| one.time.total_cmp(&other.time).is_eq());
        let mut rows: Vec<RiskRow> = bunches
            .map(|bunch| RiskRow {
                time: bunch[0].time,
                at_risk: bunch.iter().map(|one| one.at_risk).sum(),
                events: bunch.iter().map(|one| one.left).sum(),
                censored: 0,
            })
            .collect();
        for at in 0..rows.len() {
            let next = rows.get(at + 1).map_or(0, |row| row.at_risk);
            rows[at].censored = (rows[at].at_risk - rows[at].events).saturating_sub(next);
        }
        RiskTable::of_rows(rows)
    }

    fn of_rows(rows: Vec<RiskRow>) -> Result<RiskTable, Error> {
        if rows.is_empty() {
            return Err(Error::data("There are no customers: a curve needs at least one row"));
        }
        Ok(RiskTable { rows })
    }

    /// The rows, by time.
    #[must_use]
    pub fn rows(&self) -> &[RiskRow] {
        &self.rows
    }

    /// Customers who left, at any time.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.rows.iter().map(|row| row.events).sum()
    }

    /// Customers at risk just before `time`.
    #[must_use]
    pub fn at_risk(&self, time: f64) -> u64 {
        let next = self.rows.partition_point(|row| row.time < time);
        self.rows.get(next).map_or(0, |row| row.at_risk)
    }

    /// Customers who left at exactly `time`.
    #[must_use]
    pub fn events_at(&self, time: f64) -> u64 {
        let next = self.rows.partition_point(|row| row.time < time);
        let same = self.rows.get(next).filter(|row| row.time.total_cmp(&time).is_eq());
        same.map_or(0, |row| row.events)
    }
}

/// Names the first time that is negative or no number.
pub(crate) fn check_times(mut times: impl Iterator<Item = f64>) -> Result<(), Error> {
    match times.position(|time| !(time.is_finite() && time >= 0.0)) {
        None => Ok(()),
        Some(at) => Err(Error::row(at, "time", "a time is a number that is not negative")),
    }
}

/// The most customers of one row: so that sums of rows stay whole numbers of 64 bits.
const MOST_CUSTOMERS: u64 = 1_000_000_000_000;

/// Names the first count that is too large to add up.
pub(crate) fn check_counts(field: &'static str, mut counts: impl Iterator<Item = u64>) -> Result<(), Error> {
    match counts.position(|count| count > MOST_CUSTOMERS) {
        None => Ok(()),
        Some(at) => Err(Error::row(at, field, format!("a row has at most {MOST_CUSTOMERS} customers"))),
    }
}
