//! What the tests share: the example files as rows, and comparing to printed digits.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::path::Path;

/// The rows of `examples/<name>`: a heading, then numbers; a group is told by its place among `words`.
pub fn numbers(name: &str, words: &[&str]) -> Vec<Vec<f64>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let text = std::fs::read_to_string(file).unwrap();
    let number = |cell: &str| match words.iter().position(|word| *word == cell) {
        Some(at) => at as f64,
        None => cell.parse().unwrap_or_else(|_| panic!("{name}: {cell} is no number")),
    };
    text.lines().skip(1).map(|line| line.split(',').map(number).collect()).collect()
}

/// Whether `got` is `expected` to within `within`.
#[track_caller]
pub fn near(got: f64, expected: f64, within: f64, what: &str) {
    assert!((got - expected).abs() <= within, "{what}: {got} is not {expected} ± {within}");
}

/// Whether `got` is `expected` to a relative `within`.
#[track_caller]
pub fn close(got: f64, expected: f64, within: f64, what: &str) {
    near(got, expected, within * expected.abs(), what);
}
