//! The theta method and its dynamic, optimised form.
//!
//! Sources: Assimakopoulos & Nikolopoulos (2000), *International Journal of Forecasting* 16, 521–530;
//! Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler (2016), *ibid.* 32, 1151–1161, whose state space forms
//! these are: a level that is smoothed exponentially, and a line that is fitted to the whole series at once
//! (the standard method, θ = 2) or anew at each step (the dynamic one). A series that passes the test of
//! season is decomposed first.
//!
//! For a given smoothing parameter the errors are linear in the starting level and in 1 − 1/θ, so these two
//! are solved for exactly; what is searched is the smoothing parameter alone.

mod state;

use crate::season::{self, Seasonal};
use state::{Lines, State, run, solve};

/// Which theta method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// θ = 2 and one line (Assimakopoulos & Nikolopoulos 2000; forecasts of M3's winner).
    Standard,
    /// θ estimated, and a line fitted anew at each step (Fiorucci et al. 2016, DOTM).
    DynamicOptimised,
}

/// A fitted theta method.
#[derive(Debug, Clone)]
pub struct Theta {
    variant: Variant,
    seasonal: Option<Seasonal>,
    /// Smoothing of the level.
    alpha: f64,
    /// 1 − 1/θ.
    weight: f64,
    state: State,
    /// Errors of one step without the season, from the fourth observation on.
    deviation: f64,
    residuals: Vec<f64>,
}

/// Bounds of the smoothing parameter (Fiorucci et al. 2016).
const ALPHA: (f64, f64) = (0.1, 0.99);
/// Points of the first, coarse search.
const COARSE: usize = 24;
/// Steps of the fine search: each keeps .618 of the interval.
const FINE: usize = 24;
/// The first errors are not counted: there the line is not yet one.
const SKIPPED: usize = 3;

impl Theta {
    /// Fitted to `values`; none where there are fewer than six, or they never change.
    #[must_use]
    pub fn fit(variant: Variant, values: &[f64], season_length: usize) -> Option<Theta> {
        let first = values.first()?;
        if values.len() < 6 || values.iter().all(|value| (value - first).abs() <= 0.0) {
            return None;
        }
        let decomposed = season::is_seasonal(values, season_length);
        let seasonal = decomposed.then(|| season::decompose(values, season_length)).flatten();
        let adjusted: Vec<f64> = match &seasonal {
            Some(seasonal) => {
                values.iter().enumerate().map(|(t, value)| seasonal.without(t, *value)).collect()
            }
            None => values.to_vec(),
        };
        let lines = Lines::of(variant, &adjusted);
        let alpha = least(ALPHA, |alpha| solve(variant, &adjusted, &lines, alpha).squares);
        let solved = solve(variant, &adjusted, &lines, alpha);
        let (state, errors) = run(&adjusted, &lines, alpha, &solved);
        let degrees = (adjusted.len() - SKIPPED).saturating_sub(2).max(1);
        let deviation = (solved.squares / degrees as f64).sqrt();
        let scaled = |(t, error)| seasonal.as_ref().map_or(error, |seasonal| seasonal.scaled(t, error));
        let residuals = errors.into_iter().enumerate().map(scaled).collect();
        Some(Theta { variant, seasonal, alpha, weight: solved.weight, state, deviation, residuals })
    }

    /// Smoothing of the level, and θ.
    #[must_use]
    pub fn parameters(&self) -> (f64, f64) {
        (self.alpha, 1.0 / (1.0 - self.weight).max(1e-9))
    }

    /// How the season was taken out, where there is one.
    #[must_use]
    pub fn seasonal(&self) -> Option<&Seasonal> {
        self.seasonal.as_ref()
    }

    /// One-step errors, in units of the series.
    #[must_use]
    pub fn residuals(&self) -> &[f64] {
        &self.residuals
    }

    /// Expected values 1, 2, …, `horizon` steps after the last observation.
    #[must_use]
    pub fn forecast(&self, horizon: usize) -> Vec<f64> {
        let mut state = self.state.clone();
        let path = (0..horizon).map(|_| {
            let count = state.count;
            let expected = state.expected(self.alpha, self.weight);
            state.take(expected, self.alpha, self.variant == Variant::DynamicOptimised);
            self.seasonal.as_ref().map_or(expected, |seasonal| seasonal.with(count, expected))
        });
        path.collect()
    }

    /// Standard deviation of the error at each step ahead: that of a level smoothed exponentially.
    #[must_use]
    pub fn spread(&self, horizon: usize) -> Vec<f64> {
        let spread = (0..horizon).map(|step| {
            let deviation = self.deviation * (1.0 + step as f64 * self.alpha * self.alpha).sqrt();
            let t = self.state.count + step;
            self.seasonal.as_ref().map_or(deviation, |seasonal| seasonal.scaled(t, deviation))
        });
        spread.collect()
    }
}

/// Where in `bounds` a function is least: the best of evenly spaced points, then by golden section.
fn least(bounds: (f64, f64), function: impl Fn(f64) -> f64) -> f64 {
    let width = (bounds.1 - bounds.0) / COARSE as f64;
    let point = |index: usize| bounds.0 + width * index as f64;
    let best = (0..=COARSE).map(|index| (function(point(index)), index));
    let (_, best) = best.min_by(|one, two| one.0.total_cmp(&two.0)).unwrap_or_default();
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (point(best.saturating_sub(1)), point((best + 1).min(COARSE)));
    for _ in 0..FINE {
        let (left, right) = (high - golden * (high - low), low + golden * (high - low));
        if function(left) <= function(right) {
            high = right;
        } else {
            low = left;
        }
    }
    // An optimum at a bound is the bound itself.
    let middle = f64::midpoint(low, high);
    [bounds.0, bounds.1]
        .into_iter()
        .filter(|bound| function(*bound) < function(middle))
        .min_by(|one, two| function(*one).total_cmp(&function(*two)))
        .unwrap_or(middle)
}
