//! `calc nps` and `calc csat`.

mod said;

use said::{near, run};
use serde_json::Value;

#[test]
fn a_net_promoter_score_with_its_interval() {
    let answer = run("calc nps --promoters 8 --passives 4 --detractors 3").unwrap();
    assert_eq!(answer.json["schema"], "quarterdeck.nps.v1");
    near(&answer.json["score"], 100.0 / 3.0, 1e-12);
    near(&answer.json["lower"], -8.517851565556555, 1e-9);
    near(&answer.json["upper"], 64.07340712111211, 1e-9);
    assert_eq!(answer.json["answers"], 15);
}

#[test]
fn below_ten_answers_there_are_counts_and_no_score() {
    let answer = run("calc nps --promoters 5 --passives 3 --detractors 1").unwrap();
    assert_eq!((&answer.json["score"], &answer.json["lower"]), (&Value::Null, &Value::Null));
    assert_eq!(answer.json["promoters"], 5);
    assert_eq!(answer.notes, ["9 answers: counts, and no score below 10"]);
}

/// `engines.md` §7: 9 of 10 → .5958 to .9821.
#[test]
fn a_share_of_satisfied_with_its_interval() {
    let answer = run("calc csat --satisfied 9 --answers 10").unwrap();
    near(&answer.json["share"], 0.9, 1e-15);
    near(&answer.json["lower"], 0.5958, 0.00005);
    near(&answer.json["upper"], 0.9821, 0.00005);
    let narrower = run("calc csat --satisfied 9 --answers 10 --level 0.8").unwrap();
    assert!(narrower.json["lower"].as_f64() > answer.json["lower"].as_f64());
}

#[test]
fn what_cannot_be_is_said() {
    let says = format!("{:?}", run("calc csat --satisfied 11 --answers 10").unwrap_err());
    assert_eq!(says, "Usage(\"11 of 10 answers cannot be: the part is larger than the whole.\")");
    let words = ["calc", "nps", "--promoters", "1", "--passives", "1", "--detractors", "1", "--level", "95"];
    let error = calc::command().try_get_matches_from(words).unwrap_err().to_string();
    assert!(error.contains("A level of 95 is not between 0 and 1: give 0.95 for 95 %."), "{error}");
}
