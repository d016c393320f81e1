//! The highest likelihood of a model with a few positive parameters.
//!
//! Newton's method on the logarithms of the parameters, damped as by Levenberg (1944) and Marquardt (1963): the curvature
//! is the central difference of the exact slope, and where it does not point upwards the step leans towards the slope.

use crate::linear::Cholesky;

const MOST_ROUNDS: usize = 200;
/// Step of the central difference, in logarithms.
const NUDGE: f64 = 1e-4;
/// By how little, relative to its size, the likelihood may still rise at the end.
const SETTLED: f64 = 1e-15;
/// The longest step, in logarithms.
const LONGEST: f64 = 1.5;
/// A parameter beyond exp(±14), about a millionth or a million times the scale of the data, runs away.
const FARTHEST: f64 = 14.0;
/// What has come so far when another parameter runs away goes with it.
const FAR: f64 = 7.0;

/// The top.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Top {
    pub(crate) parameters: Vec<f64>,
    pub(crate) value: f64,
    /// Covariance of the logarithms of the parameters, row by row.
    pub(crate) covariance: Vec<f64>,
}

/// Why there is no top.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NoTop {
    /// The likelihood rises for ever: the parameters where it was left, as how far they went.
    RunsAway(Vec<Went>),
    /// Several parameters give the same likelihood.
    Flat,
}

/// How far a parameter went on a way without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Went {
    /// Towards nothing.
    Down,
    /// Not far.
    Nowhere,
    /// Without bound.
    Up,
}

impl Went {
    fn of(log: f64) -> Went {
        if log > FAR {
            Went::Up
        } else if log < -FAR {
            Went::Down
        } else {
            Went::Nowhere
        }
    }
}

impl Top {
    /// Standard errors of the parameters (by the delta method).
    pub(crate) fn standard_errors(&self) -> Vec<f64> {
        let size = self.parameters.len();
        let error = |at: usize| self.parameters[at] * self.covariance[at * size + at].sqrt();
        (0..size).map(error).collect()
    }
}

/// Climbs `likelihood`, which gives value and slope at positive parameters, from `start`.
pub(crate) fn climb(likelihood: &dyn Fn(&[f64]) -> (f64, Vec<f64>), start: &[f64]) -> Result<Top, NoTop> {
    let logs = |parameters: &[f64]| parameters.iter().map(|one| one.ln()).collect::<Vec<f64>>();
    let hill = Hill { likelihood };
    let (mut at, mut damping) = (logs(start), 1e-3);
    let (mut value, mut slope) = hill.at(&at);
    for _ in 0..MOST_ROUNDS {
        let curvature = hill.curvature(&at);
        if let Ok(factor) = Cholesky::new(curvature.clone(), at.len()) {
            let step = factor.solve(&slope);
            let gain: f64 = step.iter().zip(&slope).map(|(a, b)| a * b).sum::<f64>() / 2.0;
            if gain <= SETTLED * (1.0 + value.abs()) {
                // The last step squares what little error is left.
                at.iter_mut().zip(&step).for_each(|(at, step)| *at += step);
                let parameters: Vec<f64> = at.iter().map(|log| log.exp()).collect();
                let value = likelihood(&parameters).0;
                return Ok(Top { parameters, value, covariance: factor.inverse() });
            }
        }
        let Some((next, there, ahead, eased)) = hill.step(&at, value, &slope, &curvature, damping) else {
            return Err(NoTop::Flat);
        };
        (at, value, slope, damping) = (next, there, ahead, eased);
        if at.iter().any(|log| log.abs() > FARTHEST) {
            return Err(NoTop::RunsAway(at.into_iter().map(Went::of).collect()));
        }
    }
    Err(NoTop::Flat)
}

struct Hill<'a> {
    likelihood: &'a dyn Fn(&[f64]) -> (f64, Vec<f64>),
}

