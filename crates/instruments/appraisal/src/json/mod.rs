//! The same on a file: a case as JSON in, figures or a simulation as JSON out.
//!
//! Numbers of a case are strings (`"12.5"`) or whole numbers, so that what is read is what was written; a number
//! with a dot is refused. Results are numbers: the shortest decimal that reads back as the same float.

mod amounts;
mod read;
mod shapes;
mod write;

use serde_json::Value;

use crate::{Case, Error, Run};

pub use read::parse_case;
pub use shapes::number;

/// Reads a case and gives its figures as `quarterdeck.case-figures.v1`.
///
/// # Errors
/// What [`parse_case`] and [`Case::figures`] refuse.
pub fn run_case(text: &str) -> Result<Value, Error> {
    run_case_deciding(text, &[])
}

/// As [`run_case`], with the worth to go so many months after the start, beside that at the start of each period.
///
/// # Errors
/// As [`run_case`].
pub fn run_case_deciding(text: &str, months: &[f64]) -> Result<Value, Error> {
    write::figures(&parse_case(text)?, months)
}

/// Reads a case, takes one of its scenarios where one is named, and simulates it: `quarterdeck.simulation.v1`.
///
/// # Errors
/// What [`parse_case`], [`Case::under`] and [`crate::simulate`] refuse.
pub fn run_simulation(text: &str, scenario: Option<&str>, run: Run) -> Result<Value, Error> {
    run_simulation_watched(text, scenario, run, &|_| ())
}

/// As [`run_simulation`], telling `done` of trials as they are done, from every thread.
///
/// # Errors
/// As [`run_simulation`].
pub fn run_simulation_watched(
    text: &str,
    scenario: Option<&str>,
    run: Run,
    done: &(dyn Fn(usize) + Sync),
) -> Result<Value, Error> {
    let whole = parse_case(text)?;
    let case: Case = match scenario {
        Some(key) => whole.under(whole.scenario(key)?)?,
        None => whole,
    };
    let outcome = crate::simulate_watched(&case, run, done)?;
    write::simulation(&case, scenario, &outcome)
}
