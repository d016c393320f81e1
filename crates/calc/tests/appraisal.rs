//! `calc npv|irr|mirr|xnpv|xirr|case|simulate`, as said on the command line.

use calc::{Answer, Lines, Stop};
use serde_json::Value;

fn said(words: &[&str]) -> Result<Answer, Stop> {
    let words = std::iter::once("calc").chain(words.iter().copied());
    let matches =
        calc::command().try_get_matches_from(words).map_err(|error| Stop::Usage(error.to_string()))?;
    calc::run(&matches)
}

fn one(words: &[&str]) -> String {
    match said(words).unwrap().lines {
        Some(Lines::One(value)) => value,
        lines => panic!("{lines:?}"),
    }
}

fn example(name: &str) -> String {
    format!("{}/../instruments/appraisal/examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

const DATED: [&str; 5] =
    ["-10000@2008-01-01", "2750@2008-03-01", "4250@2008-10-30", "3250@2009-02-15", "2750@2009-04-01"];

#[test]
fn one_number_is_printed_alone() {
    let flows = ["--", "-10000", "3000", "4200", "6800"];
    let npv = |words: &[&str]| one(&[&["npv", "--rate", "0.10"], words, &flows].concat());
    assert_eq!(npv(&["--timing", "end"]), "1188.4434123352216");
    assert_eq!(npv(&[]), "1188.4434123352216");
    // numpy-financial 1.0.0: npv(0.10, [-10000, 3000, 4200, 6800]).
    assert_eq!(npv(&["--timing", "start"]), "1307.287753568743");
    assert_eq!(one(&["irr", "--", "-70000", "12000", "15000", "18000", "21000"]), "-0.021244848273410992");
    let mirr = ["mirr", "--rate", "0.10", "--reinvest", "0.12", "--", "-120000"];
    assert_eq!(
        one(&[&mirr[..], &["39000", "30000", "21000", "37000", "46000"]].concat()),
        "0.1260941303659051"
    );
    assert_eq!(one(&[&["xirr", "--"], &DATED[..]].concat()), "0.37336253351883153");
    assert!(one(&[&["xnpv", "--rate", "0.09", "--"], &DATED[..]].concat()).starts_with("2086.64760203153"));
}

#[test]
fn the_timing_is_said_and_the_others_are_shown() {
    let answer = said(&["npv", "--rate", "0.1", "--", "-100", "121"]).unwrap();
    assert_eq!(answer.json["timing"], "end");
    assert_eq!(answer.json["npv_by_timing"]["start"].to_string(), "9.999999999999986");
    assert!(answer.notes[0].starts_with("Timing end. At the others: end 9.09"), "{:?}", answer.notes);
}

#[test]
fn several_rates_are_rows_with_a_remark_and_none_is_refused() {
    let answer = said(&["irr", "--", "-1000", "2500", "-1540"]).unwrap();
    let Some(Lines::Rows(rows)) = &answer.lines else { panic!("{answer:?}") };
    let rates: Vec<String> = rows.iter().map(|row| row["rate"].to_string()).collect();
    assert_eq!(rates, ["0.1", "0.4"]);
    assert!(answer.notes[0].contains("at 2 rates (0.1, 0.4)"), "{:?}", answer.notes);
    let says = "All flows have the same sign, so there is no internal rate of return.";
    assert_eq!(said(&["irr", "--", "1", "2"]), Err(Stop::Unclean(says.into())));
}

#[test]
fn what_is_no_number_and_no_day_is_said_with_what_to_write() {
    let says = |words: &[&str]| match said(words) {
        Err(Stop::Usage(says)) => says,
        other => panic!("{other:?}"),
    };
    assert!(says(&["npv", "--rate", "9%", "--", "1"]).contains("“9%” is no decimal number"));
    assert!(says(&["npv", "--rate", "0.1", "--", "1,5"]).contains("“1,5” is no decimal number"));
    assert!(says(&["npv", "--rate", "-2", "--", "1"]).contains("A rate of -2 does not discount"));
    assert!(says(&["xirr", "--", "1@2008-02-30"]).contains("write it like -10000@2008-01-31"));
    assert!(says(&["npv", "--", "1"]).contains("--rate"));
}

#[test]
fn a_case_is_figures_in_rows_and_whole_in_json() {
    let answer = said(&["case", &example("four_g.json")]).unwrap();
    assert_eq!(answer.json["schema"], "quarterdeck.case-figures.v1");
    assert_eq!(answer.json["payback"]["period"], "FY30");
    let Some(Lines::Rows(rows)) = &answer.lines else { panic!("{answer:?}") };
    let figure = |figure: &str, of: Value| {
        let row = rows.iter().find(|row| row["figure"] == figure && row["of"] == of);
        format!("{:.0}", row.unwrap()["value"].as_f64().unwrap())
    };
    assert_eq!(figure("npv", "start".into()), "14172");
    assert_eq!(figure("npv", "end".into()), "13002");
    assert_eq!(figure("npv_line_smaller", "new-revenue".into()), "519");
    assert_eq!(figure("npv_late_end_fixed", 12.0.into()), "-2082");
    assert_eq!(figure("npv_late_same_years", 12.0.into()), "6147");
    assert_eq!(figure("npv_to_go", "FY27".into()), "28309");
}

/// The sum is by hand in the instrument's own test.
#[test]
fn a_case_may_be_decided_on_at_any_month() {
    let to_go = |words: &[&str]| {
        let answer = said(&[&["case", &example("four_g.json")], words].concat()).unwrap();
        let Some(Lines::Rows(rows)) = answer.lines else { panic!("{:?}", answer.lines) };
        let row = rows.iter().find(|row| row["figure"] == "npv_to_go" && row["of"] == 18.0);
        row.map(|row| format!("{:.2}", row["value"].as_f64().unwrap()))
    };
    assert_eq!((to_go(&["--at", "18"]), to_go(&[])), (Some("36759.66".into()), None));
    let refused = said(&["case", &example("four_g.json"), "--at=-1"]).unwrap_err();
    assert!(format!("{refused:?}").contains("give the months since the start of the case"), "{refused:?}");
}

#[test]
fn a_simulation_is_the_same_bytes_on_one_and_two_threads() {
    let file = example("uncertain.json");
    let run = |threads: &str, seed: &str| {
        let words = ["simulate", &file, "--trials", "20000", "--seed", seed, "--threads", threads];
        said(&words).unwrap()
    };
    let one = run("1", "7");
    assert_eq!(one.json.to_string(), run("2", "7").json.to_string());
    assert_ne!(one.json["npv"], run("2", "8").json["npv"]);
    let Some(Lines::Rows(rows)) = &one.lines else { panic!("{one:?}") };
    let names: Vec<&str> = rows.iter().filter_map(|row| row["of"].as_str()).collect();
    assert_eq!(names[..3], ["npv", "net FY27", "net FY28"]);
    assert!(names.contains(&"driver sales@first"), "{names:?}");
}

#[test]
fn a_scenario_may_be_simulated_and_one_that_is_not_there_is_said() {
    let file = example("uncertain.json");
    let slow = said(&["simulate", &file, "--trials", "1000", "--scenario", "slow"]).unwrap();
    assert_eq!(slow.json["scenario"], "slow");
    let says = format!("{file}: scenario fast: there is no such scenario (as-planned, slow, dear-money).");
    assert_eq!(said(&["simulate", &file, "--scenario", "fast"]), Err(Stop::Unclean(says)));
    let says = "No trials: ask for at least one.";
    assert_eq!(said(&["simulate", &file, "--trials", "0"]), Err(Stop::Usage(says.into())));
}
