//! Kaplan–Meier: what part of customers is still there after each time.
//!
//! Survival (Kaplan and Meier 1958, JASA 53, 457–481) with Greenwood's variance; the interval is symmetric on the
//! log(−log) scale, so that it never leaves 0 to 1 (Kalbfleisch and Prentice 1980); the median's is Brookmeyer and
//! Crowley's (1982, Biometrics 38, 29–41).

use perception::{Interval, Level};

use super::RiskTable;
use crate::Error;

/// Half of the customers, within the rounding of products.
const HALF: f64 = 0.5 + 1e-12;

/// The curve after one time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The time.
    pub time: f64,
    /// Customers still there just before.
    pub at_risk: u64,
    /// Customers who left then.
    pub events: u64,
    /// Customers last seen then, still there.
    pub censored: u64,
    /// Part of customers still there after it.
    pub survival: f64,
    /// Greenwood's standard error of it; `None` where all have left.
    pub standard_error: Option<f64>,
    /// Log-log interval; `None` where nobody or everybody has left, since its spread is not known there.
    pub interval: Option<Interval>,
}

/// When half have left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// The first time after which no more than half are there; `None` if that was not seen.
    pub time: Option<f64>,
    /// Lower end of its interval.
    pub lower: Option<f64>,
    /// Upper end of its interval; often not seen.
    pub upper: Option<f64>,
}

/// Mean time stayed, up to a horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RestrictedMean {
    /// Up to when.
    pub horizon: f64,
    /// Mean time stayed within it: the area under the curve.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

/// A Kaplan–Meier curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    points: Vec<Point>,
}

impl Curve {
    /// The curve of `table`, with intervals at `level`.
    #[must_use]
    pub fn new(table: &RiskTable, level: Level) -> Curve {
        let (mut survival, mut hazard_variance) = (1.0, 0.0);
        let points = table.rows().iter().map(|row| {
            let (at_risk, events) = (row.at_risk as f64, row.events as f64);
            survival *= (at_risk - events) / at_risk;
            hazard_variance += events / (at_risk * (at_risk - events));
            Point {
                time: row.time,
                at_risk: row.at_risk,
                events: row.events,
                censored: row.censored,
                survival,
                standard_error: (survival > 0.0).then(|| survival * hazard_variance.sqrt()),
                interval: log_log(survival, hazard_variance.sqrt(), level),
            }
        });
        Curve { points: points.collect() }
    }

    /// The points, by time: one for each time somebody left or was last seen.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Part of customers still there after `time`; `None` beyond what was seen, unless all have left.
    #[must_use]
    pub fn survival_at(&self, time: f64) -> Option<f64> {
        (time <= self.known_until()).then(|| {
            let after = self.points.partition_point(|point| point.time <= time);
            if after == 0 { 1.0 } else { self.points[after - 1].survival }
        })
    }

    /// The median with its interval.
    #[must_use]
    pub fn median(&self) -> Median {
        let first = |below: &dyn Fn(&Point) -> bool| {
            self.points.iter().find(|point| below(point)).map(|point| point.time)
        };
        let bound = |end: fn(&Interval) -> f64| {
            first(&|point| point.interval.is_some_and(|interval| end(&interval) <= HALF))
        };
        Median {
            time: first(&|point| point.survival <= HALF),
            lower: bound(|interval| interval.lower),
            upper: bound(|interval| interval.upper),
        }
    }

    /// The last time seen; without end where all have left.
    #[must_use]
    pub fn known_until(&self) -> f64 {
        match self.points.last() {
            Some(last) if last.survival <= 0.0 => f64::INFINITY,
            last => last.map_or(0.0, |last| last.time),
        }
    }

    /// The last time somebody left or was seen.
    #[must_use]
    pub fn last_time(&self) -> f64 {
        self.points.last().map_or(0.0, |last| last.time)
    }

    /// Mean time stayed up to `horizon` (Irwin 1949, Journal of Hygiene 47, 188–189), with Greenwood's variance of the
    /// area.
    ///
    /// # Errors
    /// [`Error::Data`], where the horizon is not above zero or lies beyond what was seen.
    pub fn restricted_mean(&self, horizon: f64) -> Result<RestrictedMean, Error> {
        let seen = horizon.is_finite() && horizon > 0.0 && horizon <= self.known_until();
        if !seen {
            let last = self.last_time();
            return Err(Error::data(format!(
                "A horizon of {horizon} is not between 0 and {last}, the last time seen"
            )));
        }
        let (mut mean, mut variance) = (0.0, 0.0);
        let mut later = horizon;
        // From the end to the beginning, so that the area after each time is at hand.
        for point in self.points.iter().rev().filter(|point| point.time < horizon) {
            mean += point.survival * (later - point.time);
            let (at_risk, events) = (point.at_risk as f64, point.events as f64);
            if point.events < point.at_risk {
                variance += mean * mean * events / (at_risk * (at_risk - events));
            }
            later = point.time;
        }
        Ok(RestrictedMean { horizon, mean: mean + later, standard_error: variance.sqrt() })
    }
}

/// exp(−exp(ln(−ln S) ± z·σ ÷ ln S)), with σ the standard error of ln S.
fn log_log(survival: f64, log_error: f64, level: Level) -> Option<Interval> {
    if survival <= 0.0 || survival >= 1.0 {
        return None;
    }
    let reach = level.normal_quantile() * log_error / survival.ln();
    let at = |reach: f64| (survival.ln() * reach.exp()).exp();
    Some(Interval { lower: at(-reach), upper: at(reach), level })
}
