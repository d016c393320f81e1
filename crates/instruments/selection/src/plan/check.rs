//! What a problem says wrongly: names that nobody has, keys that are there twice, amounts that make no sense.

use std::collections::BTreeSet;

use crate::plan::WHOLE;
use crate::problem::{Candidate, Choice};
use crate::{Error, Key, Pick, Problem, Share, Worth};

/// Amounts up to here keep every sum of [`crate::plan::Tail`] within 128 bits.
const LARGEST_MINOR: i64 = 1_000_000_000_000_000;
const MOST_OPTIONS: usize = 10_000;
const LARGEST_WEIGHTS: u64 = 1_000_000_000;

pub(super) fn check(problem: &Problem) -> Result<(), Error> {
    once("candidate", problem.candidates.iter().map(|one| one.key.to_string()))?;
    once("budget", problem.budgets.iter().map(|one| one.key.to_string()))?;
    once("capacity", problem.capacities.iter().map(|one| one.key.to_string()))?;
    once("share", problem.shares.iter().map(|one| one.key.to_string()))?;
    let options: usize = problem.candidates.iter().map(|one| one.options.len()).sum();
    if options > MOST_OPTIONS {
        let says = format!("{options} options are more than the {MOST_OPTIONS} that can be chosen from");
        return Err(Error::problem("candidates", says));
    }
    problem.candidates.iter().try_for_each(|one| candidate(problem, one))?;
    amounts(problem)?;
    risk(problem)?;
    picks(problem)?;
    problem.shares.iter().try_for_each(|one| share(problem, one))
}

fn once(what: &str, keys: impl Iterator<Item = String>) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if key.is_empty() {
            return Err(Error::problem(what, "a key is empty: give each a key of its own"));
        }
        if !seen.insert(key.clone()) {
            return Err(Error::problem(
                format!("{what} {key}"),
                "is there twice: give each a key of its own",
            ));
        }
    }
    Ok(())
}

fn candidate(problem: &Problem, candidate: &Candidate) -> Result<(), Error> {
    let at = format!("candidate {}", candidate.key);
    if candidate.key.contains('/') {
        return Err(Error::problem(at, "a key has no “/”, which stands before an option"));
    }
    if candidate.options.is_empty() {
        return Err(Error::problem(at, "has no options: give it one, or leave it out"));
    }
    if candidate.options.len() > 1 {
        once(&format!("{at}, option"), candidate.options.iter().map(|one| one.key.to_string()))?;
    }
    once(&format!("{at}, tag"), candidate.tags.iter().map(|(tag, _)| tag.to_string()))?;
    candidate.options.iter().try_for_each(|option| choice(problem, &at, option))
}

fn choice(problem: &Problem, candidate: &str, option: &Choice) -> Result<(), Error> {
    let at = if option.key.is_empty() {
        candidate.to_owned()
    } else {
        format!("{candidate}, option {}", option.key)
    };
    if option.key.contains('/') {
        return Err(Error::problem(at, "a key has no “/”, which stands before an option"));
    }
    once(&format!("{at}, cost in"), option.costs.iter().map(|(key, _)| key.to_string()))?;
    once(&format!("{at}, use of"), option.uses.iter().map(|(key, _)| key.to_string()))?;
    for (key, minor) in &option.costs {
        let budgets = problem.budgets.iter().map(|budget| &budget.key);
        known(&at, "budget", key, budgets)?;
        size(&at, *minor)?;
    }
    for (key, units) in &option.uses {
        known(&at, "capacity", key, problem.capacities.iter().map(|capacity| &capacity.key))?;
        if units.millionths() < 0 {
            return Err(Error::problem(at, format!("uses less than nothing of capacity {key}")));
        }
    }
    worth(problem, &at, &option.worth)
}

fn worth(problem: &Problem, at: &str, worth: &Worth) -> Result<(), Error> {
    let outcomes = match worth {
        Worth::Certain(minor) => return size(at, *minor),
        Worth::Outcomes(outcomes) => outcomes,
    };
    let Some(risk) = &problem.risk else {
        return Err(Error::problem(at, "has outcomes by scenario, and the problem says nothing of “risk”"));
    };
    let all = problem.candidates.iter().flat_map(|one| &one.options).find_map(|option| match &option.worth {
        Worth::Outcomes(outcomes) => Some(outcomes.len()),
        Worth::Certain(_) => None,
    });
    let wanted = if risk.weights.is_empty() { all.unwrap_or(0) } else { risk.weights.len() };
    if outcomes.len() != wanted || outcomes.is_empty() {
        let says = format!("has {} outcomes, and there are {wanted} scenarios", outcomes.len());
        return Err(Error::problem(at, says));
    }
    outcomes.iter().try_for_each(|outcome| size(at, *outcome))
}

fn size(at: &str, minor: i64) -> Result<(), Error> {
    if minor.unsigned_abs() <= LARGEST_MINOR.unsigned_abs() {
        return Ok(());
    }
    Err(Error::problem(at, format!("an amount is beyond {LARGEST_MINOR} minor units")))
}

fn amounts(problem: &Problem) -> Result<(), Error> {
    for budget in &problem.budgets {
        let at = format!("budget {}", budget.key);
        if budget.amount < 0 {
            return Err(Error::problem(at, "is below zero"));
        }
        size(&at, budget.amount)?;
    }
    match problem.capacities.iter().find(|capacity| capacity.amount.millionths() < 0) {
        Some(capacity) => Err(Error::problem(format!("capacity {}", capacity.key), "is below zero")),
        None => Ok(()),
    }
}