impl Hill<'_> {
    /// Value and slope at logarithms.
    fn at(&self, logs: &[f64]) -> (f64, Vec<f64>) {
        let parameters: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        let (value, slope) = (self.likelihood)(&parameters);
        (value, slope.iter().zip(&parameters).map(|(slope, parameter)| slope * parameter).collect())
    }

    /// The negative second derivatives, row by row.
    fn curvature(&self, logs: &[f64]) -> Vec<f64> {
        let size = logs.len();
        let mut curvature = vec![0.0; size * size];
        for column in 0..size {
            let beside = |nudge: f64| {
                let mut logs = logs.to_vec();
                logs[column] += nudge;
                self.at(&logs).1
            };
            let (below, above) = (beside(-NUDGE), beside(NUDGE));
            for row in 0..size {
                let half = (below[row] - above[row]) / (4.0 * NUDGE);
                curvature[row * size + column] += half;
                curvature[column * size + row] += half;
            }
        }
        curvature
    }

    /// A step that does not fall, with the value and slope there and the damping for the next.
    fn step(
        &self,
        at: &[f64],
        value: f64,
        slope: &[f64],
        curvature: &[f64],
        mut damping: f64,
    ) -> Option<(Vec<f64>, f64, Vec<f64>, f64)> {
        while damping < 1e12 {
            if let Some(step) = damped(slope, curvature, damping) {
                let next: Vec<f64> = at.iter().zip(&step).map(|(at, step)| at + step).collect();
                let (there, ahead) = self.at(&next);
                // Near the top the value stands still within rounding while the slope still tells the way.
                if there >= value - 1e-14 * (1.0 + value.abs()) {
                    return Some((next, there, ahead, (damping / 10.0).max(1e-14)));
                }
            }
            damping *= 10.0;
        }
        None
    }
}

/// The step of the curvature with `damping` times the size of its diagonal added, cut to the longest.
fn damped(slope: &[f64], curvature: &[f64], damping: f64) -> Option<Vec<f64>> {
    let size = slope.len();
    let largest = (0..size).map(|at| curvature[at * size + at].abs()).fold(0.0, f64::max);
    let mut steeper = curvature.to_vec();
    for at in 0..size {
        let own = curvature[at * size + at].abs();
        steeper[at * size + at] += damping * own.max(1e-6 * largest);
    }
    let step = Cholesky::new(steeper, size).ok()?.solve(slope);
    let length = step.iter().fold(0.0, |longest: f64, part| longest.max(part.abs()));
    let cut = if length > LONGEST { LONGEST / length } else { 1.0 };
    Some(step.iter().map(|part| part * cut).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_quadratic_in_logarithms_is_found_with_its_covariance() {
        let hill = |at: &[f64]| {
            let (x, y) = (at[0].ln() - 1.0, at[1].ln() + 2.0);
            let value = -(2.0 * x * x + x * y + y * y);
            (value, vec![-(4.0 * x + y) / at[0], -(x + 2.0 * y) / at[1]])
        };
        let top = climb(&hill, &[1.0, 1.0]).unwrap();
        assert!((top.parameters[0] - 1.0_f64.exp()).abs() < 1e-10, "{top:?}");
        assert!((top.parameters[1] - (-2.0_f64).exp()).abs() < 1e-10, "{top:?}");
        // The inverse of [4 1; 1 2].
        let expected = [2.0 / 7.0, -1.0 / 7.0, -1.0 / 7.0, 4.0 / 7.0];
        assert!(top.covariance.iter().zip(expected).all(|(got, want)| (got - want).abs() < 1e-6), "{top:?}");
    }

    #[test]
    fn a_hill_without_a_top_is_said() {
        let rises = |at: &[f64]| (-1.0 / at[0], vec![1.0 / (at[0] * at[0])]);
        assert_eq!(climb(&rises, &[1.0]).err(), Some(NoTop::RunsAway(vec![Went::Up])));
        let flat = |at: &[f64]| {
            (-(at[0] * at[1] - 1.0).powi(2), {
                let slope = -2.0 * (at[0] * at[1] - 1.0);
                vec![slope * at[1], slope * at[0]]
            })
        };
        assert_eq!(climb(&flat, &[2.0, 2.0]).err(), Some(NoTop::Flat));
    }
}
