//! Bass's curve by non-linear least squares, with standard errors.
//!
//! Adoptions in period i are m (F(i) − F(i − 1)) plus an error (Srinivasan & Mason 1986). The search is
//! Levenberg's and Marquardt's from Bass's own regression (1969) and from the average of known curves; the
//! better end counts.

use super::analogue::ANALOGUES;
use super::curve::Curve;
use crate::error::Error;
use crate::linear::Square;

/// An estimate with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// A curve fitted to adoptions per period.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// How many ever adopt (m), in units of the series.
    pub ceiling: Estimate,
    /// Innovation, per period.
    pub p: Estimate,
    /// Imitation, per period.
    pub q: Estimate,
    /// Share of the variance that the curve explains.
    pub r_squared: f64,
    /// Observed periods.
    pub periods: usize,
}

/// Periods that a fit takes at least: three numbers are estimated, and an error needs more than one left over.
const FEWEST: usize = 5;
/// A curve that explains less than this of the variance explains nothing.
const LEAST: f64 = 0.01;

/// Fits Bass's curve to adoptions in each period from the start on.
///
/// # Errors
/// [`Error::Diffusion`], where there are too few periods, a negative one, or no curve fits them.
pub fn fit(adoptions: &[f64]) -> Result<Fitted, Error> {
    let wrong = |why: String| Err(Error::Diffusion(why));
    if adoptions.len() < FEWEST {
        let count = adoptions.len();
        return wrong(format!(
            "{count} periods: a curve takes at least {FEWEST}; use the p and q of an analogue"
        ));
    }
    if let Some(at) = adoptions.iter().position(|adopted| !(*adopted >= 0.0 && adopted.is_finite())) {
        let found = adoptions[at];
        return wrong(format!("period {} has {found}: write adoptions per period, 0 or more", at + 1));
    }
    let total: f64 = adoptions.iter().sum();
    if total <= 0.0 {
        return wrong("nobody has adopted: use the p and q of an analogue".into());
    }
    let scaled: Vec<f64> = adoptions.iter().map(|adopted| adopted / total).collect();
    let ends = starts(&scaled).into_iter().filter_map(|start| climb(&scaled, start));
    let best = ends.min_by(|one, two| squares(&scaled, *one).total_cmp(&squares(&scaled, *two)));
    let fitted = best.and_then(|best| describe(&scaled, best, total));
    let why = "no curve of Bass fits: adoptions neither rise to a peak nor fall from one; use an analogue";
    fitted.ok_or_else(|| Error::Diffusion(why.into()))
}

impl Fitted {
    /// The curve.
    #[must_use]
    pub fn curve(&self) -> Curve {
        Curve { p: self.p.value, q: self.q.value }
    }

    /// Whether the peak lies ahead of what was observed: then the ceiling is a guess beyond the data.
    #[must_use]
    pub fn before_peak(&self) -> bool {
        self.curve().peak() > self.periods as f64
    }

    /// Whether the ceiling is no more than a guess: its standard error is over half of it.
    #[must_use]
    pub fn is_vague(&self) -> bool {
        self.ceiling.error > self.ceiling.value / 2.0
    }

    /// Expected adoptions in period number `period`, counted from 1.
    #[must_use]
    pub fn adoptions(&self, period: usize) -> f64 {
        self.ceiling.value * self.curve().in_period(period)
    }
}

/// Ceiling, p and q.
type Point = [f64; 3];

fn starts(adoptions: &[f64]) -> Vec<Point> {
    let total: f64 = adoptions.iter().sum();
    let known = ANALOGUES.iter().flat_map(|analogue| {
        let Curve { p, q } = analogue.curve;
        [1.1, 2.0, 5.0].map(|more| [total * more, p, q])
    });
    regression(adoptions).into_iter().chain(known).collect()
}

