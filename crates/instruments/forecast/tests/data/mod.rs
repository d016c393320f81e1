//! The classics in `examples/`.
#![allow(dead_code, reason = "each test file uses some of them")]

use std::fs;

/// Values of the last column of a table in `examples/`.
pub fn example(name: &str) -> Vec<f64> {
    let file = format!("{}/examples/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&file).expect("an example of this crate");
    let value = |line: &str| line.rsplit(',').next().and_then(|cell| cell.parse().ok());
    text.lines().skip(1).map(|line| value(line).expect("a number")).collect()
}

/// International airline passengers, in thousands, monthly, 1949–60 (Box & Jenkins).
pub fn airline() -> Vec<f64> {
    example("airline")
}

/// Flow of the Nile at Aswan, yearly, 1871–1970 (Cobb 1978).
pub fn nile() -> Vec<f64> {
    example("nile")
}
