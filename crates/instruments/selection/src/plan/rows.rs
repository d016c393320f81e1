//! Limits as rows of whole numbers.

use crate::plan::{Column, Row, WHOLE, amount_of, covers};
use crate::problem::{Candidate, Choice};
use crate::{Key, Limit, Pick, Problem, Share, Whole};

type Options<'a> = [(usize, &'a Candidate, &'a Choice)];

/// A row before its limit has a number.
struct Loose {
    limit: Limit,
    terms: Vec<i128>,
    low: Option<i128>,
    high: Option<i128>,
}

/// Every limit, sorted, and the rows of all but risk.
pub(super) fn rows(problem: &Problem, options: &Options, columns: &[Column]) -> (Vec<Limit>, Vec<Row>) {
    let mut loose = amounts(problem, options);
    loose.extend(picks(problem, columns));
    loose.extend(problem.shares.iter().flat_map(|share| of_share(problem, share, options)));
    loose.sort_by(|a, b| a.limit.cmp(&b.limit));
    let mut limits: Vec<Limit> = loose.iter().map(|row| row.limit.clone()).collect();
    if problem.risk.as_ref().is_some_and(|risk| risk.at_least.is_some()) {
        limits.push(Limit::Risk);
    }
    let limited = loose.into_iter().enumerate().map(|(number, row)| Row {
        limit: Some(number),
        terms: sparse(row.terms),
        low: row.low,
        high: row.high,
    });
    let rows = one_option_each(columns).into_iter().chain(limited).collect();
    (limits, rows)
}

fn sparse(terms: Vec<i128>) -> Vec<(usize, i128)> {
    terms.into_iter().enumerate().filter(|(_, term)| *term != 0).collect()
}

fn one_option_each(columns: &[Column]) -> Vec<Row> {
    let numbered: Vec<(usize, usize)> =
        columns.iter().enumerate().map(|(at, column)| (at, column.candidate)).collect();
    numbered
        .chunk_by(|a, b| a.1 == b.1)
        .filter(|options| options.len() > 1)
        .map(|options| Row {
            limit: None,
            terms: options.iter().map(|(at, _)| (*at, 1)).collect(),
            low: None,
            high: Some(1),
        })
        .collect()
}

fn amounts(problem: &Problem, options: &Options) -> Vec<Loose> {
    let budgets = problem.budgets.iter().map(|budget| Loose {
        limit: Limit::Budget(budget.key.clone()),
        terms: costs(Some(&budget.key), options),
        low: None,
        high: Some(i128::from(budget.amount)),
    });
    let capacities = problem.capacities.iter().map(|capacity| Loose {
        limit: Limit::Capacity(capacity.key.clone()),
        terms: (options.iter())
            .map(|(_, _, option)| {
                let used = amount_of(&option.uses, &capacity.key, kernel::Quantity::ZERO);
                i128::from(used.millionths())
            })
            .collect(),
        low: None,
        high: Some(i128::from(capacity.amount.millionths())),
    });
    budgets.chain(capacities).collect()
}

/// What each option costs in one budget, or in all.
fn costs(budget: Option<&Key>, options: &Options) -> Vec<i128> {
    let cost = |option: &Choice| match budget {
        Some(key) => i128::from(amount_of(&option.costs, key, 0)),
        None => option.costs.iter().map(|(_, minor)| i128::from(*minor)).sum(),
    };
    options.iter().map(|(_, _, option)| cost(option)).collect()
}

fn picks(problem: &Problem, columns: &[Column]) -> Vec<Loose> {
    let ones = |pick: &Pick| -> Vec<i128> {
        columns.iter().map(|column| i128::from(covers(pick, &column.pick))).collect()
    };
    let mandatory = problem.mandatory.iter().map(|pick| Loose {
        limit: Limit::Mandatory(pick.clone()),
        terms: ones(pick),
        low: Some(1),
        high: None,
    });
    let requires = problem.requires.iter().map(|requires| Loose {
        limit: Limit::Requires(requires.clone()),
        terms: ones(&requires.from)
            .into_iter()
            .zip(ones(&requires.needs))
            .map(|(from, needs)| from - needs)
            .collect(),
        low: None,
        high: Some(0),
    });
    let excludes = problem.excludes.iter().map(|excludes| {
        let mut excludes = excludes.clone();
        excludes.among.sort();
        let any = |column: &Column| excludes.among.iter().any(|pick| covers(pick, &column.pick));
        Loose {
            terms: columns.iter().map(|column| i128::from(any(column))).collect(),
            limit: Limit::Excludes(excludes),
            low: None,
            high: Some(1),
        }
    });
    mandatory.chain(requires).chain(excludes).collect()
}

/// `Σ tagged ≥ part × whole`, times a million to stay in whole numbers; the same for at most.
fn of_share(problem: &Problem, share: &Share, options: &Options) -> Vec<Loose> {
    let costs = costs(share.budget.as_ref(), options);
    let tagged = |candidate: &Candidate| {
        candidate.tags.iter().any(|(tag, value)| (tag, value) == (&share.tag, &share.value))
    };
    let own = |at: usize| if tagged(options[at].1) { WHOLE * costs[at] } else { 0 };
    let budgets =
        problem.budgets.iter().filter(|one| share.budget.as_ref().is_none_or(|key| *key == one.key));
    let budget: i128 = budgets.map(|budget| i128::from(budget.amount)).sum();
    let side = |part: i128| -> (Vec<i128>, i128) {
        let spent = |at: usize| if share.of == Whole::Spent { part * costs[at] } else { 0 };
        let terms = (0..options.len()).map(|at| own(at) - spent(at)).collect();
        (terms, if share.of == Whole::Budget { part * budget } else { 0 })
    };
    let least = share.at_least.map(|part| {
        let (terms, low) = side(i128::from(part.millionths()));
        Loose { limit: Limit::ShareAtLeast(share.key.clone()), terms, low: Some(low), high: None }
    });
    let most = share.at_most.map(|part| {
        let (terms, high) = side(i128::from(part.millionths()));
        Loose { limit: Limit::ShareAtMost(share.key.clone()), terms, low: None, high: Some(high) }
    });
    least.into_iter().chain(most).collect()
}
