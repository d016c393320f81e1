//! Subjects as the likelihood wants them: checked, latest first, covariates centred and scaled.

use super::Subject;
use crate::Error;
use crate::survival::check_times;

/// Checked subjects. Centring and scaling change no estimate; they keep the arithmetic well conditioned.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) names: Vec<String>,
    /// Standard deviation of each covariate, by which it was divided.
    pub(super) scales: Vec<f64>,
    /// By time, latest first; at one time those who left before the others.
    pub(super) times: Vec<f64>,
    pub(super) left: Vec<bool>,
    /// Row by row.
    values: Vec<f64>,
}

impl Sample {
    pub(super) fn new(names: &[&str], subjects: &[Subject]) -> Result<Sample, Error> {
        check(names, subjects)?;
        let mut sorted: Vec<&Subject> = subjects.iter().collect();
        // By everything there is, so that the order of rows changes no sum.
        sorted.sort_by(|one, other| {
            let covariates = || {
                let pairs = one.covariates.iter().zip(&other.covariates);
                pairs.map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne())
            };
            let order = other.time.total_cmp(&one.time).then(other.left.cmp(&one.left));
            order.then_with(|| covariates().unwrap_or(std::cmp::Ordering::Equal))
        });
        let count = sorted.len() as f64;
        let mut values: Vec<f64> = sorted.iter().flat_map(|one| one.covariates.iter().copied()).collect();
        let mut scales = Vec::with_capacity(names.len());
        for (column, name) in names.iter().enumerate() {
            let cells = || (0..sorted.len()).map(|row| row * names.len() + column);
            let mean = cells().map(|at| values[at]).sum::<f64>() / count;
            let variance = cells().map(|at| (values[at] - mean).powi(2)).sum::<f64>() / count;
            let scale = variance.sqrt();
            if scale <= 1e-12 * mean.abs() {
                return Err(Error::data(format!("{name} is the same for everyone: leave it out")));
            }
            cells().for_each(|at| values[at] = (values[at] - mean) / scale);
            scales.push(scale);
        }
        Ok(Sample {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            scales,
            times: sorted.iter().map(|one| one.time).collect(),
            left: sorted.iter().map(|one| one.left).collect(),
            values,
        })
    }

    pub(super) fn covariates(&self) -> usize {
        self.names.len()
    }

    pub(super) fn subjects(&self) -> usize {
        self.times.len()
    }

    pub(super) fn events(&self) -> usize {
        self.left.iter().filter(|left| **left).count()
    }

    /// The scaled covariates of one subject.
    pub(super) fn row(&self, subject: usize) -> &[f64] {
        &self.values[subject * self.covariates()..(subject + 1) * self.covariates()]
    }

    /// Subjects with one time, latest time first.
    pub(super) fn blocks(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut next = 0;
        self.times.chunk_by(|one, other| one.total_cmp(other).is_eq()).map(move |block| {
            next += block.len();
            next - block.len()..next
        })
    }
}

fn check(names: &[&str], subjects: &[Subject]) -> Result<(), Error> {
    if names.is_empty() {
        return Err(Error::data("There are no covariates: name at least one"));
    }
    if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        return Err(Error::data(format!("{} is named twice: name each covariate once", twice.1)));
    }
    check_times(subjects.iter().map(|one| one.time))?;
    for (at, subject) in subjects.iter().enumerate() {
        if subject.covariates.len() != names.len() {
            let says = format!("there are {} for {} names", subject.covariates.len(), names.len());
            return Err(Error::row(at, "covariates", says));
        }
        if let Some(wrong) = subject.covariates.iter().position(|value| !value.is_finite()) {
            return Err(Error::row(at, "covariates", format!("{} is no number", names[wrong])));
        }
    }
    if !subjects.iter().any(|one| one.left) {
        return Err(Error::data("Nobody has left yet: there is nothing to learn what makes customers leave"));
    }
    Ok(())
}
