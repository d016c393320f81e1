//! One question to the solver, answered by a set that is allowed to the cent.
//!
//! `model` turns whole numbers into the solver's floats, `highs` runs it, and here what comes back is judged in
//! whole numbers again: a set that only rounding let through is cut off and the question asked anew.

mod highs;
mod model;

use std::ops::Range;

pub(crate) use self::highs::Allowance;
use self::highs::{End, run};
pub(crate) use self::model::Model;
use crate::Error;
use crate::plan::{Broken, Plan, Row, Set};
use crate::watch::{Stage, Watch};

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
        let each = plan.columns.iter().enumerate();
        match self {
            Aim::Worth => each.map(|(_, column)| column.worth).collect(),
            Aim::LeastCost => each.map(|(_, column)| -column.cost).collect(),
            Aim::Keys(range) => {
                let bit = |at: usize| if range.contains(&at) { 1 << (range.end - 1 - at) } else { 0 };
                each.map(|(at, _)| bit(at)).collect()
            }
            Aim::Safest | Aim::Any => vec![0; plan.columns.len()],
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

/// Rounding lets few sets through; more than this says that something else is wrong.
const MOST_CUTS: usize = 10_000;

/// What is added to a bound for the solver's own rounding, as a part of it.
const ROUNDING: f64 = 1e-9;

impl Ask<'_> {
    pub fn answer(&self, watch: Watch) -> Result<Found, Error> {
        if self.is_hopeless() {
            return Ok(Found::Nothing);
        }
        if self.plan.columns.is_empty() {
            return Ok(Found::Set(Best { set: Set::empty(0), bound: 0.0, proven: true }));
        }
        let mut cuts = Vec::new();
        while cuts.len() < MOST_CUTS {
            let model = Model::of(self.plan, &self.aim, &cuts);
            let unit = model.unit;
            let start = self.start.map(|set| point(set, &model, self.plan));
            let run = run(model, start, self.allowance, &self.stage, &mut *watch)?;
            if run.end == End::Infeasible {
                return Ok(Found::Nothing);
            }
            let Some(point) = run.point else { return Ok(Found::Unknown) };
            let set = Set(point[..self.plan.columns.len()].iter().map(|value| *value > 0.5).collect());
            if let Some(broken) = self.plan.broken(&set) {
                let cut = cut(self.plan, &broken, &set);
                if cut.terms.is_empty() {
                    return Ok(Found::Nothing);
                }
                cuts.push(cut);
                continue;
            }
            let bound = (run.bound + ROUNDING * run.bound.abs().max(1.0)) * unit;
            return Ok(Found::Set(Best { set, bound, proven: run.end == End::Proven }));
        }
        Err(Error::Solver(format!("{MOST_CUTS} sets in a row were not allowed")))
    }

    /// Whether a row without terms, which the solver is not shown, can never hold; or, without any column, risk.
    fn is_hopeless(&self) -> bool {
        let none = Set::empty(self.plan.columns.len());
        let empty = self.plan.rows.iter().filter(|row| row.terms.is_empty());
        empty.clone().any(|row| !row.allows(&none))
            || self.plan.columns.is_empty() && !self.plan.allows(&none)
    }
}

/// The set as a point of the model. What a set costs in columns of the tail the solver finds by itself; their
/// best values are given all the same, since it then takes the point as it is.
fn point(set: &Set, model: &Model, plan: &Plan) -> Vec<f64> {
    let mut point = vec![0.0; model.columns.len()];
    for column in set.columns() {
        point[column] = 1.0;
    }
    if let (Some(tail), true) = (&plan.tail, model.columns.len() > plan.columns.len()) {
        let first = plan.columns.len();
        for (at, value) in tail.point(set).into_iter().enumerate() {
            point[first + at] = value;
        }
    }
    point
}

/// A row that `set` breaks and every allowed set keeps.
fn cut(plan: &Plan, broken: &Broken, set: &Set) -> Row {
    match broken {
        Broken::Floor => other_than(set),
        Broken::Row(at) => {
            let row = &plan.rows[*at];
            let over = row.high.is_some_and(|high| row.sum(set) > high);
            other_side(row, set, over)
        }
    }
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