/// Bass's own estimate: adoptions regressed on what had been adopted before and its square.
fn regression(adoptions: &[f64]) -> Option<Point> {
    let mut normal = Square::zero(3);
    let (mut right, mut before) = ([0.0; 3], 0.0);
    for adopted in adoptions {
        let row = [1.0, before, before * before];
        for (i, one) in row.iter().enumerate() {
            right[i] += one * adopted;
            for (j, two) in row.iter().enumerate() {
                *normal.at_mut(i, j) += one * two;
            }
        }
        before += adopted;
    }
    let solved = normal.cholesky()?.solve(&right);
    let (a, b, c) = (solved[0], solved[1], solved[2]);
    let ceiling = (-b - (b * b - 4.0 * a * c).sqrt()) / (2.0 * c);
    let point = [ceiling, a / ceiling, -ceiling * c];
    possible(&point).then_some(point)
}

fn possible(point: &Point) -> bool {
    point.iter().all(|part| part.is_finite() && *part > 0.0) && point[1] < 1.0
}

fn squares(adoptions: &[f64], point: Point) -> f64 {
    let curve = Curve { p: point[1], q: point[2] };
    let errors = (1..).zip(adoptions).map(|(period, adopted)| adopted - point[0] * curve.in_period(period));
    errors.map(|error| error * error).sum()
}

/// Sums of products of the slopes, and of slopes and errors.
fn normal(adoptions: &[f64], point: Point) -> (Square, [f64; 3]) {
    let curve = Curve { p: point[1], q: point[2] };
    let (mut square, mut right) = (Square::zero(3), [0.0; 3]);
    for (period, adopted) in (1..).zip(adoptions) {
        let (end, start) = (curve.slopes(f64::from(period)), curve.slopes(f64::from(period) - 1.0));
        let share = curve.share(f64::from(period)) - curve.share(f64::from(period) - 1.0);
        let slopes = [share, point[0] * (end.0 - start.0), point[0] * (end.1 - start.1)];
        for (i, one) in slopes.iter().enumerate() {
            right[i] += one * (adopted - point[0] * share);
            for (j, two) in slopes.iter().enumerate() {
                *square.at_mut(i, j) += one * two;
            }
        }
    }
    (square, right)
}

/// Walks downhill by Levenberg's and Marquardt's steps until they no longer gain.
fn climb(adoptions: &[f64], start: Point) -> Option<Point> {
    let (mut point, mut damping) = (start, 1e-3);
    let mut value = squares(adoptions, point);
    for _ in 0..500 {
        let (mut square, right) = normal(adoptions, point);
        (0..3).for_each(|i| *square.at_mut(i, i) *= 1.0 + damping);
        let step = square.cholesky().map(|root| root.solve(&right));
        let next = step.map(|step| [point[0] + step[0], point[1] + step[1], point[2] + step[2]]);
        let reached = next.filter(possible).map(|next| (next, squares(adoptions, next)));
        match reached.filter(|(_, reached)| *reached <= value) {
            Some((next, reached)) => {
                let moved = point.iter().zip(next).all(|(at, next)| (next - at).abs() <= 1e-10 * at.abs());
                (point, value, damping) = (next, reached, (damping / 10.0).max(1e-12));
                if moved {
                    break;
                }
            }
            None if damping > 1e12 => break,
            None => damping *= 10.0,
        }
    }
    value.is_finite().then_some(point)
}

fn describe(scaled: &[f64], point: Point, total: f64) -> Option<Fitted> {
    let count = scaled.len() as f64;
    let left = squares(scaled, point);
    // A ceiling a thousand times what was seen is no estimate.
    let inverse = (point[0] < 1e3).then(|| normal(scaled, point).0.cholesky())??.inverse();
    let variance = left / (count - 3.0);
    let estimate = |i: usize, unit: f64| Estimate {
        value: point[i] * unit,
        error: (variance * inverse.at(i, i)).sqrt() * unit,
    };
    let mean = scaled.iter().sum::<f64>() / count;
    let whole: f64 = scaled.iter().map(|adopted| (adopted - mean).powi(2)).sum();
    let r_squared = if whole > 0.0 { 1.0 - left / whole } else { 0.0 };
    let (ceiling, p, q) = (estimate(0, total), estimate(1, 1.0), estimate(2, 1.0));
    (r_squared > LEAST).then_some(Fitted { ceiling, p, q, r_squared, periods: scaled.len() })
}
