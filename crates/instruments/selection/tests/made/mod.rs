//! Problems made by hand, in few words.

use kernel::Currency;
use selection::{Budget, Candidate, Choice, Outcome, Problem, Settings, Study, Worth, patient};

/// Candidates A, B, C … with values and, per budget Y1, Y2 …, costs; all in minor units.
pub fn knapsack(values: &[i64], costs: &[&[i64]], budgets: &[i64]) -> Problem {
    let key = |at: usize| format!("Y{}", at + 1);
    let candidates = values.iter().enumerate().map(|(at, value)| {
        let costs = costs.iter().enumerate().map(|(year, costs)| (key(year).into(), costs[at])).collect();
        candidate(&letter(at), Worth::Certain(*value), costs)
    });
    Problem {
        currency: Currency::parse("EUR").unwrap(),
        candidates: candidates.collect(),
        budgets: (budgets.iter().enumerate())
            .map(|(at, amount)| Budget { key: key(at).into(), amount: *amount })
            .collect(),
        capacities: Vec::new(),
        mandatory: Vec::new(),
        requires: Vec::new(),
        excludes: Vec::new(),
        shares: Vec::new(),
        risk: None,
    }
}

pub fn candidate(key: &str, worth: Worth, costs: Vec<(selection::Key, i64)>) -> Candidate {
    let options = vec![Choice { key: "".into(), worth, costs, uses: Vec::new() }];
    Candidate { key: key.into(), name: key.into(), tags: Vec::new(), options }
}

fn letter(at: usize) -> String {
    char::from(b'A' + u8::try_from(at).unwrap()).to_string()
}

pub fn outcome(problem: &Problem) -> Outcome {
    Study::new(problem, Settings::default()).unwrap().best(&mut patient).unwrap()
}

/// The chosen keys, run together, and the value.
pub fn best(problem: &Problem) -> (String, i64) {
    match outcome(problem) {
        Outcome::Chosen(answer) => {
            (answer.chosen.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "), answer.value)
        }
        other => panic!("{}", other.says()),
    }
}
