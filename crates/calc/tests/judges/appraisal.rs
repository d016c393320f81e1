//! NPV at three timings, IRR and MIRR beside numpy-financial, on two hundred cases by chance.

use serde_json::{Value, json};

use crate::package::{Chance, ask, same};
use crate::said::run;

/// Sums of a dozen floats, in another order.
const SUMS: f64 = 1e-11;

/// numpy-financial takes the roots of a polynomial from the eigenvalues of its companion matrix; ours are the floats
/// nearest to the roots (`crates/instruments/appraisal/tests/roots.rs`).
const EIGENVALUES: f64 = 1e-8;

/// One outlay, then income, so that there is one rate.
fn case(chance: &mut Chance) -> Value {
    let years = chance.between(2, 12);
    let income: Vec<i64> = (0..years).map(|_| chance.between(1_000, 90_000)).collect();
    // The outlay is never near what comes in, where NPV and IRR pass nought and parts of them mean nothing.
    let outlay = (income.iter().sum::<i64>() as f64 * (0.3 + 0.4 * chance.part())) as i64;
    let (rate, reinvest) = (chance.between(100, 1_500), chance.between(10, 150));
    let flows = [vec![-outlay], income].concat();
    json!({"rate": rate as f64 / 10_000.0, "reinvest": reinvest as f64 / 1_000.0, "flows": flows})
}

#[test]
fn worth_and_rates_are_those_of_numpy_financial() {
    let mut chance = Chance(2026);
    let cases: Vec<Value> = (0..200).map(|_| case(&mut chance)).collect();
    let Some(answers) = ask("appraisal.py", &Value::Array(cases.clone())) else { return };
    for (case, theirs) in cases.iter().zip(answers.as_array().unwrap()) {
        let flows: Vec<String> = case["flows"].as_array().unwrap().iter().map(ToString::to_string).collect();
        let ours = |verb: &str| run(&format!("calc {verb} -- {}", flows.join(" "))).unwrap().json;
        let (rate, reinvest) = (&case["rate"], &case["reinvest"]);
        let npv = ours(&format!("npv --rate {rate}"));
        for timing in ["end", "mid", "start"] {
            same(&npv["npv_by_timing"][timing], &theirs[timing], SUMS, &format!("npv {timing} of {case}"));
        }
        same(&ours("irr")["rates"][0], &theirs["irr"], EIGENVALUES, &format!("irr of {case}"));
        let mirr = ours(&format!("mirr --rate {rate} --reinvest {reinvest}"));
        same(&mirr["mirr"], &theirs["mirr"], SUMS, &format!("mirr of {case}"));
    }
}
