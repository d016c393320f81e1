//! The best set by trying every one, in whole numbers, written from the words of the problem alone.

use std::cmp::Ordering;

use selection::{Candidate, Choice, Limit, Pick, Problem, Share, Whole, Worth};

/// A set: the number of the chosen option of each candidate, candidates and options by key.
pub type Tried = Vec<Option<usize>>;

/// What a set comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sums {
    pub worth: i128,
    pub cost: i128,
}

/// A limit as a question to a set of options.
type Rule<'a> = Box<dyn Fn(&[&Looked]) -> bool + 'a>;

/// An option with its names looked up.
struct Looked {
    worth: i128,
    cost: i128,
    costs: Vec<i128>,
    uses: Vec<i128>,
    outcomes: Vec<i128>,
    /// Its place among all options.
    place: usize,
}

/// The first of all allowed sets; `None`: there is none. `kept`: only these limits hold; `None`: all.
pub fn best(problem: &Problem, kept: Option<&[Limit]>) -> Option<(Tried, Sums)> {
    let problem = &sorted(problem);
    let looked = looked(problem);
    let rules = rules(problem, kept);
    let mut best: Option<(Tried, Sums)> = None;
    let mut tried: Tried = vec![None; looked.len()];
    loop {
        let chosen: Vec<&Looked> =
            looked.iter().zip(&tried).filter_map(|(options, option)| Some(&options[(*option)?])).collect();
        if rules.iter().all(|rule| rule(&chosen)) {
            let sums = Sums {
                worth: chosen.iter().map(|one| one.worth).sum(),
                cost: chosen.iter().map(|one| one.cost).sum(),
            };
            if best.as_ref().is_none_or(|(set, of)| order(&tried, &sums, set, of) == Ordering::Less) {
                best = Some((tried.clone(), sums));
            }
        }
        // The next set, as a clock counts: the last candidate turns first.
        let turned = (0..tried.len()).rev().find(|at| {
            tried[*at] = match tried[*at] {
                None => Some(0),
                Some(option) if option + 1 < looked[*at].len() => Some(option + 1),
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

fn sorted(problem: &Problem) -> Problem {
    let mut sorted = problem.clone();
    sorted.candidates.sort_by(|a, b| a.key.cmp(&b.key));
    sorted.candidates.iter_mut().for_each(|one| one.options.sort_by(|a, b| a.key.cmp(&b.key)));
    sorted
}

/// The names of a set.
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

fn options(problem: &Problem) -> impl Iterator<Item = (&Candidate, &Choice)> {
    problem.candidates.iter().flat_map(|one| one.options.iter().map(move |option| (one, option)))
}

fn weights(problem: &Problem) -> Vec<i128> {
    let Some(risk) = &problem.risk else { return vec![1] };
    if !risk.weights.is_empty() {
        return risk.weights.iter().map(|weight| i128::from(*weight)).collect();
    }
    let scenarios = options(problem).map(|(_, option)| match &option.worth {
        Worth::Outcomes(outcomes) => outcomes.len(),
        Worth::Certain(_) => 1,
    });
    vec![1; scenarios.max().unwrap_or(1)]
}

fn looked(problem: &Problem) -> Vec<Vec<Looked>> {
    let weights = weights(problem);
    let mut place = 0;
    let mut look = |option: &Choice| {
        let cost = |key| {
            option.costs.iter().filter(|(own, _)| own == key).map(|(_, minor)| i128::from(*minor)).sum()
        };
        let used = |key| {
            option
                .uses
                .iter()
                .filter(|(own, _)| own == key)
                .map(|(_, units)| i128::from(units.millionths()))
                .sum()
        };
        let outcomes: Vec<i128> = match &option.worth {
            Worth::Certain(minor) => vec![i128::from(*minor); weights.len()],
            Worth::Outcomes(outcomes) => outcomes.iter().map(|minor| i128::from(*minor)).collect(),
        };
        place += 1;
        Looked {
            worth: outcomes.iter().zip(&weights).map(|(outcome, weight)| outcome * weight).sum(),
            cost: option.costs.iter().map(|(_, minor)| i128::from(*minor)).sum(),
            costs: problem.budgets.iter().map(|budget| cost(&budget.key)).collect(),
            uses: problem.capacities.iter().map(|capacity| used(&capacity.key)).collect(),
            outcomes,
            place: place - 1,
        }
    };
    problem.candidates.iter().map(|one| one.options.iter().map(&mut look).collect()).collect()
}

/// Every limit that holds, as a question.
fn rules<'a>(problem: &'a Problem, kept: Option<&[Limit]>) -> Vec<Rule<'a>> {
    let holds = |limit: Limit| kept.is_none_or(|kept| kept.contains(&limit));
    let mut rules: Vec<Rule> = Vec::new();
    for (at, budget) in
        problem.budgets.iter().enumerate().filter(|(_, one)| holds(Limit::Budget(one.key.clone())))
    {
        let sum = move |set: &[&Looked]| set.iter().map(|one| one.costs[at]).sum::<i128>();
        rules.push(Box::new(move |set| sum(set) <= i128::from(budget.amount)));
    }
    for (at, one) in
        problem.capacities.iter().enumerate().filter(|(_, one)| holds(Limit::Capacity(one.key.clone())))
    {
        let sum = move |set: &[&Looked]| set.iter().map(|one| one.uses[at]).sum::<i128>();
        rules.push(Box::new(move |set| sum(set) <= i128::from(one.amount.millionths())));
    }
    for pick in problem.mandatory.iter().filter(|pick| holds(Limit::Mandatory((*pick).clone()))) {
        let count = count(problem, std::slice::from_ref(pick));
        rules.push(Box::new(move |set| count(set) > 0));
    }
    for one in problem.requires.iter().filter(|one| holds(Limit::Requires((*one).clone()))) {
        let from = count(problem, std::slice::from_ref(&one.from));
        let needs = count(problem, std::slice::from_ref(&one.needs));
        rules.push(Box::new(move |set| from(set) == 0 || needs(set) > 0));
    }
    for one in problem.excludes.iter().filter(|one| holds(Limit::Excludes((*one).clone()))) {
        let count = count(problem, &one.among);
        rules.push(Box::new(move |set| count(set) <= 1));
    }
    rules.extend(share_rules(problem, &holds));
    if let Some(floor) = problem.risk.as_ref().and_then(|risk| risk.at_least).filter(|_| holds(Limit::Risk)) {
        let (weights, mass) = (weights(problem), mass(problem));
        rules.push(Box::new(move |set| cvar(set, &weights, mass) >= i128::from(floor) * mass));
    }
    rules
}

/// Both ends of each share.
fn share_rules<'a>(problem: &'a Problem, holds: &dyn Fn(Limit) -> bool) -> Vec<Rule<'a>> {
    let mut rules: Vec<Rule> = Vec::new();
    for share in &problem.shares {
        let (least, most) = (Limit::ShareAtLeast(share.key.clone()), Limit::ShareAtMost(share.key.clone()));
        let whole_and_part = std::rc::Rc::new(part(problem, share));
        for (part, holds, at_least) in
            [(share.at_least, holds(least), true), (share.at_most, holds(most), false)]
        {
            let (Some(part), true, of) = (part, holds, whole_and_part.clone()) else { continue };
            rules.push(Box::new(move |set| {
                let (tagged, whole) = of(set);
                let (have, want) = (1_000_000 * tagged, i128::from(part.millionths()) * whole);
                if at_least { have >= want } else { have <= want }
            }));
        }
    }
    rules
}

/// How many options of a set are among `picks`.
fn count<'a>(problem: &Problem, picks: &[Pick]) -> impl Fn(&[&Looked]) -> usize + use<'a> {
    let means = |candidate: &Candidate, option: &Choice| {
        let named = |pick: &Pick| pick.option.as_ref().is_none_or(|own| *own == option.key);
        picks.iter().any(|pick| pick.candidate == candidate.key && named(pick))
    };
    let among: Vec<bool> = options(problem).map(|(candidate, option)| means(candidate, option)).collect();
    move |set| set.iter().filter(|one| among[one.place]).count()
}

/// What of a set's cost counts for a share, and of what the share is taken.
fn part<'a>(problem: &'a Problem, share: &'a Share) -> impl Fn(&[&Looked]) -> (i128, i128) + 'a {
    let counts = |key: &selection::Key| share.budget.as_ref().is_none_or(|own| own == key);
    let budgets: Vec<usize> =
        (0..problem.budgets.len()).filter(|at| counts(&problem.budgets[*at].key)).collect();
    let amount: i128 = budgets.iter().map(|at| i128::from(problem.budgets[*at].amount)).sum();
    let tag = (share.tag.clone(), share.value.clone());
    let tagged: Vec<bool> = options(problem).map(|(candidate, _)| candidate.tags.contains(&tag)).collect();
    move |set| {
        let cost = |one: &Looked| budgets.iter().map(|at| one.costs[*at]).sum::<i128>();
        let own = set.iter().filter(|one| tagged[one.place]).map(|one| cost(one)).sum();
        let spent = || set.iter().map(|one| cost(one)).sum();
        (own, if share.of == Whole::Budget { amount } else { spent() })
    }
}

fn mass(problem: &Problem) -> i128 {
    let tail = problem.risk.as_ref().map_or(1_000_000, |risk| i128::from(risk.tail.millionths()));
    tail * weights(problem).iter().sum::<i128>()
}

/// The mean of the worst tail × `mass`: `max over t of t − Σ weight × (t − outcome)⁺ ÷ mass`, the maximum lying at
/// one of the outcomes (Rockafellar and Uryasev 2002). Another way than the library's sorting.
fn cvar(set: &[&Looked], weights: &[i128], mass: i128) -> i128 {
    let totals: Vec<i128> =
        (0..weights.len()).map(|scenario| set.iter().map(|one| one.outcomes[scenario]).sum()).collect();
    let at = |t: i128| {
        let short =
            totals.iter().zip(weights).map(|(total, weight)| weight * (t - total).max(0)).sum::<i128>();
        t * mass - 1_000_000 * short
    };
    totals.iter().map(|total| at(*total)).max().unwrap_or(0)
}
