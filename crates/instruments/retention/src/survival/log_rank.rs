//! Do groups leave differently? The log-rank test for any number of groups (Mantel 1966, Cancer Chemotherapy Reports 50,
//! 163–170; Peto and Peto 1972).

use super::RiskTable;
use crate::linear::Cholesky;
use crate::{ChiSquareTest, Error};

/// One group's part of the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupTally {
    /// Customers who left.
    pub observed: u64,
    /// Customers who would have left if all groups were alike.
    pub expected: f64,
}

/// The test.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// Chi-square with one degree of freedom less than there are groups.
    pub test: ChiSquareTest,
    /// The groups, in the order they were given.
    pub groups: Vec<GroupTally>,
}

/// Compares `groups`. One whose customers were never at risk when somebody left says nothing and takes no degree of
/// freedom.
///
/// # Errors
/// [`Error::Data`] with fewer than two groups that say something, or where nobody left.
pub fn log_rank(groups: &[RiskTable]) -> Result<LogRank, Error> {
    let mut tallies: Vec<GroupTally> =
        groups.iter().map(|group| GroupTally { observed: group.events(), expected: 0.0 }).collect();
    if tallies.iter().all(|tally| tally.observed == 0) {
        return Err(Error::data("Nobody left in any group: there is nothing to compare yet"));
    }
    let count = groups.len();
    let mut covariance = vec![0.0; count * count];
    for time in times(groups) {
        add_time(groups, time, &mut tallies, &mut covariance);
    }
    let telling: Vec<usize> = (0..count).filter(|at| tallies[*at].expected > 0.0).collect();
    if telling.len() < 2 {
        return Err(Error::data("There is only one group at risk: a comparison needs at least two"));
    }
    // The differences add up to zero, so the last one says nothing new.
    let kept = &telling[..telling.len() - 1];
    let differences: Vec<f64> =
        kept.iter().map(|at| tallies[*at].observed as f64 - tallies[*at].expected).collect();
    let row = |row: usize| kept.iter().map(move |column| row * count + column);
    let matrix = kept.iter().flat_map(|kept| row(*kept)).map(|at| covariance[at]).collect();
    let Ok(factor) = Cholesky::new(matrix, kept.len()) else {
        return Err(Error::data(
            "The groups were never at risk at the same time, so they cannot be compared",
        ));
    };
    let chi_square = dot(&differences, &factor.solve(&differences));
    Ok(LogRank { test: ChiSquareTest::new(chi_square, kept.len()), groups: tallies })
}

/// Times at which somebody left, ascending.
fn times(groups: &[RiskTable]) -> Vec<f64> {
    let rows = groups.iter().flat_map(|group| group.rows().iter());
    let mut times: Vec<f64> = rows.filter(|row| row.events > 0).map(|row| row.time).collect();
    times.sort_by(f64::total_cmp);
    times.dedup_by(|one, other| one.total_cmp(other).is_eq());
    times
}

/// Adds what was expected of each group at `time`, and its hypergeometric covariance.
fn add_time(groups: &[RiskTable], time: f64, tallies: &mut [GroupTally], covariance: &mut [f64]) {
    let at_risk: Vec<f64> = groups.iter().map(|group| group.at_risk(time) as f64).collect();
    let all: f64 = at_risk.iter().sum();
    let left = groups.iter().map(|group| group.events_at(time)).sum::<u64>() as f64;
    for (tally, own) in tallies.iter_mut().zip(&at_risk) {
        tally.expected += left * own / all;
    }
    if all <= 1.0 {
        return;
    }
    let factor = left * (all - left) / (all * all * (all - 1.0));
    for (row, own) in at_risk.iter().enumerate() {
        for (column, other) in at_risk.iter().enumerate() {
            let same = if row == column { all } else { 0.0 };
            covariance[row * at_risk.len() + column] += factor * own * (same - other);
        }
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