fn risk(problem: &Problem) -> Result<(), Error> {
    let Some(risk) = &problem.risk else { return Ok(()) };
    let tail = i128::from(risk.tail.millionths());
    if tail <= 0 || tail > WHOLE {
        let says =
            format!("the tail {} is no part above 0 and at most 1: 0.05 is the worst 5 %", risk.tail.plain());
        return Err(Error::problem("risk", says));
    }
    if risk.weights.contains(&0) {
        return Err(Error::problem("risk", "a weight is 0: leave that scenario out"));
    }
    let weights: u64 = risk.weights.iter().map(|weight| u64::from(*weight)).sum();
    if weights > LARGEST_WEIGHTS {
        return Err(Error::problem("risk", format!("the weights together are beyond {LARGEST_WEIGHTS}")));
    }
    size("risk", risk.at_least.unwrap_or(0))
}

fn picks(problem: &Problem) -> Result<(), Error> {
    let named = |at: &str, pick: &Pick| is_there(problem, pick).map_err(|says| Error::problem(at, says));
    once("mandatory", problem.mandatory.iter().map(Pick::to_string))?;
    problem.mandatory.iter().try_for_each(|pick| named("mandatory", pick))?;
    let rules = problem.requires.iter().map(|one| format!("{} requires {}", one.from, one.needs));
    once("rule", rules)?;
    for one in &problem.requires {
        let at = format!("{} requires {}", one.from, one.needs);
        named(&at, &one.from)?;
        named(&at, &one.needs)?;
        if one.from.candidate == one.needs.candidate {
            return Err(Error::problem(at, "a candidate cannot require itself"));
        }
    }
    for one in &problem.excludes {
        let at = crate::Limit::Excludes(one.clone()).to_string();
        once(&at, one.among.iter().map(Pick::to_string))?;
        one.among.iter().try_for_each(|pick| named(&at, pick))?;
        if one.among.len() < 2 {
            return Err(Error::problem(at, "needs two or more to choose among"));
        }
    }
    Ok(())
}

/// Whether somebody has that name; what is wrong, if not.
pub(crate) fn is_there(problem: &Problem, pick: &Pick) -> Result<(), String> {
    let Some(candidate) = problem.candidates.iter().find(|one| one.key == pick.candidate) else {
        let keys = problem.candidates.iter().map(|one| &one.key);
        return Err(format!("there is no candidate {}{}", pick.candidate, hint(&pick.candidate, keys)));
    };
    match &pick.option {
        Some(option) if !candidate.options.iter().any(|one| one.key == *option) => {
            let keys = candidate.options.iter().map(|one| &one.key);
            Err(format!("candidate {} has no option {option}{}", candidate.key, hint(option, keys)))
        }
        _ => Ok(()),
    }
}

fn share(problem: &Problem, share: &Share) -> Result<(), Error> {
    let at = format!("share {}", share.key);
    if let Some(key) = &share.budget {
        known(&at, "budget", key, problem.budgets.iter().map(|budget| &budget.key))?;
    }
    let values = || problem.candidates.iter().flat_map(|one| &one.tags).filter(|(tag, _)| *tag == share.tag);
    if values().next().is_none() {
        return Err(Error::problem(at, format!("no candidate has a tag {}", share.tag)));
    }
    known(&at, &format!("{} of any candidate", share.tag), &share.value, values().map(|(_, value)| value))?;
    let parts = [share.at_least, share.at_most];
    if parts == [None, None] {
        return Err(Error::problem(at, "says neither “at_least” nor “at_most”"));
    }
    let of_whole = |part: &kernel::Quantity| (0..=WHOLE).contains(&i128::from(part.millionths()));
    match parts.iter().flatten().find(|part| !of_whole(part)) {
        Some(part) => {
            Err(Error::problem(at, format!("{} is no part from 0 to 1: 0.3 is 30 %", part.plain())))
        }
        None => Ok(()),
    }
}

fn known<'a>(at: &str, what: &str, key: &Key, keys: impl Iterator<Item = &'a Key>) -> Result<(), Error> {
    let keys: Vec<&Key> = keys.collect();
    if keys.contains(&key) {
        return Ok(());
    }
    Err(Error::problem(at, format!("there is no {what} {key}{}", hint(key, keys.into_iter()))))
}

/// “ (did you mean X?)”, where a key differs in case alone, or else in one letter of several.
fn hint<'a>(wrong: &str, keys: impl Iterator<Item = &'a Key>) -> String {
    let mut near: Vec<(usize, &Key)> = keys.filter_map(|key| Some((letters_off(wrong, key)?, key))).collect();
    near.sort();
    near.first().map_or_else(String::new, |(_, key)| format!(" (did you mean {key}?)"))
}

fn letters_off(a: &str, b: &str) -> Option<usize> {
    let chars = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let (a, b) = (chars(a), chars(b));
    let front = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let back = a[front..].iter().rev().zip(b[front..].iter().rev()).take_while(|(a, b)| a == b).count();
    let off = a.len().max(b.len()) - front - back;
    (off == 0 || off == 1 && front + back > 0).then_some(off)
}
