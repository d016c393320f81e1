//! `calc` as it is said on the command line, on the example files of the instruments.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::path::{Path, PathBuf};

use calc::{Answer, Lines, Stop, Watch};
use serde_json::{Map, Value};

/// The checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs the words after `quarterdeck`; files are named from the checkout's root.
pub fn run(words: &str) -> Result<Answer, Stop> {
    watched(words, &mut Watch::default())
}

/// Runs them, telling `watch`.
pub fn watched(words: &str, watch: &mut Watch) -> Result<Answer, Stop> {
    let word = |word: &str| {
        if word.starts_with("crates/") {
            root().join(word).to_string_lossy().into_owned()
        } else {
            word.to_owned()
        }
    };
    let words: Vec<String> = words.split_whitespace().map(word).collect();
    let said = calc::command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{error}"));
    calc::watched(&said, watch)
}

/// The answer, and its rows.
pub fn rows(words: &str) -> (Answer, Vec<Map<String, Value>>) {
    let answer = run(words).unwrap();
    match &answer.lines {
        Some(Lines::Rows(rows)) => (answer.clone(), rows.clone()),
        other => panic!("{words}: {other:?}"),
    }
}

/// What is said against a file with `text`; its path is written FILE.
pub fn refused(verb: &str, text: &str, words: &str) -> String {
    let name = format!("{verb}-{:?}.csv", std::thread::current().id());
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name.replace(['(', ')'], ""));
    std::fs::write(&file, text).unwrap();
    let path = file.to_string_lossy().into_owned();
    match run(&format!("calc {verb} {path} {words}")) {
        Ok(answer) => panic!("{}", answer.json),
        Err(Stop::Unclean(says) | Stop::Usage(says) | Stop::Failed(says)) => says.replace(&path, "FILE"),
    }
}

/// A number of a result.
#[track_caller]
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Whether `value` is `expected` to within `within`.
#[track_caller]
pub fn near(value: &Value, expected: f64, within: f64) {
    let got = number(value);
    assert!((got - expected).abs() <= within, "{got} is not {expected} ± {within}");
}
