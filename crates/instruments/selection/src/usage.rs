//! How much of each limit a set takes, and its risk.

use kernel::Quantity;

use crate::plan::{Plan, Set, WHOLE, amount_of, narrow};
use crate::{Key, Limit, Problem};

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

pub(crate) fn usage(problem: &Problem, plan: &Plan, set: &Set) -> Vec<Usage> {
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

pub(crate) fn risk(problem: &Problem, plan: &Plan, set: &Set) -> Option<SetRisk> {
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
