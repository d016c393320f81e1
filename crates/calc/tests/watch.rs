//! What long verbs tell while they work.

mod said;

use calc::{Lines, Stop, Watch};
use kernel::{Headway, Seen};

/// How far `words` were when they ended.
fn end(words: &str) -> Option<Seen> {
    let headway = Headway::default().of("it");
    said::watched(words, &mut Watch { headway: headway.clone(), rows: None }).unwrap();
    headway.seen("it")
}

#[test]
fn a_long_verb_tells_how_far_it_is_up_to_all_of_it() {
    for (words, label, of, unit) in [
        (
            "calc simulate crates/instruments/appraisal/examples/uncertain.json --trials 1000 --threads 2",
            "Simulating",
            1000,
            "trials",
        ),
        // 24 forecasts of the past and the one that is asked for.
        (
            "calc forecast crates/instruments/forecast/examples/airline.csv --threads 2",
            "Forecasting",
            25,
            "steps",
        ),
        (
            "calc backtest crates/instruments/forecast/examples/nile.csv --method theta --horizon 5 --origins 3",
            "Trying the past",
            6,
            "steps",
        ),
    ] {
        let seen = Seen { label: label.into(), done: of, of: Some(of), unit: unit.into() };
        assert_eq!(end(words), Some(seen), "{words}");
    }
    let parts = "calc forecast crates/instruments/forecast/examples/desk.csv \
                 --hierarchy crates/instruments/forecast/examples/desk-parts.csv";
    let seen = end(parts).unwrap();
    assert_eq!(Some(seen.done), seen.of, "{seen:?}");
}

#[test]
fn an_allocation_tells_its_lines() {
    let nodes: Vec<String> =
        (0..2_000).map(|at| format!(r#"{{"key": "N{at:04}", "layer": "customer"}}"#)).collect();
    let keys: Vec<String> = (0..2_000).map(|at| format!(r#""N{at:04}""#)).collect();
    let model = format!(
        r#"{{"schema": "quarterdeck.allocation-model.v1", "currency": "EUR", "layers": [{{"key": "customer"}}],
            "pools": [{{"key": "P", "amount": 100}}], "nodes": [{}],
            "rules": [{{"key": "R", "from": "P", "method": "even", "to": [{}]}}]}}"#,
        nodes.join(","),
        keys.join(",")
    );
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("wide.json");
    std::fs::write(&file, model).unwrap();
    let seen = Seen { label: "Sharing".into(), done: 1_024, of: None, unit: "lines".into() };
    assert_eq!(end(&format!("calc allocate {}", file.display())), Some(seen), "every 1,024 lines");
}

#[test]
fn lines_of_an_allocation_come_one_by_one_to_who_wants_them_so() {
    for example in ["robinson_reciprocal", "robinson_step_down", "sand_hill_dual_rate"] {
        let words = format!("calc allocate crates/instruments/allocation/examples/{example}.json");
        let (whole, all) = said::rows(&words);
        let mut rows = Vec::new();
        let mut each = |row| {
            rows.push(row);
            true
        };
        let answer = said::watched(&words, &mut Watch { rows: Some(&mut each), ..Watch::default() }).unwrap();
        assert_eq!(rows, all, "{example}");
        assert_eq!(answer.lines, Some(Lines::Rows(Vec::new())), "they are not told twice");
        assert_eq!(answer.json["control"], whole.json["control"]);
        let ended = said::watched(&words, &mut Watch { rows: Some(&mut |_| false), ..Watch::default() });
        assert!(matches!(ended, Err(Stop::Failed(_))), "{ended:?}");
    }
}

#[test]
fn a_short_verb_tells_nothing() {
    assert_eq!(end("calc nps --promoters 8 --passives 4 --detractors 3"), None);
}

#[cfg(feature = "select")]
mod selection {
    use super::*;

    const TWELVE: &str = "crates/instruments/selection/examples/twelve.json";

    #[test]
    fn the_solver_tells_what_it_solves_and_a_frontier_its_points() {
        let seen = end(&format!("calc select {TWELVE} --brief --time 30")).unwrap();
        assert!(seen.label.starts_with("Solving ") && seen.of == Some(30), "{seen:?}");
        let seen = end(&format!("calc frontier {TWELVE} --points 3")).unwrap();
        assert_eq!((seen.of, seen.unit.as_str()), (Some(3), "points"));
    }

    #[test]
    fn points_of_a_frontier_come_one_by_one_to_who_wants_them_so() {
        let words = format!("calc frontier {TWELVE} --points 3");
        let (_, all) = said::rows(&words);
        let mut rows = Vec::new();
        let mut each = |row| {
            rows.push(row);
            true
        };
        let answer = said::watched(&words, &mut Watch { rows: Some(&mut each), ..Watch::default() }).unwrap();
        assert_eq!(answer.lines, Some(Lines::Rows(Vec::new())), "they are not told twice");
        assert_eq!(answer.json["points"].as_array().map(Vec::len), Some(3));
        assert_eq!(rows, all);
    }

    #[test]
    fn who_wants_no_more_points_stops_the_work() {
        let mut count = 0;
        let mut each = |_| {
            count += 1;
            false
        };
        let words = format!("calc frontier {TWELVE} --points 3");
        let ended = said::watched(&words, &mut Watch { rows: Some(&mut each), ..Watch::default() });
        assert!(matches!(ended, Err(Stop::Failed(_))), "{ended:?}");
        assert_eq!(count, 1);
    }
}
