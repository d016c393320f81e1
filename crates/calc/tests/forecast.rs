//! `calc forecast`, `calc backtest`, `calc diffusion` on files.

use std::fs;
use std::path::{Path, PathBuf};

use calc::{Answer, Lines, Stop};
use serde_json::{Map, Value};

const EXAMPLES: &str = "crates/instruments/forecast/examples";

/// The root of the checkout, from which the examples of the help run.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(words: &[&str]) -> Result<Answer, Stop> {
    let whole = |word: &&str| match Path::new(word).extension() {
        Some(end) if end == "csv" && !word.starts_with('/') => root().join(word).display().to_string(),
        _ => (*word).to_owned(),
    };
    let words: Vec<String> = ["calc"].iter().chain(words).map(whole).collect();
    let words =
        calc::command().try_get_matches_from(words).map_err(|error| Stop::Usage(error.to_string()))?;
    calc::run(&words)
}

fn rows(answer: &Answer) -> &[Map<String, Value>] {
    match &answer.lines {
        Some(Lines::Rows(rows)) => rows,
        other => panic!("no rows: {other:?}"),
    }
}

fn number(row: &Map<String, Value>, field: &str) -> f64 {
    row[field].as_f64().unwrap_or_else(|| panic!("{field} of {row:?}"))
}

