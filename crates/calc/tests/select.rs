//! `calc select` and `calc frontier` on files: what is printed, and what is said of a wrong file.
#![cfg(feature = "select")]

use calc::{Answer, Lines, Stop};
use serde_json::{Map, Value};

const TWELVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../instruments/selection/examples/twelve.json");

fn run(words: &[&str]) -> Result<Answer, Stop> {
    let words = ["calc"].iter().chain(words);
    calc::run(&calc::command().try_get_matches_from(words).unwrap())
}

fn rows(answer: &Answer) -> &[Map<String, Value>] {
    match &answer.lines {
        Some(Lines::Rows(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

fn column(answer: &Answer, field: &str) -> Vec<String> {
    rows(answer).iter().map(|row| row[field].as_str().unwrap_or("–").to_owned()).collect()
}

#[test]
fn the_set_is_rows_and_what_explains_it_is_json_and_notes() {
    let answer =
        run(&["select", TWELVE, "--gap", "0", "--time", "60", "--with", "CRM", "--without", "NET"]).unwrap();
    let json = &answer.json;
    assert_eq!((&json["schema"], &json["status"]), (&"quarterdeck.selection.v1".into(), &"optimal".into()));
    assert!(column(&answer, "candidate").contains(&"NET".to_owned()), "NET is mandatory");
    let sum =
        |field: &str| column(&answer, field).iter().map(|cell| cell.parse::<f64>().unwrap()).sum::<f64>();
    assert_eq!(format!("{:.2}", sum("cost")), json["cost"].as_str().unwrap());
    assert_eq!(json["limits"].as_array().unwrap().len(), 10, "every limit is judged");
    let steps: Vec<&str> =
        json["next_steps"].as_array().unwrap().iter().map(|one| one["limit"].as_str().unwrap()).collect();
    assert_eq!(steps, ["budget FY27", "budget FY28"]);
    assert_eq!(json["questions"][1]["says"], "no set keeps all of these: NET is mandatory");
    assert!(answer.notes[0].ends_with("optimal: no allowed set is worth more"), "{:?}", answer.notes);
}

#[test]
fn a_gap_is_named_as_it_is_proven_and_brief_is_brief() {
    let answer = run(&["select", TWELVE, "--brief"]).unwrap();
    assert!(answer.json["gap"].as_f64().unwrap() <= 0.01);
    assert_eq!((answer.json.get("limits"), answer.notes.len()), (None, 1));
}

#[test]
fn the_frontier_has_its_points_safest_first() {
    let answer = run(&["frontier", TWELVE, "--points", "4", "--gap", "0"]).unwrap();
    assert_eq!(answer.json["schema"], "quarterdeck.frontier.v1");
    let number =
        |field: &str| column(&answer, field).iter().map(|cell| cell.parse().unwrap()).collect::<Vec<f64>>();
    let (targets, values) = (number("target"), number("value"));
    assert_eq!(targets.len(), 4);
    assert!(targets.is_sorted_by(|a, b| a > b) && values.is_sorted(), "{targets:?} {values:?}");
    assert!(number("cvar").iter().zip(&targets).all(|(cvar, target)| cvar >= target));
}

#[test]
fn a_target_out_of_reach_is_infeasible() {
    let answer = run(&["frontier", TWELVE, "--target", "9000000", "--target", "-500000"]).unwrap();
    assert_eq!(column(&answer, "status")[0], "infeasible");
    assert_ne!(column(&answer, "status")[1], "infeasible");
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let dir = std::env::temp_dir().join(format!("select-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let whole = std::fs::read_to_string(TWELVE).unwrap();
    for (from, to, says) in [
        (
            "\"mandatory\": [\n  \"NET\"",
            "\"mandatory\": [\n  \"NETT\"",
            "mandatory: there is no candidate NETT (did you mean NET?).",
        ),
        ("\"FY27\": \"", "\"FY72\": \"", "there is no budget FY72"),
        (
            "\"amount\": 220",
            "\"amount\": 220.5",
            "expected a whole number, or a decimal in quotes such as \"12.5\".",
        ),
        ("\"shares\"", "\"share\"", "unknown field `share`"),
        (
            "\"tail\": \"0.1\"",
            "\"tail\": \"10\"",
            "risk: the tail 10 is no part above 0 and at most 1: 0.05 is the worst 5 %.",
        ),
    ] {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole, "{from}");
        let file = dir.join("wrong.json");
        std::fs::write(&file, text).unwrap();
        let Err(Stop::Unclean(error)) = run(&["select", file.to_str().unwrap()]) else { panic!("{says}") };
        assert!(error.contains(says), "{error}\nshould say\n{says}");
    }
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn wrong_words_are_wrong_use() {
    for (words, says) in [
        (vec!["select", TWELVE, "--gap", "much"], "--gap takes a number from 0 up, not “much”"),
        (vec!["select", TWELVE, "--gap", "-0.1"], ""),
        (vec!["select", TWELVE, "--step", "1.005"], "--step: “1.005” has more digits than EUR (2)"),
        (vec!["select", TWELVE, "--with", "XYZ"], "there is no candidate XYZ."),
        (vec!["frontier", TWELVE, "--points", "0"], "A frontier has at least one point."),
        (vec!["select", "nowhere.json"], "nowhere.json cannot be read"),
    ] {
        if says.is_empty() {
            assert!(calc::command().try_get_matches_from(["calc"].iter().chain(&words)).is_err());
            continue;
        }
        let Err(Stop::Usage(error)) = run(&words) else { panic!("{says}") };
        assert!(error.starts_with(says), "{error}\nshould say\n{says}");
    }
}

#[test]
fn limits_that_contradict_each_other_are_an_answer() {
    let whole = std::fs::read_to_string(TWELVE).unwrap();
    let file = std::env::temp_dir().join(format!("conflict-{}.json", std::process::id()));
    std::fs::write(&file, whole.replace("\"at_least\": \"-200000\"", "\"at_least\": \"90000000\"")).unwrap();
    let answer = run(&["select", file.to_str().unwrap()]).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!((answer.json["status"].as_str(), rows(&answer).len()), (Some("conflict"), 0));
    assert!(answer.notes[0].ends_with("no set keeps all of these: the risk appetite."), "{:?}", answer.notes);
}
