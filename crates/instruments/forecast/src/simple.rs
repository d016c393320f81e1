//! The forecasts that every other one has to beat.

use crate::path::Path;

/// The last value again and again; its error grows with the root of the steps (a random walk).
#[must_use]
pub fn naive(values: &[f64], horizon: usize) -> Path {
    seasonal_naive(values, 1, horizon)
}

/// The value of one cycle before; the last value where no whole cycle has been seen.
#[must_use]
pub fn seasonal_naive(values: &[f64], season_length: usize, horizon: usize) -> Path {
    let cycle = if values.len() > season_length { season_length.max(1) } else { 1 };
    let residuals: Vec<f64> =
        values.iter().zip(&values[cycle.min(values.len())..]).map(|(a, b)| b - a).collect();
    let squares: f64 = residuals.iter().map(|error| error * error).sum();
    let deviation = (squares / residuals.len().max(1) as f64).sqrt();
    let last = &values[values.len().saturating_sub(cycle)..];
    let mean = (0..horizon).map(|step| last.get(step % cycle).copied().unwrap_or_default()).collect();
    let spread = (0..horizon).map(|step| deviation * ((step / cycle + 1) as f64).sqrt()).collect();
    Path { mean, spread, residuals, form: String::new(), smoothing: None }
}
