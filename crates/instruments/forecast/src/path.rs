//! A forecast of one series before its intervals.

use crate::ets::Form;

/// Expected values step by step, with what is needed to put intervals around them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Path {
    /// Expected values 1, 2, … steps ahead, in units of the series.
    pub mean: Vec<f64>,
    /// The model's own standard deviation of each of these, in the same units. It scales the intervals;
    /// their width comes from errors of the past.
    pub spread: Vec<f64>,
    /// One-step errors over the history, the last one last.
    pub residuals: Vec<f64>,
    /// The form that was chosen, in the words of its literature; empty where there is no choice.
    pub form: String,
    /// The form of exponential smoothing in it, for whoever fits the same series a little later.
    pub smoothing: Option<Form>,
}

impl Path {
    /// The mean of two forecasts of the same series.
    #[must_use]
    pub fn mean_of(&self, other: &Path) -> Path {
        let middle =
            |one: &[f64], two: &[f64]| one.iter().zip(two).map(|(a, b)| f64::midpoint(*a, *b)).collect();
        let shared = self.residuals.len().min(other.residuals.len());
        let tail = |path: &Path| path.residuals[path.residuals.len() - shared..].to_vec();
        Path {
            mean: middle(&self.mean, &other.mean),
            spread: middle(&self.spread, &other.spread),
            residuals: middle(&tail(self), &tail(other)),
            form: format!("{} and {}", self.form, other.form),
            smoothing: self.smoothing.or(other.smoothing),
        }
    }

    /// Whether every expected value is a number.
    pub(crate) fn is_finite(&self) -> bool {
        self.mean.iter().chain(&self.spread).all(|value| value.is_finite())
    }
}
