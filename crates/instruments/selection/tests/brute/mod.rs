//! The best set by trying every one, in whole numbers, written from the words of the problem alone.

use std::cmp::Ordering;

use selection::{Choice, Limit, Pick, Problem, Share, Whole, Worth};

/// A set: the number of the chosen option of each candidate, candidates and options by key.
pub type Tried = Vec<Option<usize>>;

/// What a set comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sums {
    pub worth: i128,
    pub cost: i128,
}

/// The first of all allowed sets; `None`: there is none. `kept`: only these limits hold; `None`: all.
pub fn best(problem: &Problem, kept: Option<&[Limit]>) -> Option<(Tried, Sums)> {
    let sorted = sorted(problem);
    let mut best: Option<(Tried, Sums)> = None;
    let mut tried: Tried = vec![None; sorted.candidates.len()];
    loop {
        if allowed(&sorted, &tried, kept) {
            let sums = sums(&sorted, &tried);
            if best.as_ref().is_none_or(|(set, of)| order(&tried, &sums, set, of) == Ordering::Less) {
                best = Some((tried.clone(), sums));
            }
        }
        // The next set, as a clock counts: the last candidate turns first.
        let turned = (0..tried.len()).rev().find(|at| {
            let options = sorted.candidates[*at].options.len();
            tried[*at] = match tried[*at] {
                None => Some(0),
                Some(option) if option + 1 < options => Some(option + 1),
                Some(_) => None,
            };
            tried[*at].is_some()
        });
        if turned.is_none() {
            return best;
        }
    }
}

/// More value first, then less cost, then whoever has the first key that the other lacks.
fn order(a: &Tried, of_a: &Sums, b: &Tried, of_b: &Sums) -> Ordering {
    let rank = |option: &Option<usize>| option.map_or(usize::MAX, |option| option);
    let keys = || a.iter().map(rank).cmp(b.iter().map(rank));
    of_b.worth.cmp(&of_a.worth).then(of_a.cost.cmp(&of_b.cost)).then_with(keys)
}

pub fn sorted(problem: &Problem) -> Problem {
    let mut sorted = problem.clone();
    sorted.candidates.sort_by(|a, b| a.key.cmp(&b.key));
    sorted.candidates.iter_mut().for_each(|one| one.options.sort_by(|a, b| a.key.cmp(&b.key)));
    sorted
}

pub fn picks(problem: &Problem, tried: &Tried) -> Vec<Pick> {
    let sorted = sorted(problem);
    let chosen =
        tried.iter().enumerate().filter_map(|(at, option)| Some((&sorted.candidates[at], (*option)?)));
    chosen
        .map(|(candidate, option)| Pick {
            candidate: candidate.key.clone(),
            option: (candidate.options.len() > 1).then(|| candidate.options[option].key.clone()),
        })
        .collect()
}

fn chosen<'a>(problem: &'a Problem, tried: &'a Tried) -> impl Iterator<Item = (usize, &'a Choice)> {
    (tried.iter().enumerate())
        .filter_map(|(at, option)| Some((at, &problem.candidates[at].options[(*option)?])))
}

fn weights(problem: &Problem) -> Vec<i128> {
    let Some(risk) = &problem.risk else { return vec![1] };
    if !risk.weights.is_empty() {
        return risk.weights.iter().map(|weight| i128::from(*weight)).collect();
    }
    let options = problem.candidates.iter().flat_map(|one| &one.options);
    let scenarios = options.map(|option| match &option.worth {
        Worth::Outcomes(outcomes) => outcomes.len(),
        Worth::Certain(_) => 1,
    });
    vec![1; scenarios.max().unwrap_or(1)]
}

fn outcome(worth: &Worth, scenario: usize) -> i128 {
    match worth {
        Worth::Certain(minor) => i128::from(*minor),
        Worth::Outcomes(outcomes) => i128::from(outcomes[scenario]),
    }
}

fn sums(problem: &Problem, tried: &Tried) -> Sums {
    let weights = weights(problem);
    let mut sums = Sums { worth: 0, cost: 0 };
    for (_, option) in chosen(problem, tried) {
        let of = |scenario: usize| outcome(&option.worth, scenario) * weights[scenario];
        sums.worth += (0..weights.len()).map(of).sum::<i128>();
        sums.cost += option.costs.iter().map(|(_, minor)| i128::from(*minor)).sum::<i128>();
    }
    sums
}

