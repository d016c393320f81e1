//! The problem checked, sorted by key and indexed: columns of whole numbers, rows of whole numbers.
//!
//! `check` finds what a problem says wrongly, `rows` turns limits into rows, `exact` judges a set without any
//! rounding.

mod check;
mod exact;
mod rows;

use std::sync::Arc;

pub(crate) use check::is_there as check_pick;
pub(crate) use exact::{Broken, Set, Tail};

use crate::problem::{Candidate, Choice};
use crate::{Error, Key, Limit, Pick, Problem, Worth};

/// One part of a whole, in millionths: what [`kernel::Quantity`] counts in.
pub(crate) const WHOLE: i128 = 1_000_000;

/// What every question about a problem is asked of. A question that changes limits changes a clone.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// One per option, by candidate and option.
    pub columns: Arc<[Column]>,
    /// All limits but risk, and the options of each candidate.
    pub rows: Vec<Row>,
    /// Every limit, sorted.
    pub limits: Arc<[Limit]>,
    pub tail: Option<Arc<Tail>>,
    /// The least acceptable conditional value at risk, in minor units.
    pub floor: Option<i64>,
}

/// One option.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub pick: Pick,
    /// The number of its candidate.
    pub candidate: usize,
    /// Minor units × all weights together: the sum over scenarios of weight × outcome.
    pub worth: i128,
    /// Minor units over all budgets.
    pub cost: i128,
}

/// `low ≤ Σ term ≤ high`, in whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Index into [`Plan::limits`]; `None` for the options of one candidate.
    pub limit: Option<usize>,
    /// Column and coefficient, by column; none zero.
    pub terms: Vec<(usize, i128)>,
    pub low: Option<i128>,
    pub high: Option<i128>,
}

impl Plan {
    /// # Errors
    /// [`Error::Problem`], where the problem contradicts itself.
    pub fn of(problem: &Problem) -> Result<Plan, Error> {
        check::check(problem)?;
        let mut candidates: Vec<&Candidate> = problem.candidates.iter().collect();
        candidates.sort_by(|a, b| a.key.cmp(&b.key));
        let options: Vec<(usize, &Candidate, &Choice)> =
            (candidates.iter().enumerate()).flat_map(|(number, one)| sorted(number, one)).collect();
        let tail = problem.risk.as_ref().map(|risk| {
            let outcomes = options.iter().map(|(_, _, option)| option.worth.clone()).collect();
            Tail::of(risk, outcomes)
        });
        let all_weights = tail.as_ref().map_or(1, |tail| tail.all_weights);
        let columns: Vec<Column> = (options.iter())
            .map(|(number, candidate, option)| Column {
                pick: Pick {
                    candidate: candidate.key.clone(),
                    option: (candidate.options.len() > 1 || !option.key.is_empty())
                        .then(|| option.key.clone()),
                },
                candidate: *number,
                worth: match (&option.worth, &tail) {
                    (Worth::Outcomes(outcomes), Some(tail)) => tail.sum(outcomes),
                    (Worth::Certain(minor), _) => i128::from(*minor) * all_weights,
                    (Worth::Outcomes(_), None) => 0,
                },
                cost: option.costs.iter().map(|(_, minor)| i128::from(*minor)).sum(),
            })
            .collect();
        let (limits, rows) = rows::rows(problem, &options, &columns);
        let floor = problem.risk.as_ref().and_then(|risk| risk.at_least);
        Ok(Plan { columns: columns.into(), rows, limits: limits.into(), tail: tail.map(Arc::new), floor })
    }

    /// The columns that `pick` means.
    pub fn meant<'a>(&'a self, pick: &'a Pick) -> impl Iterator<Item = usize> + 'a {
        (0..self.columns.len()).filter(|column| covers(pick, &self.columns[*column].pick))
    }

    /// The same without one limit.
    pub fn without(&self, limit: usize) -> Plan {
        let mut plan = self.clone();
        plan.rows.retain(|row| row.limit != Some(limit));
        if self.limits[limit] == Limit::Risk {
            plan.floor = None;
        }
        plan
    }

    /// The same with these limits alone.
    pub fn with_limits(&self, kept: &[usize]) -> Plan {
        let mut plan = self.clone();
        plan.rows.retain(|row| row.limit.is_none_or(|limit| kept.contains(&limit)));
        if !kept.iter().any(|limit| self.limits[*limit] == Limit::Risk) {
            plan.floor = None;
        }
        plan
    }

    /// By what a sum of [`Column::worth`] is divided to be minor units.
    pub fn all_weights(&self) -> i128 {
        self.tail.as_ref().map_or(1, |tail| tail.all_weights)
    }

    /// A sum of [`Column::worth`] in minor units, half away from zero.
    pub fn minor(&self, worth: i128) -> i64 {
        narrow(kernel::divide_half_away(worth, self.all_weights()))
    }

    /// The picks of a set.
    pub fn picks(&self, set: &Set) -> Vec<Pick> {
        set.columns().map(|column| self.columns[column].pick.clone()).collect()
    }
}

/// Whether `pick` means the option `one`.
pub(crate) fn covers(pick: &Pick, one: &Pick) -> bool {
    pick.candidate == one.candidate
        && pick.option.as_ref().is_none_or(|option| one.option.as_ref().map_or("", |key| key) == &**option)
}

/// Into 64 bits; what lies beyond is their end, which no sum of checked amounts reaches.
pub(crate) fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

fn sorted(number: usize, candidate: &Candidate) -> Vec<(usize, &Candidate, &Choice)> {
    let mut options: Vec<&Choice> = candidate.options.iter().collect();
    options.sort_by(|a, b| a.key.cmp(&b.key));
    options.into_iter().map(|option| (number, candidate, option)).collect()
}

/// What a key stands for in a list of keys and amounts; zero where it is not there.
pub(crate) fn amount_of<T: Copy>(list: &[(Key, T)], key: &Key, zero: T) -> T {
    list.iter().find(|(one, _)| one == key).map_or(zero, |(_, amount)| *amount)
}
