//! One question to the solver, answered by a set that is allowed to the cent.
//!
//! `model` turns whole numbers into the solver's floats. Where risk is not minded, `highs` runs it whole, and `search`
//! judges what comes back in whole numbers again: a set that only rounding let through is cut off and the question asked
//! anew. Where it is, `tree` branches and cuts by itself, with HiGHS for its `relaxation`, and learns the rows of `tail`
//! that say what risk a set has.

mod climb;
mod highs;
mod model;
mod relaxation;
mod search;
mod tail;
mod tree;
mod waiting;

use std::ops::Range;

pub(crate) use self::highs::Allowance;
pub(crate) use self::model::Model;
use self::search::Search;
pub(crate) use self::tail::Pool;
use self::tree::Tree;
use self::waiting::waiting;
use crate::Error;
use crate::plan::{Plan, Row, Set};
use crate::watch::{Stage, Watch};

/// What is added to a bound for the solver's own rounding, as a part of it.
const ROUNDING: f64 = 1e-9;

/// What is to be as large as possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// The mean value.
    Worth,
    /// The conditional value at risk.
    Safest,
    /// What is left unspent.
    LeastCost,
    /// The columns of a range as the bits of a number, first column first; no more than [`Aim::KEYS`] of them.
    Keys(Range<usize>),
    /// Nothing: any allowed set will do.
    Any,
}

impl Aim {
    /// Bits that a float of the solver tells apart with certainty.
    pub const KEYS: usize = 16;

    /// One whole number per column. The safest set's objective lies in columns of its own.
    pub fn objective(&self, plan: &Plan) -> Vec<i128> {
        match self {
            Aim::Worth => plan.columns.iter().map(|column| column.worth).collect(),
            Aim::LeastCost => plan.columns.iter().map(|column| -column.cost).collect(),
            Aim::Keys(range) => {
                let bit = |at: usize| if range.contains(&at) { 1 << (range.end - 1 - at) } else { 0 };
                (0..plan.columns.len()).map(bit).collect()
            }
            Aim::Safest | Aim::Any => vec![0; plan.columns.len()],
        }
    }

    /// How much of the aim a set has, in whole numbers; of the safest, times [`crate::plan::Tail::mass`].
    pub fn merit(&self, plan: &Plan, set: &Set) -> i128 {
        match (self, &plan.tail) {
            (Aim::Safest, Some(tail)) => tail.of_set(set),
            _ => {
                let objective = self.objective(plan);
                set.columns().map(|column| objective[column]).sum()
            }
        }
    }
}

/// A question.
pub(crate) struct Ask<'a> {
    pub plan: &'a Plan,
    pub aim: Aim,
    /// A set to begin from, allowed or nearly.
    pub start: Option<&'a Set>,
    pub allowance: Allowance,
    pub stage: Stage,
}

/// What came of it.
pub(crate) enum Found {
    /// A set that is allowed.
    Set(Best),
    /// No set is.
    Nothing,
    /// The time was up before any was found.
    Unknown,
}

/// The best set found.
pub(crate) struct Best {
    pub set: Set,
    /// No set has more of the aim, in its whole numbers: the solver's bound, rounded outwards.
    pub bound: f64,
    /// Whether the solver ended by itself rather than by time.
    pub proven: bool,
}

impl Ask<'_> {
    /// Asks, from what `pool` knows of the tail, and teaches it.
    pub fn answer(&self, pool: &mut Pool, watch: Watch) -> Result<Found, Error> {
        if self.is_hopeless() {
            return Ok(Found::Nothing);
        }
        if self.plan.columns.is_empty() {
            return Ok(Found::Set(Best { set: Set::empty(0), bound: 0.0, proven: true }));
        }
        match self.plan.minded(self.aim == Aim::Safest) {
            Some(tail) => waiting(self.allowance.seconds, &self.stage, watch, |reins| {
                Tree::new(self, tail, pool).grow(reins)
            }),
            None => Search::new(self).go(watch),
        }
    }

    /// Whether a row without terms, which the solver is not shown, can never hold; or, without any column, risk.
    fn is_hopeless(&self) -> bool {
        let none = Set::empty(self.plan.columns.len());
        let empty = self.plan.rows.iter().filter(|row| row.terms.is_empty());
        empty.clone().any(|row| !row.allows(&none))
            || self.plan.columns.is_empty() && !self.plan.allows(&none)
    }
}

/// A row that `set` breaks and every allowed set keeps; `row` is the number of the one it breaks.
fn cut(plan: &Plan, row: usize, set: &Set) -> Row {
    let row = &plan.rows[row];
    let over = row.high.is_some_and(|high| row.sum(set) > high);
    other_side(row, set, over)
}

/// At least one column otherwise than in `set`.
pub(crate) fn other_than(set: &Set) -> Row {
    let terms =
        set.0.iter().enumerate().map(|(column, chosen)| (column, if *chosen { 1 } else { -1 })).collect();
    let chosen = i128::try_from(set.columns().count()).unwrap_or(i128::MAX);
    Row { limit: None, terms, low: None, high: Some(chosen - 1) }
}

/// A cover cut: a sum that is too large falls only if a chosen column that adds to it goes or another that takes
/// from it comes; the same the other way round for one too small.
fn other_side(row: &Row, set: &Set, over: bool) -> Row {
    let adds = |term: i128| (term > 0) == over;
    let of_use = row.terms.iter().filter(|(column, term)| set.has(*column) == adds(*term));
    let terms: Vec<(usize, i128)> =
        of_use.map(|(column, _)| (*column, if set.has(*column) { 1 } else { -1 })).collect();
    let chosen = terms.iter().filter(|(_, sign)| *sign > 0).count();
    Row { limit: None, terms, low: None, high: Some(i128::try_from(chosen).unwrap_or(i128::MAX) - 1) }
}
