//! A generated bill of a million rows comes to the lines that DuckDB gives for it (crates/costs/README.md), in one
//! process and on a cluster.

use serde_json::Value;

#[cfg(feature = "cluster")]
use crate::cluster::Cluster;
use crate::judges::judges;
use crate::shell::{Shell, repository};

const ROWS: &str = "1000000";

/// Lines, and the md5 over all of them, of a million rows in one file with seed 42.
const EXPECTED: (u64, &str) = (115_004, "19156a11991a5a81e08ebf0bdb501d7b");

/// The words that share a bill made by dev/usage/generate.py; none where no numpy is installed.
fn words(shell: &Shell) -> Option<Vec<String>> {
    let made = shell.path("made").to_string_lossy().into_owned();
    let mut python = judges()?.python();
    let status = python.args([&repository("dev/usage/generate.py"), ROWS, "1", &made]).status();
    assert!(status.unwrap().success(), "a bill is made");
    let named =
        ["tag-rules", "account-rules", "drivers"].iter().zip(["rules_tag", "rules_account", "drivers"]);
    let mut words =
        vec!["costs".to_owned(), "allocate".to_owned(), "--usage".to_owned(), format!("{made}/usage")];
    words.extend(named.flat_map(|(word, file)| [format!("--{word}"), format!("{made}/{file}.parquet")]));
    words.extend(["--out".to_owned(), format!("{made}/lines.parquet")]);
    Some(words)
}

fn answer(shell: &Shell, words: &[String]) -> Value {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let said = shell.bare(&words);
    assert_eq!(said.code, 0, "{said:?}");
    said.json()
}

fn comes_to_what_is_expected(answer: &Value) {
    assert_eq!(answer["rows"], 1_000_000);
    assert_eq!((answer["lines"].as_u64(), answer["md5"].as_str()), (Some(EXPECTED.0), Some(EXPECTED.1)));
}

#[test]
fn a_million_rows_come_to_the_lines_of_duckdb() {
    let shell = Shell::empty();
    let Some(words) = words(&shell) else { return };
    let alone = words.iter().cloned().chain(["--format", "json"].map(str::to_owned));
    comes_to_what_is_expected(&answer(&shell, &alone.collect::<Vec<_>>()));
    #[cfg(feature = "cluster")]
    comes_to_what_is_expected(&answer(&shell, &Cluster::of(&shell, 2).words(&words)));
}