/// Runs a verb on a file with this content; what it says of it, with the file called FILE.
fn refused(verb: &str, content: &str) -> String {
    let name = format!("quarterdeck-{}-{:?}.csv", std::process::id(), std::thread::current().id());
    let file = std::env::temp_dir().join(name.replace(['(', ')'], ""));
    fs::write(&file, content).expect("a temporary folder");
    let path = file.display().to_string();
    let answer = run(&[verb, &path]);
    fs::remove_file(&file).expect("the file just written");
    match answer {
        Err(Stop::Unclean(says) | Stop::Usage(says)) => says.replace(&path, "FILE"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_forecast_is_rows_of_steps_with_the_ends_of_each_interval() {
    let file = format!("{EXAMPLES}/airline.csv");
    let answer = run(&["forecast", &file, "--season", "12", "--horizon", "18", "--levels", "80,95"]).unwrap();
    let rows = rows(&answer);
    let fields: Vec<&str> = rows[0].keys().map(String::as_str).collect();
    assert_eq!(fields, ["id", "h", "method", "mean", "lower_80", "upper_80", "lower_95", "upper_95"]);
    assert_eq!(
        (rows.len(), &rows[17]["h"], &rows[17]["method"]),
        (18, &Value::from(18), &Value::from("ets+dot"))
    );
    // July is the peak of every year: 622 thousand in 1960.
    assert!((600.0..690.0).contains(&number(&rows[6], "mean")), "{:?}", rows[6]);
    assert_eq!(answer.json["schema"], "quarterdeck.forecast.v1");
    assert_eq!(answer.json["series"][0]["steps"][6]["t"], "1961-07");
    assert_eq!(answer.json["series"][0]["steps"][6]["mean"], rows[6]["mean"]);
}

#[test]
fn what_is_not_said_follows_from_the_times() {
    let answer = run(&["forecast", &format!("{EXAMPLES}/airline.csv")]).unwrap();
    assert_eq!((&answer.json["season"], &answer.json["horizon"]), (&Value::from(12), &Value::from(12)));
    let answer = run(&["forecast", &format!("{EXAMPLES}/nile.csv"), "--levels", "99.5"]).unwrap();
    assert_eq!((&answer.json["season"], &answer.json["horizon"]), (&Value::from(1), &Value::from(6)));
    assert!(number(&rows(&answer)[0], "upper_99.5") > number(&rows(&answer)[0], "mean"));
    assert!(
        answer.notes[0].starts_with("nile: 99.5 % interval by Student's t, it may hold less"),
        "{:?}",
        answer.notes
    );
}

#[test]
fn one_and_two_threads_answer_the_same() {
    let file = format!("{EXAMPLES}/desk.csv");
    let run = |threads| run(&["forecast", &file, "--threads", threads]).unwrap();
    assert_eq!(run("1"), run("2"));
}

#[test]
fn a_hierarchy_adds_up_with_what_is_known_in_it() {
    let (file, parts) = (format!("{EXAMPLES}/desk.csv"), format!("{EXAMPLES}/desk-parts.csv"));
    let known = format!("{EXAMPLES}/desk-known.csv");
    let mean = |answer: &Answer, id: &str, h: u64| {
        let row = rows(answer).iter().find(|row| row["id"] == id && row["h"] == h).unwrap();
        number(row, "mean")
    };
    for how in ["mint", "ols", "bottom-up"] {
        let words = ["forecast", &file, "--hierarchy", &parts, "--reconcile", how, "--adjustments", &known];
        let answer = run(&words).unwrap();
        for h in 1..=12 {
            let of = |id| mean(&answer, id, h);
            assert!(
                (of("desk") - of("north-calls") - of("north-mails") - of("south-calls")).abs() < 1e-6,
                "{how}"
            );
        }
    }
    let plain = run(&["forecast", &file, "--hierarchy", &parts]).unwrap();
    let adjusted = run(&["forecast", &file, "--hierarchy", &parts, "--adjustments", &known]).unwrap();
    // The series end in June 2026: September is the third step, October the fourth.
    let fewer = 0.2 * mean(&plain, "north-mails", 3);
    assert!((mean(&plain, "desk", 3) - mean(&adjusted, "desk", 3) - fewer).abs() < 1e-6);
    let desk = adjusted.json["series"].as_array().unwrap().iter().find(|one| one["id"] == "desk").unwrap();
    assert_eq!(desk["adjustments"][1]["reason"], "roll-out of new laptops");
    assert!((desk["steps"][3]["unadjusted"].as_f64().unwrap() - mean(&plain, "desk", 4)).abs() < 1e-6);
}

#[test]
fn a_back_test_names_the_winner_and_says_where_intervals_held_less() {
    let words = ["backtest", &format!("{EXAMPLES}/airline.csv"), "--horizon", "12", "--origins", "2"];
    let answer = run(&words).unwrap();
    let all: Vec<_> = rows(&answer).iter().filter(|row| row["id"] == "*").collect();
    let winners: Vec<_> = all.iter().filter(|row| row["won"] == true).collect();
    assert_eq!((all.len(), winners.len(), number(winners[0], "forecasts")), (6, 1, 24.0));
    assert!(number(winners[0], "relative") < 1.0 && number(winners[0], "wape") < 0.1);
    let name = winners[0]["method"].as_str().unwrap();
    assert!(
        answer.notes[0].starts_with(&format!("{name} won, ")) && answer.notes[0].contains("% nearer than")
    );
    for row in all {
        for level in [80.0, 95.0] {
            let short = number(row, &format!("coverage_{level}")) < level / 100.0;
            let start = format!("{}: the {level} % interval held", row["method"].as_str().unwrap());
            assert_eq!(answer.notes.iter().any(|note| note.starts_with(&start)), short, "{row:?}");
        }
    }
    assert_eq!(answer.json["held_out"], serde_json::json!([24, 12]));
}

/// Srinivasan & Mason (1986).
#[test]
fn diffusion_prints_the_curve_of_the_literature() {
    let answer = run(&["diffusion", &format!("{EXAMPLES}/air-conditioners.csv"), "--periods", "2"]).unwrap();
    let row = &rows(&answer)[0];
    assert!((number(row, "m") - 18_713.0).abs() < 0.5 && (number(row, "p") - 0.009_44).abs() < 5e-6);
    assert!((number(row, "q") - 0.374_8).abs() < 5e-5 && number(row, "m_error") > 1_000.0);
    let curve = answer.json["series"][0]["curve"].as_array().unwrap();
    assert_eq!(
        (curve.len(), &curve[14]["t"], &curve[14]["observed"]),
        (15, &Value::from("1963"), &Value::Null)
    );
}

#[test]
fn uptake_needs_a_curve_and_spreads_each_segment_by_it() {
    let file = format!("{EXAMPLES}/segments.csv");
    let Err(Stop::Usage(says)) = run(&["diffusion", "--segments", &file]) else {
        panic!("a curve was guessed")
    };
    assert!(
        says.starts_with("say whose curve: --analogue, or --p and --q") && says.contains("Lehmann (1990)")
    );
    let answer =
        run(&["diffusion", "--segments", &file, "--p", "0.03", "--q", "0.38", "--periods", "60"]).unwrap();
    let last = &rows(&answer)[59];
    assert!((number(last, "ceiling") - 92_400.0).abs() < 1e-9, "420,000 × .22");
    assert!((number(last, "so_far") - 92_400.0).abs() < 1e-3);
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_line_and_column() {
    let cases = [
        ("id,t\na,1\n", "FILE has no column y; its columns are id, t"),
        ("id,t,y\na,1,5\na,2,x\n", "FILE, line 3, column y: “x” is no number; write it as 12.5"),
        ("id,t,y\na,1,5\na,2\n", "FILE, line 3: 2 cells, and the heading has 3 columns"),
        ("id,t,y\na,1,5\n,2,4\n", "FILE, line 3, column id: it is empty; write the name of the series"),
        (
            "t,y\n1,5\nlater,4\n",
            "FILE: line 3, column t: \"later\" is no time: write a whole number, 2026, 2026-09, 2026Q3 or 2026-09-30",
        ),
        ("t,y\n1,5\n1,4\n", "FILE: line 3, column t: series series has 1 twice: keep one of the rows"),
        ("id,t,y\na,1,5\na,2,6\n", "FILE: series a has 2 values: a forecast takes at least 3"),
        ("id,t,y\n", "FILE: there is no series: write rows of id, t and y"),
    ];
    for (content, says) in cases {
        assert_eq!(refused("forecast", content), says, "{content:?}");
    }
    let says = refused("diffusion", "t,y\n1,5\n2,8\n4,9\n");
    assert_eq!(says, "FILE: series series: period 3 has no value: write 0 where nobody adopted");
    let missing = run(&["forecast", "nowhere.csv"]);
    assert!(matches!(missing, Err(Stop::Usage(says)) if says.contains("nowhere.csv cannot be read")));
    assert!(matches!(
        run(&["forecast", &format!("{EXAMPLES}/nile.csv"), "--levels", "0"]),
        Err(Stop::Usage(_))
    ));
}
