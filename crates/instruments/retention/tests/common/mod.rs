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

/// Numbers from 0 to 1, the same for the same seed (the multiplier is Knuth's).
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// An exponential time.
    pub fn exponential(&mut self, rate: f64) -> f64 {
        -self.next().ln() / rate
    }
}
