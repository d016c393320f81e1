//! Intervals around the expected values of one series.

use crate::conformal::{self, Measured, Width};
use crate::options::Options;
use crate::remark::Remark;

/// An interval at each step ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its level in per cent.
    pub level: f64,
    /// Lower ends.
    pub lower: Vec<f64>,
    /// Upper ends.
    pub upper: Vec<f64>,
}

/// The intervals around a forecast; a higher level is never narrower than a lower one.
pub(crate) fn bands(
    made: &Measured,
    widths: &[Vec<Width>],
    options: &Options,
    remarks: &mut Vec<Remark>,
) -> Vec<Band> {
    let mut order: Vec<usize> = (0..options.levels.len()).collect();
    order.sort_by(|one, two| options.levels[*one].total_cmp(&options.levels[*two]));
    let mut bands: Vec<Option<Band>> = vec![None; order.len()];
    let mut reach = vec![0.0_f64; made.path.mean.len()];
    for index in order {
        let level = options.levels[index];
        let none = vec![Width::TooFew { square: 0.0, count: 0 }; reach.len()];
        let widths = widths.get(index).unwrap_or(&none);
        for (step, (reach, width)) in reach.iter_mut().zip(widths).enumerate() {
            *reach = reach.max(reaches(made, step, *width, level));
        }
        let varies = made.path.spread.iter().any(|spread| *spread > 0.0);
        if let Some(Width::TooFew { count, .. }) = widths.first().filter(|_| varies) {
            remarks.push(Remark::Uncalibrated { level, errors: *count, needed: conformal::needed(level) });
        }
        let end =
            |sign: f64| made.path.mean.iter().zip(&reach).map(|(mean, reach)| mean + sign * reach).collect();
        bands[index] = Some(Band { level, lower: end(-1.0), upper: end(1.0) });
    }
    bands.into_iter().flatten().collect()
}

/// How far the interval reaches to each side of the expected value.
fn reaches(made: &Measured, step: usize, width: Width, level: f64) -> f64 {
    match width {
        Width::Measured(width) => width * made.yardstick[step],
        Width::TooFew { square, count } => {
            let yardstick = made.yardstick[step];
            let errors = (square * yardstick * yardstick, count);
            conformal::reaches(level, errors, made.path.spread[step], made.path.residuals.len())
        }
    }
}
