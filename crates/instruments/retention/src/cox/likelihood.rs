//! Efron's partial likelihood (1977, JASA 72, 557–565), time by time from the latest to the first.
//!
//! Where d customers left at one time, the l-th of them (l = 0 … d − 1) left a risk set in which those d still count with
//! weight 1 − l ÷ d.

use super::sample::Sample;

/// What one time at which somebody left adds.
pub(super) struct Moment {
    pub(super) time: f64,
    /// Subjects who left then, by place in the sample.
    pub(super) left: std::ops::Range<usize>,
    /// Mean covariates of the risk set, averaged over the ties.
    pub(super) mean: Vec<f64>,
    /// Covariance of the covariates in the risk set, summed over the ties, row by row.
    pub(super) covariance: Vec<f64>,
    /// Logarithm of the risk set's weights, summed over the ties.
    pub(super) log_weights: f64,
}

/// The log likelihood at some coefficients, with its slope and negative curvature.
pub(super) struct Likelihood {
    pub(super) value: f64,
    pub(super) slope: Vec<f64>,
    /// Row by row.
    pub(super) information: Vec<f64>,
}

impl Likelihood {
    pub(super) fn at(sample: &Sample, coefficients: &[f64]) -> Likelihood {
        let size = sample.covariates();
        let mut sum = Likelihood { value: 0.0, slope: vec![0.0; size], information: vec![0.0; size * size] };
        for moment in moments(sample, coefficients) {
            let deaths = moment.left.len() as f64;
            sum.value -= moment.log_weights;
            add(&mut sum.slope, &moment.mean, -deaths);
            add(&mut sum.information, &moment.covariance, 1.0);
            for subject in moment.left {
                sum.value += linear(sample.row(subject), coefficients);
                add(&mut sum.slope, sample.row(subject), 1.0);
            }
        }
        sum
    }
}

/// The times at which somebody left, latest first.
pub(super) fn moments<'a>(sample: &'a Sample, coefficients: &'a [f64]) -> impl Iterator<Item = Moment> + 'a {
    let mut at_risk = Sums::new(sample.covariates());
    sample.blocks().filter_map(move |block| {
        let mut leaving = Sums::new(sample.covariates());
        let deaths = block.clone().filter(|subject| sample.left[*subject]).count();
        for subject in block.clone() {
            let row = sample.row(subject);
            let weight = linear(row, coefficients).exp();
            at_risk.add(row, weight);
            if sample.left[subject] {
                leaving.add(row, weight);
            }
        }
        // In a block those who left come first.
        (deaths > 0)
            .then(|| moment(sample.times[block.start], block.start..block.start + deaths, &at_risk, &leaving))
    })
}

fn moment(time: f64, left: std::ops::Range<usize>, at_risk: &Sums, leaving: &Sums) -> Moment {
    let (size, deaths) = (at_risk.first.len(), left.len() as f64);
    let mut moment = Moment {
        time,
        left: left.clone(),
        mean: vec![0.0; size],
        covariance: vec![0.0; size * size],
        log_weights: 0.0,
    };
    for earlier in 0..left.len() {
        let part = earlier as f64 / deaths;
        let weights = at_risk.weights - part * leaving.weights;
        moment.log_weights += weights.ln();
        let mean: Vec<f64> =
            at_risk.first.iter().zip(&leaving.first).map(|(all, own)| (all - part * own) / weights).collect();
        for row in 0..size {
            moment.mean[row] += mean[row] / deaths;
            for column in 0..size {
                let at = row * size + column;
                let second = (at_risk.second[at] - part * leaving.second[at]) / weights;
                moment.covariance[at] += second - mean[row] * mean[column];
            }
        }
    }
    moment
}

/// Weighted sums over a set of subjects.
struct Sums {
    weights: f64,
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Sums {
    fn new(size: usize) -> Sums {
        Sums { weights: 0.0, first: vec![0.0; size], second: vec![0.0; size * size] }
    }

    fn add(&mut self, row: &[f64], weight: f64) {
        self.weights += weight;
        add(&mut self.first, row, weight);
        for (value, line) in row.iter().zip(self.second.chunks_mut(row.len())) {
            add(line, row, weight * value);
        }
    }
}

/// `to` + `factor` × `what`.
pub(super) fn add(to: &mut [f64], what: &[f64], factor: f64) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += factor * what);
}

pub(super) fn linear(row: &[f64], coefficients: &[f64]) -> f64 {
    row.iter().zip(coefficients).map(|(value, coefficient)| value * coefficient).sum()
}
