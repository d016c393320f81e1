//! Problems of the size that boards have, by chance and the same in every run.

use kernel::{Currency, Quantity};
use selection::{Budget, Candidate, Choice, Excludes, Pick, Problem, Requires, Risk, Share, Whole, Worth};

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.part() * (high - low + 1) as f64) as i64
    }

    /// Standard normal, near enough: twelve uniforms.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.part()).sum::<f64>() - 6.0
    }
}

/// As Chu and Beasley (1998) generate them: costs uniform to 1000, budgets half of all costs, values near the mean
/// cost plus up to 500.
pub fn chu_beasley(chance: &mut Chance, candidates: i64, budgets: i64) -> Problem {
    let mut problem = empty();
    let costs: Vec<Vec<i64>> =
        (0..candidates).map(|_| (0..budgets).map(|_| chance.between(0, 1_000)).collect()).collect();
    problem.candidates = (costs.iter().enumerate())
        .map(|(at, costs)| {
            let value = costs.iter().sum::<i64>() / budgets + (500.0 * chance.part()) as i64;
            candidate(at, Worth::Certain(value), costs, "run")
        })
        .collect();
    problem.budgets = (0..budgets)
        .map(|year| Budget {
            key: year_key(year),
            amount: costs.iter().map(|costs| costs[year as usize]).sum::<i64>() / 2,
        })
        .collect();
    problem
}

/// Candidates of 20 k to 2 M over five years, whose outcomes share one cause to a different degree each.
pub fn portfolio(chance: &mut Chance, candidates: i64, scenarios: usize, years: usize) -> Problem {
    let mut problem = empty();
    let cause: Vec<f64> = (0..scenarios).map(|_| chance.normal()).collect();
    let mut all = vec![0i64; years];
    for at in 0..candidates {
        let costs: Vec<i64> = (0..years).map(|_| chance.between(20, 400) * 1_000_00).collect();
        all.iter_mut().zip(&costs).for_each(|(all, cost)| *all += cost);
        let total = costs.iter().sum::<i64>() as f64;
        let (mean, spread, share) =
            (total * (0.1 + 0.8 * chance.part()), total * (0.2 + 0.6 * chance.part()), chance.part());
        let outcomes = cause.iter().map(|cause| {
            let own = chance.normal();
            (mean + spread * (share * cause + (1.0 - share * share).sqrt() * own)) as i64
        });
        let outcomes = Worth::Outcomes(outcomes.collect());
        problem.candidates.push(candidate(
            at as usize,
            outcomes,
            &costs,
            ["run", "grow", "transform"][at as usize % 3],
        ));
    }
    problem.budgets =
        (0..years).map(|year| Budget { key: year_key(year as i64), amount: all[year] * 2 / 5 }).collect();
    let pick = |at: i64| Pick::parse(&format!("C{at:03}"));
    problem.excludes = (0..10).map(|at| Excludes { among: vec![pick(at * 7), pick(at * 7 + 3)] }).collect();
    problem.requires =
        (0..10).map(|at| Requires { from: pick(at * 9 + 1), needs: pick(at * 9 + 5) }).collect();
    problem.shares = vec![Share {
        key: "GROWTH".into(),
        tag: "class".into(),
        value: "grow".into(),
        budget: None,
        of: Whole::Spent,
        at_least: Some(Quantity::of_millionths(350_000)),
        at_most: None,
    }];
    problem.risk = Some(Risk { tail: Quantity::of_millionths(50_000), weights: Vec::new(), at_least: None });
    problem
}

fn candidate(at: usize, worth: Worth, costs: &[i64], class: &str) -> Candidate {
    let costs = costs.iter().enumerate().map(|(year, cost)| (year_key(year as i64), *cost)).collect();
    let options = vec![Choice { key: "".into(), worth, costs, uses: Vec::new() }];
    let key = format!("C{at:03}");
    Candidate { name: key.clone(), key: key.into(), tags: vec![("class".into(), class.into())], options }
}

fn year_key(year: i64) -> selection::Key {
    format!("FY{}", 27 + year).into()
}

fn empty() -> Problem {
    Problem {
        currency: Currency::parse("EUR").expect("a currency"),
        candidates: Vec::new(),
        budgets: Vec::new(),
        capacities: Vec::new(),
        mandatory: Vec::new(),
        requires: Vec::new(),
        excludes: Vec::new(),
        shares: Vec::new(),
        risk: None,
    }
}
