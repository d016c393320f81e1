//! A set judged without any rounding: what it is worth, whether it is allowed, its tail.

use crate::plan::{Plan, Row, WHOLE};
use crate::problem::Risk;
use crate::{Limit, Worth};

/// A set of options, one bit per column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set(pub Vec<bool>);

impl Set {
    pub fn empty(columns: usize) -> Set {
        Set(vec![false; columns])
    }

    /// The chosen columns, ascending.
    pub fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(column, _)| column)
    }

    pub fn has(&self, column: usize) -> bool {
        self.0[column]
    }

    /// The set without one column and with another.
    pub fn moved(&self, out: Option<usize>, into: Option<usize>) -> Set {
        let mut next = self.clone();
        out.into_iter().for_each(|column| next.0[column] = false);
        into.into_iter().for_each(|column| next.0[column] = true);
        next
    }
}

/// The scenarios, and how much of them is the tail.
#[derive(Debug)]
pub(crate) struct Tail {
    /// By column.
    pub outcomes: Vec<Worth>,
    /// By scenario, above zero.
    pub weights: Vec<u32>,
    pub all_weights: i128,
    /// Millionths.
    pub part: i128,
}

impl Tail {
    /// A problem with risk and no outcomes at all has one scenario.
    pub fn of(risk: &Risk, outcomes: Vec<Worth>) -> Tail {
        let lengths = outcomes.iter().map(|worth| match worth {
            Worth::Outcomes(outcomes) => outcomes.len(),
            Worth::Certain(_) => 1,
        });
        let scenarios = lengths.max().unwrap_or(1).max(risk.weights.len());
        let weights = if risk.weights.is_empty() { vec![1; scenarios] } else { risk.weights.clone() };
        let all_weights = weights.iter().map(|weight| i128::from(*weight)).sum();
        Tail { outcomes, weights, all_weights, part: i128::from(risk.tail.millionths()) }
    }

    pub fn sum(&self, outcomes: &[i64]) -> i128 {
        let weighted = outcomes.iter().zip(&self.weights);
        weighted.map(|(outcome, weight)| i128::from(*outcome) * i128::from(*weight)).sum()
    }

    pub fn outcome(&self, column: usize, scenario: usize) -> i64 {
        match &self.outcomes[column] {
            Worth::Certain(minor) => *minor,
            Worth::Outcomes(outcomes) => outcomes[scenario],
        }
    }

    /// What the set is worth in each scenario, in minor units.
    pub fn totals(&self, set: &Set) -> Vec<i128> {
        let mut totals = vec![0; self.weights.len()];
        for column in set.columns() {
            for (scenario, total) in totals.iter_mut().enumerate() {
                *total += i128::from(self.outcome(column, scenario));
            }
        }
        totals
    }

    /// The tail's weight in millionths of a scenario's weight: what [`Tail::of_set`] is divided by.
    pub fn mass(&self) -> i128 {
        self.part * self.all_weights
    }

    /// The conditional value at risk in minor units × [`Tail::mass`]: the worst outcomes, each with its weight,
    /// the last of them with the part of its weight that fills the tail (Rockafellar and Uryasev 2002,
    /// proposition 8, for scenarios).
    pub fn of_set(&self, set: &Set) -> i128 {
        let mut by_outcome: Vec<(i128, u32)> =
            self.totals(set).into_iter().zip(self.weights.iter().copied()).collect();
        by_outcome.sort_unstable();
        let mut left = self.mass();
        let mut sum = 0;
        for (total, weight) in by_outcome {
            let taken = (i128::from(weight) * WHOLE).min(left);
            sum += taken * total;
            left -= taken;
        }
        sum
    }
}

/// What a set breaks.
#[derive(Clone, Debug)]
pub(crate) enum Broken {
    /// A row; its index.
    Row(usize),
    /// The floor of the conditional value at risk.
    Floor,
}

impl Row {
    pub fn sum(&self, set: &Set) -> i128 {
        self.terms.iter().filter(|(column, _)| set.has(*column)).map(|(_, term)| *term).sum()
    }

    pub fn allows(&self, set: &Set) -> bool {
        let sum = self.sum(set);
        self.low.is_none_or(|low| sum >= low) && self.high.is_none_or(|high| sum <= high)
    }
}

impl Plan {
    /// The first row that `set` breaks, to the last minor unit; `None`: the set is allowed.
    pub fn broken(&self, set: &Set) -> Option<Broken> {
        if let Some(row) = self.rows.iter().position(|row| !row.allows(set)) {
            return Some(Broken::Row(row));
        }
        match (&self.tail, self.floor) {
            (Some(tail), Some(floor)) if tail.of_set(set) < i128::from(floor) * tail.mass() => {
                Some(Broken::Floor)
            }
            _ => None,
        }
    }

    pub fn allows(&self, set: &Set) -> bool {
        self.broken(set).is_none()
    }

    /// The sum of [`crate::plan::Column::worth`].
    pub fn worth(&self, set: &Set) -> i128 {
        set.columns().map(|column| self.columns[column].worth).sum()
    }

    /// Minor units over all budgets.
    pub fn cost(&self, set: &Set) -> i128 {
        set.columns().map(|column| self.columns[column].cost).sum()
    }

    /// More than any set can be worth: each candidate at its best option, if that is above zero.
    pub fn worth_at_most(&self) -> i128 {
        let options = self.columns.chunk_by(|a, b| a.candidate == b.candidate);
        options.map(|options| options.iter().map(|one| one.worth).max().unwrap_or(0).max(0)).sum()
    }

    /// The row of a limit; risk has none.
    pub fn row_of(&self, limit: &Limit) -> Option<usize> {
        let number = self.limits.iter().position(|one| one == limit)?;
        self.rows.iter().position(|row| row.limit == Some(number))
    }
}