fn allowed(problem: &Problem, tried: &Tried, kept: Option<&[Limit]>) -> bool {
    let holds = |limit: Limit| kept.is_none_or(|kept| kept.contains(&limit));
    let has = |pick: &Pick| {
        (tried.iter().zip(&problem.candidates)).any(|(option, candidate)| {
            let Some(option) = option else { return false };
            candidate.key == pick.candidate
                && pick.option.as_ref().is_none_or(|key| candidate.options[*option].key == *key)
        })
    };
    problem.mandatory.iter().all(|pick| has(pick) || !holds(Limit::Mandatory(pick.clone())))
        && (problem.requires.iter())
            .all(|one| !has(&one.from) || has(&one.needs) || !holds(Limit::Requires(one.clone())))
        && (problem.excludes.iter()).all(|one| {
            let count = chosen(problem, tried)
                .filter(|(at, option)| {
                    let key = &problem.candidates[*at].key;
                    let means = |pick: &Pick| {
                        pick.candidate == *key && pick.option.as_ref().is_none_or(|own| *own == option.key)
                    };
                    one.among.iter().any(means)
                })
                .count();
            count <= 1 || !holds(Limit::Excludes(one.clone()))
        })
        && amounts(problem, tried, &holds)
        && problem.shares.iter().all(|one| share(problem, tried, one, &holds))
        && risk(problem, tried, &holds)
}

fn amounts(problem: &Problem, tried: &Tried, holds: &dyn Fn(Limit) -> bool) -> bool {
    let budgets = problem.budgets.iter().all(|budget| {
        let spent: i128 = (chosen(problem, tried))
            .flat_map(|(_, option)| &option.costs)
            .filter(|(key, _)| *key == budget.key)
            .map(|(_, minor)| i128::from(*minor))
            .sum();
        spent <= i128::from(budget.amount) || !holds(Limit::Budget(budget.key.clone()))
    });
    let capacities = problem.capacities.iter().all(|capacity| {
        let used: i128 = (chosen(problem, tried))
            .flat_map(|(_, option)| &option.uses)
            .filter(|(key, _)| *key == capacity.key)
            .map(|(_, units)| i128::from(units.millionths()))
            .sum();
        used <= i128::from(capacity.amount.millionths()) || !holds(Limit::Capacity(capacity.key.clone()))
    });
    budgets && capacities
}

fn share(problem: &Problem, tried: &Tried, share: &Share, holds: &dyn Fn(Limit) -> bool) -> bool {
    let counts = |key: &selection::Key| share.budget.as_ref().is_none_or(|own| own == key);
    let (mut tagged, mut spent) = (0i128, 0i128);
    for (at, option) in chosen(problem, tried) {
        let cost: i128 =
            option.costs.iter().filter(|(key, _)| counts(key)).map(|(_, minor)| i128::from(*minor)).sum();
        spent += cost;
        if problem.candidates[at].tags.contains(&(share.tag.clone(), share.value.clone())) {
            tagged += cost;
        }
    }
    let budgets = problem.budgets.iter().filter(|budget| counts(&budget.key));
    let whole = match share.of {
        Whole::Budget => budgets.map(|budget| i128::from(budget.amount)).sum(),
        Whole::Spent => spent,
    };
    let part = |quantity: kernel::Quantity| i128::from(quantity.millionths()) * whole;
    let least = share.at_least.is_none_or(|least| 1_000_000 * tagged >= part(least));
    let most = share.at_most.is_none_or(|most| 1_000_000 * tagged <= part(most));
    (least || !holds(Limit::ShareAtLeast(share.key.clone())))
        && (most || !holds(Limit::ShareAtMost(share.key.clone())))
}

fn risk(problem: &Problem, tried: &Tried, holds: &dyn Fn(Limit) -> bool) -> bool {
    let Some(floor) = problem.risk.as_ref().and_then(|risk| risk.at_least) else { return true };
    if !holds(Limit::Risk) {
        return true;
    }
    let (numerator, mass) = cvar(problem, tried);
    numerator >= i128::from(floor) * mass
}

/// The mean of the worst tail, as a fraction: `max over t of t − Σ weight × (t − outcome)⁺ ÷ mass`, the maximum
/// lying at one of the outcomes (Rockafellar and Uryasev 2002). Another way than the library's sorting.
pub fn cvar(problem: &Problem, tried: &Tried) -> (i128, i128) {
    let weights = weights(problem);
    let tail = problem.risk.as_ref().map_or(1_000_000, |risk| i128::from(risk.tail.millionths()));
    let mass = tail * weights.iter().sum::<i128>();
    let totals: Vec<i128> = (0..weights.len())
        .map(|scenario| chosen(problem, tried).map(|(_, option)| outcome(&option.worth, scenario)).sum())
        .collect();
    let at = |t: i128| {
        let short =
            totals.iter().zip(&weights).map(|(total, weight)| weight * (t - total).max(0)).sum::<i128>();
        t * mass - 1_000_000 * short
    };
    (totals.iter().map(|total| at(*total)).max().unwrap_or(0), mass)
}
