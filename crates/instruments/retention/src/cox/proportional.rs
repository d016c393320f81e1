//! Do effects change with time? The score test for β + γ·g(t) (Grambsch and Therneau 1994, Biometrika 81, 515–526), with
//! the risk set's covariance at each time rather than its average, and scaled Schoenfeld residuals (Schoenfeld 1982).

use super::likelihood::{Moment, add, moments};
use super::sample::Sample;
use crate::linear::Cholesky;
use crate::{ChiSquareTest, Error};

/// How time is seen by the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeScale {
    /// Part of customers who left before, by Kaplan–Meier: late times with few customers weigh no more than others.
    KaplanMeier,
    /// Time itself.
    Identity,
    /// Its logarithm.
    Logarithm,
}

/// Whether one covariate's effect changes with time.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectOverTime {
    /// The covariate.
    pub name: String,
    /// The test; a small p says that its hazards are not proportional.
    pub test: ChiSquareTest,
}

/// The check of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct ProportionalHazards {
    /// Each covariate by itself.
    pub effects: Vec<EffectOverTime>,
    /// All together.
    pub global: ChiSquareTest,
}

/// The residuals of one customer who left.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaledResidual {
    /// When they left.
    pub time: f64,
    /// One for each covariate, around its coefficient.
    pub effects: Vec<f64>,
}

pub(super) fn check(sample: &Sample, scaled: &[f64], scale: TimeScale) -> Result<ProportionalHazards, Error> {
    let mut moments: Vec<Moment> = moments(sample, scaled).collect();
    moments.reverse();
    if moments.len() < 2 {
        return Err(Error::data("Customers left at one time only: whether effects change cannot be seen"));
    }
    let weights = centred(&seen(sample, &moments, scale)?, &moments);
    let size = sample.covariates();
    let mut score = vec![0.0; size];
    let [mut plain, mut mixed, mut squared] = [const { Vec::new() }; 3];
    for sums in [&mut plain, &mut mixed, &mut squared] {
        *sums = vec![0.0; size * size];
    }
    for (moment, weight) in moments.iter().zip(&weights) {
        add(&mut score, &residual_sum(sample, moment), *weight);
        add(&mut plain, &moment.covariance, 1.0);
        add(&mut mixed, &moment.covariance, *weight);
        add(&mut squared, &moment.covariance, weight * weight);
    }
    let unseen =
        |_| Error::data("The covariates do not differ enough over time to see whether effects change");
    let remaining = remaining(&plain, &mixed, squared, size).map_err(unseen)?;
    let effect = |at: usize| EffectOverTime {
        name: sample.names[at].clone(),
        test: ChiSquareTest::new(score[at] * score[at] / remaining[at * size + at], 1),
    };
    let effects = (0..size).map(effect).collect();
    let solved = Cholesky::new(remaining.clone(), size).map_err(unseen)?.solve(&score);
    let global = score.iter().zip(&solved).map(|(a, b)| a * b).sum();
    Ok(ProportionalHazards { effects, global: ChiSquareTest::new(global, size) })
}

/// Information on γ that β does not already hold: I_γγ − I_γβ I_ββ⁻¹ I_βγ.
fn remaining(plain: &[f64], mixed: &[f64], mut squared: Vec<f64>, size: usize) -> Result<Vec<f64>, usize> {
    let factor = Cholesky::new(plain.to_vec(), size)?;
    for column in 0..size {
        // The matrices are symmetric: a row is a column.
        let solved = factor.solve(&mixed[column * size..(column + 1) * size]);
        for row in 0..size {
            let known: f64 =
                mixed[row * size..(row + 1) * size].iter().zip(&solved).map(|(a, b)| a * b).sum();
            squared[row * size + column] -= known;
        }
    }
    Ok(squared)
}

/// Time at each moment, as `scale` sees it.
fn seen(sample: &Sample, moments: &[Moment], scale: TimeScale) -> Result<Vec<f64>, Error> {
    match scale {
        TimeScale::Identity => Ok(moments.iter().map(|moment| moment.time).collect()),
        TimeScale::Logarithm if moments[0].time <= 0.0 => Err(Error::data(
            "A customer left at time 0, which has no logarithm: choose another scale of time",
        )),
        TimeScale::Logarithm => Ok(moments.iter().map(|moment| moment.time.ln()).collect()),
        TimeScale::KaplanMeier => {
            let mut staying = 1.0;
            let gone = moments.iter().map(|moment| {
                let before = 1.0 - staying;
                // Latest first: who comes before the block is at risk after it.
                let block = sample.times.partition_point(|time| *time >= moment.time);
                staying *= (block - moment.left.len()) as f64 / block as f64;
                before
            });
            Ok(gone.collect())
        }
    }
}

/// Less their mean over those who left: the test does not change, its arithmetic is better conditioned.
fn centred(seen: &[f64], moments: &[Moment]) -> Vec<f64> {
    let deaths: usize = moments.iter().map(|moment| moment.left.len()).sum();
    let sum: f64 = seen.iter().zip(moments).map(|(time, moment)| time * moment.left.len() as f64).sum();
    seen.iter().map(|time| time - sum / deaths as f64).collect()
}

fn residual_sum(sample: &Sample, moment: &Moment) -> Vec<f64> {
    let mut sum = vec![0.0; sample.covariates()];
    for subject in moment.left.clone() {
        add(&mut sum, sample.row(subject), 1.0);
        add(&mut sum, &moment.mean, -1.0);
    }
    sum
}

/// β + d·V·s for each who left, in the covariates' own units; `covariance` is V in those units.
pub(super) fn residuals(sample: &Sample, scaled: &[f64], covariance: &[Vec<f64>]) -> Vec<ScaledResidual> {
    let (deaths, size) = (sample.events() as f64, sample.covariates());
    let mut residuals: Vec<ScaledResidual> = Vec::new();
    for moment in moments(sample, scaled) {
        for subject in moment.left.clone().rev() {
            let row = sample.row(subject);
            let own: Vec<f64> = (0..size).map(|k| (row[k] - moment.mean[k]) * sample.scales[k]).collect();
            let effect = |at: usize| {
                let shift: f64 = covariance[at].iter().zip(&own).map(|(a, b)| a * b).sum();
                scaled[at] / sample.scales[at] + deaths * shift
            };
            residuals.push(ScaledResidual { time: moment.time, effects: (0..size).map(effect).collect() });
        }
    }
    residuals.reverse();
    residuals
}
