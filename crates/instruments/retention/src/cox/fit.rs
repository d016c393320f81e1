//! Newton–Raphson on the partial likelihood.

use perception::{Interval, Level};

use super::concordance::{Concordance, concordance};
use super::likelihood::{Likelihood, add, linear};
use super::sample::Sample;
use super::{ProportionalHazards, ScaledResidual, Subject, TimeScale, proportional};
use crate::linear::Cholesky;
use crate::test::two_sided;
use crate::{ChiSquareTest, Error};

const MODEL: &str = "Cox's model";
const MOST_ROUNDS: usize = 60;
/// By how little, relative to its size, the likelihood may still rise at the end.
const SETTLED: f64 = 1e-13;
/// By how much the standard error of an effect may grow from no effects to the fit; beyond, nothing holds the effect.
const MOST_GROWTH: f64 = 1e3;

/// The effect of one covariate.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// Its name.
    pub name: String,
    /// Change of the logarithm of the hazard of leaving per unit.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// By which factor one unit more multiplies the hazard.
    pub hazard_ratio: f64,
    /// Interval of the hazard ratio.
    pub interval: Interval,
    /// Estimate ÷ standard error.
    pub z: f64,
    /// How often chance alone gives as much or more.
    pub p: f64,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct CoxModel {
    /// The covariates' effects, in the order of the names.
    pub coefficients: Vec<Coefficient>,
    /// Covariance of the estimates, row by row.
    pub covariance: Vec<Vec<f64>>,
    /// Customers.
    pub subjects: usize,
    /// Those who left.
    pub events: usize,
    /// Partial log likelihood.
    pub log_likelihood: f64,
    /// The same without any effect.
    pub null_log_likelihood: f64,
    /// Whether the covariates together say anything.
    pub likelihood_ratio: ChiSquareTest,
    /// How well the model tells who leaves sooner.
    pub concordance: Concordance,
    sample: Sample,
    /// Of the scaled covariates.
    scaled: Vec<f64>,
}

/// Fits the hazard of leaving to `names`, the covariates of each subject (Cox 1972, JRSS B 34, 187–220; ties as Efron
/// 1977). The order of subjects changes nothing.
///
/// # Errors
/// [`Error::Row`] and [`Error::Data`] for input that is no sample: no covariates, nobody who left, a time or covariate
/// that is no number, a covariate that is the same for everyone or follows from others. [`Error::NoFit`], where a
/// covariate tells who leaves so exactly that its effect has no bound.
pub fn cox(names: &[&str], subjects: &[Subject], level: Level) -> Result<CoxModel, Error> {
    let sample = Sample::new(names, subjects)?;
    let size = sample.covariates();
    let null = Likelihood::at(&sample, &vec![0.0; size]);
    let unheld =
        Cholesky::new(null.information.clone(), size).map_err(|column| follows(&sample, column))?.inverse();
    let (scaled, fitted) = climb(&sample)?;
    let inverse = factor(&sample, &fitted)?.inverse();
    let grown = |at: &usize| (inverse[at * size + at] / unheld[at * size + at]).sqrt() > MOST_GROWTH;
    if let Some(column) = (0..size).find(grown) {
        return Err(runs_away(&sample, column));
    }
    let covariance: Vec<Vec<f64>> = (0..size)
        .map(|row| {
            (0..size).map(|k| inverse[row * size + k] / (sample.scales[row] * sample.scales[k])).collect()
        })
        .collect();
    let coefficient = |at: usize| {
        let name = sample.names[at].clone();
        Coefficient::new(name, scaled[at] / sample.scales[at], covariance[at][at].sqrt(), level)
    };
    let risks: Vec<f64> = (0..sample.subjects()).map(|one| linear(sample.row(one), &scaled)).collect();
    Ok(CoxModel {
        coefficients: (0..size).map(coefficient).collect(),
        covariance,
        subjects: sample.subjects(),
        events: sample.events(),
        log_likelihood: fitted.value,
        null_log_likelihood: null.value,
        likelihood_ratio: ChiSquareTest::new(2.0 * (fitted.value - null.value), size),
        concordance: concordance(&sample, &risks),
        sample,
        scaled,
    })
}

impl Coefficient {
    fn new(name: String, estimate: f64, standard_error: f64, level: Level) -> Coefficient {
        let z = estimate / standard_error;
        let interval = Interval::around(estimate, level.normal_quantile() * standard_error, level);
        Coefficient {
            name,
            estimate,
            standard_error,
            hazard_ratio: estimate.exp(),
            interval: Interval { lower: interval.lower.exp(), upper: interval.upper.exp(), level },
            z,
            p: two_sided(z),
        }
    }
}

impl CoxModel {
    /// Whether effects change with time (Grambsch and Therneau 1994).
    ///
    /// # Errors
    /// [`Error::Data`], where fewer than two times saw somebody leave, or a time of 0 has no logarithm.
    pub fn proportional_hazards(&self, scale: TimeScale) -> Result<ProportionalHazards, Error> {
        proportional::check(&self.sample, &self.scaled, scale)
    }

    /// Scaled Schoenfeld residuals: around which value each effect seems to lie at each time somebody left. Ascending by
    /// time; plotted over time they show how an effect changes.
    #[must_use]
    pub fn scaled_residuals(&self) -> Vec<ScaledResidual> {
        proportional::residuals(&self.sample, &self.scaled, &self.covariance)
    }
}

/// The coefficients of the scaled covariates at the top, and the likelihood there.
fn climb(sample: &Sample) -> Result<(Vec<f64>, Likelihood), Error> {
    let mut at = vec![0.0; sample.covariates()];
    let mut here = Likelihood::at(sample, &at);
    for _ in 0..MOST_ROUNDS {
        let step = factor(sample, &here)?.solve(&here.slope);
        let gain = linear(&step, &here.slope) / 2.0;
        let (next, there) = rise(sample, &at, &step, here.value);
        (at, here) = (next, there);
        if gain <= SETTLED * (1.0 + here.value.abs()) {
            return Ok((at, here));
        }
    }
    let says = format!("the likelihood did not settle in {MOST_ROUNDS} rounds; leave out a covariate");
    Err(Error::NoFit { model: MODEL, says })
}

/// A step, halved until the likelihood does not fall (within rounding).
fn rise(sample: &Sample, at: &[f64], step: &[f64], value: f64) -> (Vec<f64>, Likelihood) {
    let mut length = 1.0;
    loop {
        let mut next = at.to_vec();
        add(&mut next, step, length);
        let there = Likelihood::at(sample, &next);
        if there.value >= value - 1e-12 * (1.0 + value.abs()) || length < 1e-6 {
            return (next, there);
        }
        length /= 2.0;
    }
}

/// Where the information has a factor without effects and none here, an effect has run away.
fn factor(sample: &Sample, likelihood: &Likelihood) -> Result<Cholesky, Error> {
    Cholesky::new(likelihood.information.clone(), sample.covariates())
        .map_err(|column| runs_away(sample, column))
}

fn follows(sample: &Sample, column: usize) -> Error {
    let says = "follows from the other covariates, or does not differ among those at risk: leave it out";
    Error::data(format!("{} {says}", sample.names[column]))
}

fn runs_away(sample: &Sample, column: usize) -> Error {
    let says = format!(
        "{} tells exactly who leaves first, so its effect has no bound; compare the groups with a log-rank test instead",
        sample.names[column]
    );
    Error::NoFit { model: MODEL, says }
}
