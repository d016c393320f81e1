//! Smoothing parameters and states by maximum likelihood.
//!
//! The search runs over free variables: smoothing parameters through a logistic curve into their bounds
//! (0 < β < α < 1, 0 < γ < 1 − α, .8 ≤ φ ≤ .98: Hyndman et al. 2008, §2.4 and the defaults of R's `forecast`),
//! states as they are, with the last season following from the others.

use super::form::{Form, Season, Trend};
use super::recursion::{Coefficients, Pass};
use crate::minimise::{Patience, Smooth, minimise};

/// Least smoothing.
const LOWEST: f64 = 1e-4;
/// Most of the level's smoothing.
const HIGHEST: f64 = 0.9999;
/// Bounds of damping.
const DAMPING: (f64, f64) = (0.8, 0.98);

/// Finds the likeliest coefficients from `start`, and minus twice their log-likelihood. None where the
/// form breaks down already there. `values` are scaled to a mean size of one.
pub(super) fn likeliest(
    form: Form,
    start: &Coefficients,
    values: &[f64],
    patience: Patience,
) -> Option<(Coefficients, f64)> {
    let mut point = free(form, start);
    let seasons = start.season.len();
    let mut likelihood = Likelihood { form, values, seasons, pass: Pass::default() };
    let loss = minimise(&mut likelihood, &mut point, patience);
    loss.is_finite().then(|| (bound(form, seasons, &point), loss))
}

struct Likelihood<'a> {
    form: Form,
    values: &'a [f64],
    seasons: usize,
    pass: Pass,
}

impl Smooth for Likelihood<'_> {
    fn value(&mut self, point: &[f64], gradient: &mut [f64]) -> f64 {
        let at = bound(self.form, self.seasons, point);
        if !self.pass.run(self.form, &at, self.values) {
            return f64::INFINITY;
        }
        let mut by_coefficient = Coefficients::zero(self.seasons);
        self.pass.gradient(self.form, &at, self.values, &mut by_coefficient);
        chain(self.form, point, &at, &by_coefficient, gradient);
        self.pass.loss(self.form, self.values)
    }
}

fn logistic(free: f64) -> f64 {
    1.0 / (1.0 + (-free).exp())
}

fn logit(share: f64) -> f64 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    (share / (1.0 - share)).ln()
}

/// The free variables of coefficients: α, β, γ, φ as far as the form has them, level, slope, seasons.
fn free(form: Form, at: &Coefficients) -> Vec<f64> {
    let mut point = vec![logit((at.alpha - LOWEST) / (HIGHEST - LOWEST))];
    if form.trend != Trend::None {
        point.push(logit((at.beta - LOWEST) / (at.alpha - LOWEST)));
    }
    if form.season != Season::None {
        point.push(logit((at.gamma - LOWEST) / (1.0 - at.alpha - LOWEST)));
    }
    if form.trend == Trend::Damped {
        point.push(logit((at.phi - DAMPING.0) / (DAMPING.1 - DAMPING.0)));
    }
    point.push(at.level);
    if form.trend != Trend::None {
        point.push(at.slope);
    }
    point.extend(at.season.iter().take(at.season.len().saturating_sub(1)));
    point
}

/// The coefficients of free variables.
fn bound(form: Form, seasons: usize, point: &[f64]) -> Coefficients {
    let mut rest = point.iter().copied();
    let mut next = || rest.next().unwrap_or_default();
    let alpha = LOWEST + (HIGHEST - LOWEST) * logistic(next());
    let beta = if form.trend == Trend::None { 0.0 } else { LOWEST + (alpha - LOWEST) * logistic(next()) };
    let gamma =
        if form.season == Season::None { 0.0 } else { LOWEST + (1.0 - alpha - LOWEST) * logistic(next()) };
    let phi = if form.trend == Trend::Damped {
        DAMPING.0 + (DAMPING.1 - DAMPING.0) * logistic(next())
    } else {
        1.0
    };
    let level = next();
    let slope = if form.trend == Trend::None { 0.0 } else { next() };
    let mut season: Vec<f64> = rest.collect();
    if seasons > 0 {
        let whole = if form.season == Season::Multiplicative { seasons as f64 } else { 0.0 };
        season.push(whole - season.iter().sum::<f64>());
    }
    Coefficients { alpha, beta, gamma, phi, level, slope, season }
}

/// The gradient by the free variables from the one by coefficients.
fn chain(form: Form, point: &[f64], at: &Coefficients, by: &Coefficients, gradient: &mut [f64]) {
    let steep = |index: usize| {
        let share: f64 = logistic(point[index]);
        (share, share * (1.0 - share))
    };
    let mut index = 1;
    let mut alpha = by.alpha;
    if form.trend != Trend::None {
        let (share, steep) = steep(index);
        gradient[index] = by.beta * (at.alpha - LOWEST) * steep;
        alpha += by.beta * share;
        index += 1;
    }
    if form.season != Season::None {
        let (share, steep) = steep(index);
        gradient[index] = by.gamma * (1.0 - at.alpha - LOWEST) * steep;
        alpha -= by.gamma * share;
        index += 1;
    }
    if form.trend == Trend::Damped {
        gradient[index] = by.phi * (DAMPING.1 - DAMPING.0) * steep(index).1;
        index += 1;
    }
    gradient[0] = alpha * (HIGHEST - LOWEST) * steep(0).1;
    gradient[index] = by.level;
    index += 1;
    if form.trend != Trend::None {
        gradient[index] = by.slope;
        index += 1;
    }
    if let Some((last, others)) = by.season.split_last() {
        for (cell, season) in gradient[index..].iter_mut().zip(others) {
            *cell = season - last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences of the loss, by going a little to each side.
    fn differences(likelihood: &mut Likelihood<'_>, point: &[f64]) -> Vec<f64> {
        let mut ignored = vec![0.0; point.len()];
        let mut at = |index: usize, step: f64| {
            let mut moved = point.to_vec();
            moved[index] += step;
            likelihood.value(&moved, &mut ignored)
        };
        (0..point.len()).map(|index| (at(index, 1e-5) - at(index, -1e-5)) / 2e-5).collect()
    }

    #[test]
    fn the_gradient_of_every_form_is_what_differences_say() {
        let wave = [0.8, 1.1, 1.3, 0.9];
        let values: Vec<f64> = (0..23)
            .map(|t| wave[t % 4] * (1.0 + 0.02 * t as f64) + 0.05 * ((t * 7 % 5) as f64 - 2.0))
            .collect();
        for form in Form::candidates(true, true) {
            let season = match form.season {
                Season::None => vec![],
                Season::Additive => vec![-0.2, 0.1, 0.25, -0.15],
                Season::Multiplicative => vec![0.85, 1.05, 1.25, 0.85],
            };
            let trend = if form.trend == Trend::None { 0.0 } else { 1.0 };
            let at = Coefficients {
                alpha: 0.3,
                beta: 0.1 * trend,
                gamma: if season.is_empty() { 0.0 } else { 0.2 },
                phi: if form.trend == Trend::Damped { 0.9 } else { 1.0 },
                level: 1.02,
                slope: 0.015 * trend,
                season,
            };
            let point = free(form, &at);
            let mut likelihood =
                Likelihood { form, values: &values, seasons: at.season.len(), pass: Pass::default() };
            let mut gradient = vec![0.0; point.len()];
            likelihood.value(&point, &mut gradient);
            for (ours, theirs) in gradient.iter().zip(differences(&mut likelihood, &point)) {
                assert!((ours - theirs).abs() < 1e-4 * (1.0 + theirs.abs()), "{form}: {ours} {theirs}");
            }
        }
    }
}
