//! Problems by chance, the same in every run.

use kernel::{Currency, Quantity};
use selection::{
    Budget, Candidate, Capacity, Choice, Excludes, Key, Pick, Problem, Requires, Risk, Share, Whole, Worth,
};

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()) as i64
    }

    pub fn one_in(&mut self, often: i64) -> bool {
        self.between(1, often) == 1
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.between(0, list.len() as i64 - 1) as usize]
    }
}

const CLASSES: [&str; 3] = ["grow", "run", "transform"];

/// One problem with up to `most` candidates and every kind of limit, some of them impossible to keep together.
pub fn problem(chance: &mut Chance, most: i64) -> Problem {
    // Few different numbers make ties; cents make sums that only whole numbers tell apart.
    let largest = *chance.of(&[4, 1_000, 98_765_432]);
    let scenarios = if chance.one_in(2) { chance.between(1, 12) as usize } else { 0 };
    let budgets: Vec<Key> = (0..chance.between(1, 3)).map(|year| format!("FY{}", 27 + year).into()).collect();
    let capacities: Vec<Key> = (0..chance.between(0, 2)).map(|at| format!("TEAM{at}").into()).collect();
    let count = chance.between(1, most);
    let mut candidates: Vec<Candidate> = (0..count)
        .map(|at| candidate(chance, &format!("C{at:02}"), largest, scenarios, &budgets, &capacities))
        .collect();
    let total = largest * count;
    shuffle(chance, &mut candidates);
    let budgets: Vec<Budget> =
        budgets.into_iter().map(|key| Budget { key, amount: chance.between(0, total / 2) }).collect();
    let capacities = capacities
        .into_iter()
        .map(|key| Capacity {
            key,
            unit: "days".into(),
            amount: Quantity::of_millionths(chance.between(0, 20_000_000)),
        })
        .collect();
    let (requires, excludes) = (requires(chance, &candidates), excludes(chance, &candidates));
    let mandatory = if chance.one_in(3) { vec![pick(chance, &candidates)] } else { Vec::new() };
    let shares = shares(chance, &candidates, &budgets);
    let risk = (scenarios > 0).then(|| risk(chance, scenarios, largest));
    Problem {
        currency: Currency::parse("EUR").unwrap(),
        candidates,
        budgets,
        capacities,
        mandatory,
        requires,
        excludes,
        shares,
        risk,
    }
}

fn shuffle<T>(chance: &mut Chance, list: &mut [T]) {
    for at in (1..list.len()).rev() {
        list.swap(at, chance.between(0, at as i64) as usize);
    }
}

fn risk(chance: &mut Chance, scenarios: usize, largest: i64) -> Risk {
    Risk {
        tail: Quantity::of_millionths(*chance.of(&[50_000, 100_000, 333_333, 1_000_000])),
        weights: (0..if chance.one_in(2) { scenarios } else { 0 })
            .map(|_| chance.between(1, 9) as u32)
            .collect(),
        at_least: chance.one_in(2).then(|| chance.between(-largest, largest)),
    }
}

fn candidate(
    chance: &mut Chance,
    key: &str,
    largest: i64,
    scenarios: usize,
    budgets: &[Key],
    capacities: &[Key],
) -> Candidate {
    let options = if chance.one_in(6) { 2 } else { 1 };
    Candidate {
        key: key.into(),
        name: key.to_lowercase(),
        tags: vec![("class".into(), (*chance.of(&CLASSES)).into())],
        options: (0..options)
            .map(|option| Choice {
                key: if options == 1 { "".into() } else { format!("way{}", options - option).into() },
                worth: if scenarios == 0 || chance.one_in(5) {
                    Worth::Certain(chance.between(-largest / 4, largest))
                } else {
                    Worth::Outcomes((0..scenarios).map(|_| chance.between(-largest / 2, largest)).collect())
                },
                costs: budgets
                    .iter()
                    .map(|budget| (budget.clone(), chance.between(-largest / 10, largest)))
                    .collect(),
                uses: (capacities.iter())
                    .map(|one| (one.clone(), Quantity::of_millionths(chance.between(0, 5_000_000))))
                    .collect(),
            })
            .collect(),
    }
}

fn pick(chance: &mut Chance, candidates: &[Candidate]) -> Pick {
    let candidate = chance.of(candidates);
    let option = chance.of(&candidate.options);
    let named = !option.key.is_empty() && chance.one_in(2);
    Pick { candidate: candidate.key.clone(), option: named.then(|| option.key.clone()) }
}

fn requires(chance: &mut Chance, candidates: &[Candidate]) -> Vec<Requires> {
    let mut requires: Vec<Requires> = (0..chance.between(0, 3))
        .map(|_| Requires { from: pick(chance, candidates), needs: pick(chance, candidates) })
        .filter(|one| one.from.candidate != one.needs.candidate)
        .collect();
    requires.sort();
    requires.dedup();
    requires
}

fn excludes(chance: &mut Chance, candidates: &[Candidate]) -> Vec<Excludes> {
    (0..chance.between(0, 2))
        .filter_map(|_| {
            let mut among: Vec<Pick> = (0..chance.between(2, 4)).map(|_| pick(chance, candidates)).collect();
            among.sort();
            among.dedup();
            (among.len() > 1).then_some(Excludes { among })
        })
        .collect()
}

fn shares(chance: &mut Chance, candidates: &[Candidate], budgets: &[Budget]) -> Vec<Share> {
    (0..chance.between(0, 2))
        .map(|at| {
            let least = chance.one_in(2);
            let part = |chance: &mut Chance, most| Quantity::of_millionths(chance.between(0, most));
            Share {
                key: format!("S{at}").into(),
                tag: "class".into(),
                value: chance.of(candidates).tags[0].1.clone(),
                budget: chance.one_in(2).then(|| chance.of(budgets).key.clone()),
                of: if chance.one_in(2) { Whole::Budget } else { Whole::Spent },
                at_least: least.then(|| part(chance, 300_000)),
                at_most: (!least || chance.one_in(2)).then(|| part(chance, 1_000_000)),
            }
        })
        .collect()
}
