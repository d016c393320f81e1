//! Where the search for smoothing parameters and states starts (Hyndman et al. 2008, §2.6.1).

use super::form::{Form, Season, Trend};
use super::recursion::Coefficients;
use crate::season::{self, Decomposition};

/// Starting parameters and states for every form of one series.
#[derive(Debug)]
pub(super) struct Starts {
    /// By season: none, additive, multiplicative.
    states: [Option<States>; 3],
}

/// Starting states for one kind of season.
#[derive(Debug, Clone)]
struct States {
    /// Mean of the first seasonally adjusted values.
    mean: f64,
    /// Level and slope of a line through them.
    line: (f64, f64),
    season: Vec<f64>,
}

impl Starts {
    /// Reads them off `values`; a season only where there are at least two cycles.
    pub(super) fn of(values: &[f64], season_length: usize) -> Starts {
        let plain = Some(States::of(values, season_length, Vec::new()));
        let states = |kind| {
            let seasonal = season::figures(values, season_length, kind)?;
            let adjusted: Vec<f64> = match kind {
                Decomposition::Additive => each(values, |index, value| value - seasonal.at(index)),
                Decomposition::Multiplicative => {
                    each(values, |index, value| value / seasonal.at(index).max(0.01))
                }
            };
            Some(States::of(&adjusted, season_length, seasonal.figures))
        };
        let positive = values.iter().all(|value| *value > 0.0);
        let multiplicative = positive.then(|| states(Decomposition::Multiplicative)).flatten();
        Starts { states: [plain, states(Decomposition::Additive), multiplicative] }
    }

    /// Where the search for `form` starts.
    pub(super) fn coefficients(&self, form: Form) -> Option<Coefficients> {
        let states = self.states[match form.season {
            Season::None => 0,
            Season::Additive => 1,
            Season::Multiplicative => 2,
        }]
        .as_ref()?;
        let (level, slope) = match form.trend {
            Trend::None => (states.mean, 0.0),
            _ => states.line,
        };
        let phi = if form.trend == Trend::Damped { PHI } else { 1.0 };
        let beta = if form.trend == Trend::None { 0.0 } else { BETA };
        let gamma = if form.season == Season::None { 0.0 } else { GAMMA };
        Some(Coefficients { alpha: ALPHA, beta, gamma, phi, level, slope, season: states.season.clone() })
    }
}

/// Smoothing parameters to start from.
const ALPHA: f64 = 0.5;
const BETA: f64 = 0.02;
const GAMMA: f64 = 0.04;
const PHI: f64 = 0.975;

impl States {
    fn of(adjusted: &[f64], season_length: usize, season: Vec<f64>) -> States {
        let head = &adjusted[..adjusted.len().min((2 * season_length).max(10))];
        let season = season.into_iter().map(|figure| figure.max(-1e6)).collect();
        States { mean: head.iter().sum::<f64>() / head.len() as f64, line: line(head), season }
    }
}

fn each(values: &[f64], change: impl Fn(usize, f64) -> f64) -> Vec<f64> {
    values.iter().enumerate().map(|(index, value)| change(index, *value)).collect()
}

/// The least-squares line through `values` at 1, 2, …: its value at 0 and its slope.
pub(crate) fn line(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let middle = (count + 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / count;
    let spread = count * (count * count - 1.0) / 12.0;
    if spread <= 0.0 {
        return (mean, 0.0);
    }
    let places = (1..=values.len()).map(|place| place as f64 - middle);
    let slope = places.zip(values).map(|(place, value)| place * value).sum::<f64>() / spread;
    (mean - slope * middle, slope)
}
