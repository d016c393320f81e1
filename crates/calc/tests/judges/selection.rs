//! The best set beside HiGHS, on problem files by chance: a model that `selection.py` writes by itself from the file,
//! with a row for each scenario, against ours with its cuts.

use std::path::Path;

use serde_json::{Value, json};

use crate::package::{Chance, ask};
use crate::said::run;

/// HiGHS takes a row for kept that is off by 1e-6 of a unit, so that its best may be a hair above what is allowed.
const ROWS: f64 = 1e-6;

/// Scenarios of each outcome.
const SCENARIOS: usize = 40;

/// One way to do something, `scale` times as large as others.
fn choice(chance: &mut Chance, scale: i64) -> Value {
    let amount = |minor: i64| format!("{}.{:02}", minor / 100, minor % 100);
    let cost = [chance.between(1_000, 90_000) * scale, chance.between(1_000, 90_000) * scale];
    let (mean, spread) = (chance.between(0, 200_000) * scale, chance.between(10_000, 200_000) * scale);
    let outcomes = (0..SCENARIOS).map(|_| (mean + chance.between(-spread, spread)) / 100);
    json!({
        "outcomes": outcomes.map(|units| units.to_string()).collect::<Vec<_>>(),
        "costs": {"FY27": amount(cost[0]), "FY28": amount(cost[1])},
        "uses": {"PEOPLE": chance.between(0, 30)},
    })
}

/// One of a sixth of all candidates has two options.
fn candidate(chance: &mut Chance, at: usize) -> Value {
    let mut one = if at.is_multiple_of(6) {
        let (mut small, mut large) = (choice(chance, 1), choice(chance, 2));
        (small["key"], large["key"]) = ("small".into(), "large".into());
        json!({"options": [small, large]})
    } else {
        choice(chance, 1)
    };
    one["key"] = format!("C{at:02}").into();
    one["tags"] = json!({"class": if at.is_multiple_of(2) { "run" } else { "grow" }});
    one
}

/// Every kind of limit; `appetite` is the least mean of the worst outcomes.
fn problem(chance: &mut Chance, appetite: i64) -> Value {
    json!({
        "schema": "quarterdeck.selection-problem.v1",
        "currency": "EUR",
        "budgets": [{"key": "FY27", "amount": "3000.00"}, {"key": "FY28", "amount": "3500.00"}],
        "capacities": [{"key": "PEOPLE", "unit": "person days", "amount": 130}],
        "candidates": (0..18).map(|at| candidate(chance, at)).collect::<Vec<_>>(),
        "mandatory": ["C03"],
        "requires": [{"from": "C01", "needs": "C02"}, {"from": "C06/large", "needs": "C07"}],
        "excludes": [["C04", "C05", "C08"]],
        "shares": [
            {"key": "GROWTH", "tag": "class", "value": "grow", "of": "spent", "at_least": "0.4"},
            {"key": "RUN", "tag": "class", "value": "run", "budget": "FY28", "at_most": "0.5"}
        ],
        "risk": {"tail": "0.1", "at_least": appetite.to_string()},
    })
}

#[test]
fn the_best_set_is_worth_what_highs_says() {
    let mut chance = Chance(11);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let files: Vec<String> = (0..12)
        .map(|at| {
            let file = folder.join(format!("judged-{at}.json"));
            std::fs::write(&file, problem(&mut chance, at * 900 - 1_000).to_string()).unwrap();
            file.to_string_lossy().into_owned()
        })
        .collect();
    let Some(theirs) = ask("selection.py", &json!(files)) else { return };
    let mut found = 0;
    for (file, theirs) in files.iter().zip(theirs.as_array().unwrap()) {
        let ours = run(&format!("calc select {file} --gap 0 --brief")).unwrap().json;
        let Some(theirs) = theirs.as_f64() else {
            assert_eq!(ours["status"], "conflict", "{file}: HiGHS finds no set");
            continue;
        };
        assert_eq!(ours["status"], "optimal", "{file}: HiGHS finds a set worth {theirs}");
        let value: f64 = ours["value"].as_str().unwrap().parse().unwrap();
        // The mean is rounded to a cent once.
        assert!(
            (value - theirs).abs() <= 0.005 + ROWS * theirs.abs(),
            "{file}: {value} and HiGHS's {theirs}"
        );
        found += 1;
    }
    assert!((6..12).contains(&found), "{found} of 12 have a set: some are to, and some are not");
}
