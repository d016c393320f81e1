//! What is said about a set: its value, how far from the best it can be, and how much of each limit it takes.

use crate::plan::{Plan, Set, narrow};
use crate::usage::{SetRisk, Usage, risk, usage};
use crate::{Limit, Pick, Problem};

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A set.
    Chosen(Box<Answer>),
    /// No set keeps all limits.
    Conflict(Conflict),
    /// The time was up before any allowed set was found; there may be one.
    Unknown,
}

/// A set and what is known about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What is chosen, by key. A candidate's option is named where it has several.
    pub chosen: Vec<Pick>,
    /// Mean value in minor units, rounded once.
    pub value: i64,
    /// No allowed set has a higher mean value than this; minor units, rounded up.
    pub bound: i64,
    /// `(bound − value) ÷ |value|`, before rounding: 0.01 is one percent. `None` where the value is zero and the
    /// bound is not.
    pub gap: Option<f64>,
    /// What is proven.
    pub status: Status,
    /// Whether it is proven that of all sets of this value none is cheaper and none of the same cost comes
    /// earlier by key. Without proof no exchange of one for one does.
    pub first_of_equals: bool,
    /// What the set costs in all budgets together, in minor units.
    pub cost: i64,
    /// How much is taken of budgets, capacities and shares, sorted by limit.
    pub usage: Vec<Usage>,
    /// The set's risk, where the problem has scenarios.
    pub risk: Option<SetRisk>,
    pub(crate) set: Set,
    pub(crate) worth: i128,
    pub(crate) worth_bound: i128,
}

/// What is proven about a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No set is better.
    Optimal,
    /// No set is better by more than the gap that was asked for.
    WithinGap,
    /// The time was up; the gap is the one that is proven.
    TimeLimit,
}

/// Limits that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The limits, sorted. Without any one of them the others can be kept.
    pub limits: Vec<Limit>,
    /// Whether that is proven; else the time was up and some of them may not be needed.
    pub smallest: bool,
}

impl Status {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Status::Optimal => "optimal",
            Status::WithinGap => "within_gap",
            Status::TimeLimit => "time_limit",
        }
    }
}

impl Answer {
    /// The status in words, with its gap: “optimal: no allowed set is worth more”.
    pub fn says(&self) -> String {
        let gap =
            self.gap.map_or("by an unknown part".to_owned(), |gap| format!("by more than {}", percent(gap)));
        match self.status {
            Status::Optimal => "optimal: no allowed set is worth more".to_owned(),
            Status::WithinGap => format!("within the gap: no allowed set is worth more {gap}"),
            Status::TimeLimit => {
                format!("time limit: what is proven is that no allowed set is worth more {gap}")
            }
        }
    }
}

/// `0.33 %`, rounded up so that no more is said than is proven.
fn percent(part: f64) -> String {
    let hundredths = (part * 10_000.0).ceil();
    format!("{} %", hundredths / 100.0)
}

/// What a set is proven to be.
pub(crate) struct Proof {
    /// No set has a larger sum of worth.
    pub bound: f64,
    /// Whether the solver ended by itself.
    pub ended: bool,
    pub first_of_equals: bool,
}

pub(crate) fn answer(problem: &Problem, plan: &Plan, set: Set, proof: &Proof) -> Answer {
    let worth = plan.worth(&set);
    // A float beyond 128 bits becomes their end.
    let bound = (proof.bound.floor() as i128).min(plan.worth_at_most()).max(worth);
    let worth_bound = if proof.first_of_equals { worth } else { bound };
    let status = match (worth_bound == worth, proof.ended) {
        (true, _) => Status::Optimal,
        (_, true) => Status::WithinGap,
        (_, false) => Status::TimeLimit,
    };
    Answer {
        chosen: plan.picks(&set),
        value: plan.minor(worth),
        bound: narrow(-(-worth_bound).div_euclid(plan.all_weights())),
        gap: gap(worth, worth_bound),
        status,
        first_of_equals: proof.first_of_equals,
        cost: narrow(plan.cost(&set)),
        usage: usage(problem, plan, &set),
        risk: risk(problem, plan, &set),
        worth,
        worth_bound,
        set,
    }
}

fn gap(worth: i128, bound: i128) -> Option<f64> {
    match (bound - worth, worth) {
        (0, _) => Some(0.0),
        (_, 0) => None,
        (over, worth) => Some(over as f64 / worth.unsigned_abs() as f64),
    }
}
