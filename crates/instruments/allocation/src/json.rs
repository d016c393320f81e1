//! The same on a file: a model as JSON in, the result as JSON out.
//!
//! Amounts and quantities are strings (`"12.5"`) or whole numbers; a number with a dot is refused,
//! because JSON readers take it for a float. Unknown fields are refused.

mod basis;
mod model;
mod rates;
mod read;
mod rule;
mod write;

use serde_json::Value;

use crate::{Error, Model, allocate_watched};

pub use read::parse_model;

/// Reads a model, allocates it, and gives the result as `quarterdeck.allocation.v1`: `stages`,
/// `lines`, `receivers`, `residuals`, `control`, `solved` and `trace` (every step once, with its
/// sentence).
///
/// # Errors
/// What [`parse_model`] and [`crate::allocate`] refuse.
pub fn run_json(text: &str) -> Result<Value, Error> {
    run_json_watched(text, &mut |_| ())
}

/// As [`run_json`], telling `done` now and then how many lines there are.
///
/// # Errors
/// As [`run_json`].
pub fn run_json_watched(text: &str, done: &mut dyn FnMut(usize)) -> Result<Value, Error> {
    let model: Model = parse_model(text)?;
    Ok(allocate_watched(&model, done)?.to_json())
}
