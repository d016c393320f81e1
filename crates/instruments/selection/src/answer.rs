//! What is said about a set: its value, how far from the best it can be, and how much of each limit it takes.

use kernel::Quantity;

use crate::plan::{Plan, Set, WHOLE, amount_of, narrow};
use crate::{Key, Limit, Pick, Problem};

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

/// How much of a limit a set takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Of a budget, in minor units.
    Budget {
        /// Its key.
        key: Key,
        /// What the set costs in it.
        spent: i64,
        /// What there is.
        amount: i64,
    },
    /// Of a capacity.
    Capacity {
        /// Its key.
        key: Key,
        /// Its unit.
        unit: String,
        /// What the set uses.
        used: Quantity,
        /// What there is.
        amount: Quantity,
    },
    /// Of a whole, by tag.
    Share {
        /// Its key.
        key: Key,
        /// The part that goes to the tag, rounded to millionths; `None`: of nothing.
        part: Option<Quantity>,
        /// The least it may be.
        at_least: Option<Quantity>,
        /// The most it may be.
        at_most: Option<Quantity>,
    },
}

/// The risk of a set, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetRisk {
    /// The part that counts as the tail.
    pub tail: Quantity,
    /// Conditional value at risk: the mean of the tail, rounded once.
    pub cvar: i64,
    /// The least that is acceptable, if any.
    pub at_least: Option<i64>,
    /// The worst scenario.
    pub worst: i64,
    /// Standard deviation over the scenarios, rounded.
    pub deviation: i64,
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

fn usage(problem: &Problem, plan: &Plan, set: &Set) -> Vec<Usage> {
    let used = |limit: Limit| narrow(plan.row_of(&limit).map_or(0, |row| plan.rows[row].sum(set)));
    let budgets = sorted(problem.budgets.iter(), |one| &one.key).into_iter().map(|budget| Usage::Budget {
        key: budget.key.clone(),
        spent: used(Limit::Budget(budget.key.clone())),
        amount: budget.amount,
    });
    let capacities =
        sorted(problem.capacities.iter(), |one| &one.key).into_iter().map(|one| Usage::Capacity {
            key: one.key.clone(),
            unit: one.unit.clone(),
            used: Quantity::of_millionths(used(Limit::Capacity(one.key.clone()))),
            amount: one.amount,
        });
    let shares = sorted(problem.shares.iter(), |one| &one.key).into_iter().map(|share| Usage::Share {
        key: share.key.clone(),
        part: part(problem, plan, share, set),
        at_least: share.at_least,
        at_most: share.at_most,
    });
    budgets.chain(capacities).chain(shares).collect()
}

fn sorted<'a, T>(list: impl Iterator<Item = &'a T>, key: impl Fn(&T) -> &Key) -> Vec<&'a T> {
    let mut list: Vec<&T> = list.collect();
    list.sort_by(|a, b| key(a).cmp(key(b)));
    list
}

fn part(problem: &Problem, plan: &Plan, share: &crate::Share, set: &Set) -> Option<Quantity> {
    let chosen = set.columns().filter_map(|column| {
        let pick = &plan.columns[column].pick;
        let candidate = problem.candidates.iter().find(|one| one.key == pick.candidate)?;
        let key = pick.option.as_deref().unwrap_or_default();
        Some((candidate, candidate.options.iter().find(|option| *option.key == *key)?))
    });
    let of_budget = |key: &Key| share.budget.as_ref().is_none_or(|one| one == key);
    let (mut tagged, mut spent) = (0, 0);
    for (candidate, option) in chosen {
        let keys = problem.budgets.iter().map(|budget| &budget.key).filter(|key| of_budget(key));
        let cost: i128 = keys.map(|key| i128::from(amount_of(&option.costs, key, 0))).sum();
        spent += cost;
        if candidate.tags.contains(&(share.tag.clone(), share.value.clone())) {
            tagged += cost;
        }
    }
    let budgets = problem.budgets.iter().filter(|budget| of_budget(&budget.key));
    let whole = match share.of {
        crate::Whole::Budget => budgets.map(|budget| i128::from(budget.amount)).sum(),
        crate::Whole::Spent => spent,
    };
    (whole > 0).then(|| Quantity::of_millionths(narrow(kernel::divide_half_away(WHOLE * tagged, whole))))
}

fn risk(problem: &Problem, plan: &Plan, set: &Set) -> Option<SetRisk> {
    let (risk, tail) = (problem.risk.as_ref()?, plan.tail.as_ref()?);
    let totals = tail.totals(set);
    let mean = plan.worth(set) as f64 / tail.all_weights as f64;
    let squares = totals.iter().zip(&tail.weights).map(|(total, weight)| {
        let off = *total as f64 - mean;
        off * off * f64::from(*weight)
    });
    let deviation = (squares.sum::<f64>() / tail.all_weights as f64).sqrt();
    Some(SetRisk {
        tail: risk.tail,
        cvar: narrow(kernel::divide_half_away(tail.of_set(set), tail.mass())),
        at_least: risk.at_least,
        worst: narrow(totals.iter().copied().min().unwrap_or(0)),
        deviation: deviation.round() as i64,
    })
}
