//! Curves, log-rank, Cox and its concordance beside lifelines; BG/NBD and Gamma-Gamma beside lifetimes.

use std::path::Path;

use serde_json::{Value, json};

use crate::package::{Chance, ask, same};
use crate::said::run;

/// Products and sums of a few hundred floats, in another order.
const SUMS: f64 = 1e-10;

/// lifelines ends its search where a step changes the likelihood by less than this; the estimates are about as near.
const SEARCH: f64 = 1e-6;

/// lifetimes searches with numbers scaled down, and stops where the mean likelihood of a customer does not move; ours
/// goes on until the slope is nought.
const FLAT: f64 = 2e-3;

/// The likelihood is flat at its top: where the parameters are that near, it is nearer by their square.
const TOP: f64 = 1e-6;

/// Customers with whole months, so that many leave at once, in two groups that do not leave alike.
fn customers(chance: &mut Chance) -> (String, String) {
    let (mut groups, mut subjects) =
        (String::from("time,event,group\n"), String::from("time,event,visits,age,online\n"));
    for at in 0..300 {
        let (visits, age, online) = (chance.between(0, 12), chance.between(18, 80), chance.between(0, 1));
        let pull = 0.08 * visits as f64 - 0.01 * age as f64 + 0.5 * online as f64;
        let month = (-(1.0 - chance.part()).ln() * 18.0 * (-pull).exp()).ceil().max(1.0);
        let seen = chance.between(6, 48) as f64;
        let (time, event) = (month.min(seen), i32::from(month <= seen));
        groups += &format!("{time},{event},{}\n", ["branch", "online"][online as usize]);
        subjects += &format!("{time},{event},{visits},{age},{online}\n");
        assert!(at > 0 || time >= 1.0);
    }
    (groups, subjects)
}

fn file(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn what_is_said_of_customers_is_what_lifelines_and_lifetimes_say() {
    let (groups, subjects) = customers(&mut Chance(7));
    let (survival, cox) = (file("judged-survival.csv", &groups), file("judged-cox.csv", &subjects));
    let cdnow = crate::said::root().join("crates/instruments/retention/examples/cdnow.csv");
    let Some(theirs) = ask("retention.py", &json!({"survival": survival, "cox": cox, "bgnbd": cdnow})) else {
        return;
    };

    let curves =
        run(&format!("calc survival {survival} --time time --event event --group group")).unwrap().json;
    of_curves(&curves, &theirs["survival"]);
    let words = format!("calc cox {cox} --time time --event event --covariates visits,age,online");
    of_cox(&run(&words).unwrap().json, &theirs["cox"]);
    let usage = run(&format!("calc bgnbd {} --horizon 39", cdnow.display())).unwrap().json;
    let spend = run(&format!("calc gamma-gamma {}", cdnow.display())).unwrap().json;
    of_usage(&usage, &spend, &theirs["bgnbd"]);
}

fn of_curves(ours: &Value, theirs: &Value) {
    same(&ours["log_rank"]["chi_square"], &theirs["chi_square"], SUMS, "chi-square of log-rank");
    same(&ours["log_rank"]["p"], &theirs["p"], SUMS, "p of log-rank");
    let groups = ours["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    for group in groups {
        let name = group["group"].as_str().unwrap();
        let curve = &theirs["curves"][name];
        assert_eq!(group["median"]["time"], curve["median"], "median of {name}");
        let known = curve["points"].as_array().unwrap();
        let left = group["points"].as_array().unwrap().iter().filter(|point| point["left"] != 0);
        assert_eq!(left.clone().count(), known.len(), "times at which somebody left");
        for (point, known) in left.zip(known) {
            let at = format!("of {name} at {}", known[0]);
            assert_eq!(point["time"], known[0]);
            for (field, column) in [("survival", 1), ("lower", 2), ("upper", 3)] {
                same(&point[field], &known[column], SUMS, &format!("{field} {at}"));
            }
        }
    }
}

fn of_cox(ours: &Value, theirs: &Value) {
    for row in ours["coefficients"].as_array().unwrap() {
        let name = row["covariate"].as_str().unwrap();
        same(&row["coefficient"], &theirs["coefficients"][name], SEARCH, &format!("coefficient of {name}"));
        same(&row["standard_error"], &theirs["standard_errors"][name], SEARCH, &format!("error of {name}"));
    }
    same(&ours["log_likelihood"], &theirs["log_likelihood"], SUMS, "likelihood of Cox");
    same(&ours["concordance"]["index"], &theirs["concordance"], SUMS, "concordance");
}

fn of_usage(usage: &Value, spend: &Value, theirs: &Value) {
    for (ours, theirs, names) in [
        (usage, &theirs["usage"], [("r", "r"), ("alpha", "alpha"), ("a", "a"), ("b", "b")].as_slice()),
        (spend, &theirs["spend"], &[("p", "p"), ("q", "q"), ("gamma", "v")]),
    ] {
        for (row, (name, named)) in ours["parameters"].as_array().unwrap().iter().zip(names) {
            assert_eq!(row["parameter"], *name);
            same(&row["estimate"], &theirs[named], FLAT, name);
        }
    }
    same(&usage["log_likelihood"], &theirs["log_likelihood"], TOP, "likelihood of BG/NBD");
    let histories = usage["histories"].as_array().unwrap();
    assert_eq!(histories.len(), theirs["expected"].as_array().unwrap().len());
    for (at, history) in histories.iter().enumerate() {
        same(&history["expected_uses"], &theirs["expected"][at], FLAT, &format!("uses of {history}"));
        same(
            &history["probability_active"],
            &theirs["active"][at],
            FLAT,
            &format!("whether active, {history}"),
        );
    }
}
