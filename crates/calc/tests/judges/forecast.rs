//! Point forecasts beside statsforecast, of the methods that both have.
//!
//! Not compared: exponential smoothing where the two choose another form (on the months of the airline statsforecast has
//! none with a trend); the mean of two methods and TSB with weights learnt
//! from the series, which it does not have; its intervals, which hold less than they say (`benches/README.md`).

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::package::{Chance, ask, same};
use crate::said::rows;

/// The same formula.
const FORMULA: f64 = 1e-12;

/// One weight of one smoothing, which both search; the sum of squares is flat at its least.
const ONE_WEIGHT: f64 = 2e-4;

/// Several weights and starting values, likewise. statsforecast stops the simplex of Nelder and Mead early.
const MORE_WEIGHTS: f64 = 1e-3;

/// Each method with how near it has to be.
const METHODS: [(&str, f64); 7] = [
    ("naive", FORMULA),
    ("seasonal-naive", FORMULA),
    ("croston", FORMULA),
    ("sba", FORMULA),
    ("theta", ONE_WEIGHT),
    ("dot", MORE_WEIGHTS),
    ("ets", MORE_WEIGHTS),
];

struct Series {
    name: &'static str,
    y: Vec<f64>,
    season: usize,
    /// The methods that are compared.
    methods: Vec<(&'static str, f64)>,
}

fn all_but(left_out: &[&str]) -> Vec<(&'static str, f64)> {
    METHODS.into_iter().filter(|(method, _)| !left_out.contains(method)).collect()
}

/// An example of the instrument: its last column.
fn example(name: &str) -> Vec<f64> {
    let path = crate::said::root().join("crates/instruments/forecast/examples").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse().unwrap()).collect()
}

fn series() -> [Series; 4] {
    let mut chance = Chance(5);
    let demand = |_| if chance.part() < 0.3 { chance.between(1, 9) as f64 } else { 0.0 };
    let spare_parts: Vec<f64> = (0..60).map(demand).collect();
    let quarter = |at: usize| 100.0 + at as f64 + [10.0, -5.0, 3.0, -8.0][at % 4] + 4.0 * chance.part();
    let quarters: Vec<f64> = (0..48).map(quarter).collect();
    let now_and_then = ["croston", "sba"];
    let but_ets = [now_and_then.as_slice(), &["ets"]].concat();
    [
        Series { name: "airline", y: example("airline.csv"), season: 12, methods: all_but(&but_ets) },
        Series { name: "nile", y: example("nile.csv"), season: 1, methods: all_but(&now_and_then) },
        Series { name: "quarters", y: quarters, season: 4, methods: all_but(&now_and_then) },
        Series { name: "spare parts", y: spare_parts, season: 1, methods: all_but(&[]) },
    ]
}

/// Steps ahead.
const HORIZON: usize = 8;

#[test]
fn point_forecasts_are_those_of_statsforecast() {
    let all = series();
    let asked = all.iter().map(|one| {
        let methods: Vec<&str> = one.methods.iter().map(|(method, _)| *method).collect();
        let question = json!({"y": one.y, "season": one.season, "horizon": HORIZON, "methods": methods});
        (one.name.to_owned(), question)
    });
    let Some(theirs) = ask("forecast.py", &Value::Object(asked.collect::<Map<_, _>>())) else { return };
    for one in &all {
        let lines = one.y.iter().enumerate().map(|(at, y)| format!("a,{},{y}\n", at + 1));
        let text: String = std::iter::once("id,t,y\n".to_owned()).chain(lines).collect();
        let file =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("judged-{}.csv", one.name.replace(' ', "-")));
        std::fs::write(&file, text).unwrap();
        for (method, part) in &one.methods {
            let words = format!("--season {} --horizon {HORIZON} --method {method}", one.season);
            let (_, ours) = rows(&format!("calc forecast {} {words}", file.display()));
            let theirs = theirs[one.name][method].as_array().unwrap();
            assert_eq!((ours.len(), theirs.len()), (HORIZON, HORIZON));
            for (row, theirs) in ours.iter().zip(theirs) {
                same(&row["mean"], theirs, *part, &format!("{method} of {}, step {}", one.name, row["h"]));
            }
        }
    }
}
