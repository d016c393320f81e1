//! Demand that comes now and then: mostly zeros, sometimes a few.
//!
//! Croston (1972), *Operational Research Quarterly* 23, 289–303; its bias taken out by Syntetos & Boylan (2005),
//! *International Journal of Forecasting* 21, 303–314; and for demand that may die out, Teunter, Syntetos &
//! Babai (2011), *European Journal of Operational Research* 214, 606–615.

use crate::path::Path;

/// Which of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Size of a demand ÷ time between two, both smoothed (Croston 1972). About 5 % too high.
    Croston,
    /// The same times 1 − α/2 (Syntetos & Boylan 2005).
    SyntetosBoylan,
    /// Size × probability of a demand, the probability falling with each period without one
    /// (Teunter, Syntetos & Babai 2011).
    TeunterSyntetosBabai,
}

/// Smoothing of sizes, times and probabilities: the value of the literature (Croston 1972; .05 to .2 is usual).
pub const SMOOTHING: f64 = 0.1;

/// Mean time between demands from which they count as intermittent (Syntetos, Boylan & Croston 2005).
pub const INTERMITTENT_FROM: f64 = 1.32;

/// Whether values come now and then: none is negative, at least two are above zero, and the mean time
/// between these is [`INTERMITTENT_FROM`] periods or more.
#[must_use]
pub fn is_intermittent(values: &[f64]) -> bool {
    let demands = values.iter().filter(|value| **value > 0.0).count();
    let negative = values.iter().any(|value| *value < 0.0);
    !negative && demands >= 2 && values.len() as f64 / demands as f64 >= INTERMITTENT_FROM
}

/// Whether the demand may be dying out: nothing came for longer than twice the longest wait before.
#[must_use]
pub fn may_have_ended(values: &[f64]) -> bool {
    let mut waits: Vec<usize> = values.split(|value| *value > 0.0).map(<[f64]>::len).collect();
    let last = waits.pop().unwrap_or_default();
    last > 2 * waits.into_iter().max().unwrap_or_default().max(1)
}

/// The expected demand per period, the same for each step ahead; none where there is no demand at all.
#[must_use]
pub fn forecast(variant: Variant, values: &[f64], horizon: usize) -> Option<Path> {
    let expected = expectations(variant, values)?;
    let (last, before) = expected.split_last()?;
    let residuals: Vec<f64> =
        values.iter().zip(before).filter_map(|(value, mean)| mean.map(|mean| value - mean)).collect();
    let squares: f64 = residuals.iter().map(|error| error * error).sum();
    let deviation = (squares / residuals.len().max(1) as f64).sqrt();
    Some(Path {
        mean: vec![(*last)?; horizon],
        spread: vec![deviation; horizon],
        residuals,
        form: String::new(),
        smoothing: None,
    })
}

/// What is expected before each period and after the last; nothing before the first demand.
fn expectations(variant: Variant, values: &[f64]) -> Option<Vec<Option<f64>>> {
    let (mut size, mut wait, mut since) = (None::<f64>, 0.0, 0.0);
    let mut chance = None::<f64>;
    let mut expected = vec![None];
    for &value in values {
        since += 1.0;
        let came = if value > 0.0 { 1.0 } else { 0.0 };
        chance = Some(chance.map_or(came, |chance| chance + SMOOTHING * (came - chance)));
        if value > 0.0 {
            wait = if size.is_none() { since } else { wait + SMOOTHING * (since - wait) };
            size = Some(size.map_or(value, |size| size + SMOOTHING * (value - size)));
            since = 0.0;
        }
        expected.push(size.map(|size| match variant {
            Variant::Croston => size / wait,
            Variant::SyntetosBoylan => (1.0 - SMOOTHING / 2.0) * size / wait,
            Variant::TeunterSyntetosBabai => size * chance.unwrap_or_default(),
        }));
    }
    expected.last()?.is_some().then_some(expected)
}
