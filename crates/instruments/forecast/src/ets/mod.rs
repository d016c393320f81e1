//! Exponential smoothing in state space form, its form chosen by AICc.
//!
//! Sources: Hyndman, Koehler, Snyder & Grose (2002), *International Journal of Forecasting* 18, 439–454;
//! Hyndman, Koehler, Ord & Snyder (2008), *Forecasting with Exponential Smoothing*, Springer.
//!
//! | file | holds |
//! | --- | --- |
//! | `form` | [`Form`]: error, trend, season |
//! | `recursion` | one pass over the series, and backwards for the gradient |
//! | `start` | where the search starts |
//! | `fit` | the likeliest parameters of a form |

mod fit;
mod form;
mod recursion;
pub(crate) mod start;

pub use form::{ErrorForm, Form, Season, Trend};

use crate::minimise::Patience;
use recursion::{Coefficients, Pass};
use start::Starts;

/// A fitted form of exponential smoothing.
#[derive(Debug, Clone)]
pub struct Smoothing {
    form: Form,
    at: Coefficients,
    pass: Pass,
    /// Observations seen.
    count: usize,
    /// What values were divided by.
    scale: f64,
    /// Standard deviation of one-step errors, in units of the series.
    deviation: f64,
    criterion: f64,
    residuals: Vec<f64>,
}

/// A season of more periods than this has too many states to estimate (as in R's `forecast`).
pub const LONGEST_SEASON: usize = 24;

/// The search ends where it gains less than this of twice the log-likelihood.
const PATIENCE: Patience = Patience { steps: 200, gain: 1e-5 };

impl Smoothing {
    /// The form with the least AICc, fitted to `values`; none where no form can be fitted (fewer than
    /// five values, or all the same).
    #[must_use]
    pub fn best(values: &[f64], season_length: usize) -> Option<Smoothing> {
        let scale = scale(values)?;
        let scaled: Vec<f64> = values.iter().map(|value| value / scale).collect();
        let positive = scaled.iter().all(|value| *value > 0.0);
        let seasonal = (2..=LONGEST_SEASON).contains(&season_length) && values.len() > 2 * season_length;
        let starts = Starts::of(&scaled, season_length);
        let mut best: Option<Smoothing> = None;
        for form in Form::candidates(seasonal, positive) {
            let found = Smoothing::fit_scaled(form, &starts, &scaled, season_length, scale);
            let better =
                |found: &Smoothing| best.as_ref().is_none_or(|best| found.criterion < best.criterion);
            best = found.filter(better).or(best);
        }
        best
    }

    /// One form, fitted to `values`.
    #[must_use]
    pub fn fit(form: Form, values: &[f64], season_length: usize) -> Option<Smoothing> {
        let scale = scale(values)?;
        let scaled: Vec<f64> = values.iter().map(|value| value / scale).collect();
        let starts = Starts::of(&scaled, season_length);
        Smoothing::fit_scaled(form, &starts, &scaled, season_length, scale)
    }

    fn fit_scaled(
        form: Form,
        starts: &Starts,
        scaled: &[f64],
        season_length: usize,
        scale: f64,
    ) -> Option<Smoothing> {
        let (count, parameters) = (scaled.len() as f64, form.parameters(season_length) as f64);
        if count - parameters - 1.0 <= 0.0 {
            return None;
        }
        let start = starts.coefficients(form)?;
        let (at, loss) = fit::likeliest(form, &start, scaled, PATIENCE)?;
        let mut pass = Pass::default();
        if !pass.run(form, &at, scaled) {
            return None;
        }
        let penalty = 2.0 * parameters + 2.0 * parameters * (parameters + 1.0) / (count - parameters - 1.0);
        let residuals: Vec<f64> = pass.errors(scaled).map(|error| error * scale).collect();
        let squares: f64 = residuals.iter().map(|error| error * error).sum();
        let deviation = (squares / (count - parameters).max(1.0)).sqrt();
        // The likelihood of the values as they are, not of the scaled ones.
        let criterion = loss + 2.0 * count * scale.ln() + penalty;
        Some(Smoothing { form, at, pass, count: scaled.len(), scale, deviation, criterion, residuals })
    }

    /// The form.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Akaike's criterion corrected for short series, without the constant n (ln(2π/n) + 1), as R's `forecast`
    /// prints it.
    #[must_use]
    pub fn aicc(&self) -> f64 {
        self.criterion
    }

    /// Smoothing parameters α, β, γ and the damping φ; 0, 0 and 1 where the form has none.
    #[must_use]
    pub fn parameters(&self) -> [f64; 4] {
        [self.at.alpha, self.at.beta, self.at.gamma, self.at.phi]
    }

    /// One-step errors, in units of the series.
    #[must_use]
    pub fn residuals(&self) -> &[f64] {
        &self.residuals
    }

    /// Expected values 1, 2, …, `horizon` steps after the last observation.
    #[must_use]
    pub fn forecast(&self, horizon: usize) -> Vec<f64> {
        let path = self.pass.ahead(self.form, self.at.phi, self.count, horizon);
        path.into_iter().map(|value| value * self.scale).collect()
    }

    /// Standard deviation of the error at each step ahead: exact for additive forms (Hyndman et al. 2008,
    /// table 6.1), and the same growth for multiplicative ones.
    #[must_use]
    pub fn spread(&self, horizon: usize) -> Vec<f64> {
        let Coefficients { alpha, beta, gamma, phi, season, .. } = &self.at;
        let cycle = season.len();
        let (mut growth, mut carried, mut damping) = (1.0, 0.0, 1.0);
        let mut spread = Vec::with_capacity(horizon);
        for step in 1..=horizon {
            spread.push(self.deviation * f64::sqrt(growth));
            damping *= phi;
            carried += damping;
            let season = if cycle > 0 && step % cycle == 0 { *gamma } else { 0.0 };
            growth += (alpha + beta * carried + season).powi(2);
        }
        spread
    }
}

/// The mean size of values: what they are divided by. None where there are too few or they never change.
fn scale(values: &[f64]) -> Option<f64> {
    let first = values.first()?;
    let changes = values.iter().any(|value| (value - first).abs() > 0.0);
    let scale = values.iter().map(|value| value.abs()).sum::<f64>() / values.len() as f64;
    (values.len() >= 5 && changes && scale.is_finite() && scale > 0.0).then_some(scale)
}
