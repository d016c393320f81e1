//! What was found in a series, and what was done about it.

use std::fmt;

use crate::method::Method;

/// One thing to know of a series' forecast. Positions count observations from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// Periods without a value were filled between their neighbours, with the season where there is one.
    Filled {
        /// How many.
        count: usize,
        /// The first of them.
        first: usize,
    },
    /// Periods without a value at the end were left out: the forecast starts after the last value.
    Trimmed {
        /// How many.
        count: usize,
    },
    /// Some values are zero or negative: forms that multiply are left out.
    NotPositive {
        /// Values that are zero.
        zeros: usize,
        /// Values below zero.
        negatives: usize,
    },
    /// A single value far from its neighbours; the fit sees the value that they suggest.
    Outlier {
        /// Where.
        at: usize,
        /// What was observed.
        seen: f64,
        /// What the fit was given; the same value where it was left, because it is too near the end to tell it
        /// from the start of a new level.
        used: f64,
    },
    /// From here on the series stands on another level; what came before was moved onto it.
    LevelShift {
        /// The first observation on the new level.
        at: usize,
        /// By how much, in units of the series at the break.
        by: f64,
    },
    /// Too few values for anything but the last one.
    Short {
        /// How many there are.
        count: usize,
    },
    /// Too few values to see a season.
    SeasonUnseen {
        /// The season that was asked for.
        season_length: usize,
        /// How many values there are.
        count: usize,
        /// How many it takes.
        needed: usize,
    },
    /// It never changes: neither does its forecast, and the intervals have no width.
    Constant,
    /// Values come now and then.
    Intermittent {
        /// Mean time between two of them, in periods.
        every: f64,
        /// Nothing came for so long that it may have ended.
        may_have_ended: bool,
    },
    /// The method could not be fitted; this one was used.
    FellBack {
        /// The one that was used.
        to: Method,
    },
    /// No value was ever below zero, so no forecast is.
    Floored,
    /// Past forecasts with nothing ahead in common are too few to count off an interval of this level: it rests on
    /// Student's t around their errors, or on the model's own deviation, and may hold less than its level.
    Uncalibrated {
        /// The level, in per cent.
        level: f64,
        /// Such forecasts there are.
        errors: usize,
        /// Such forecasts it takes.
        needed: usize,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::Filled { count, first } => {
                write!(
                    f,
                    "{count} missing, the first at observation {}: filled between neighbours",
                    first + 1
                )
            }
            Remark::Trimmed { count } => {
                write!(f, "the last {count} have no value: the forecast starts after the last value")
            }
            Remark::NotPositive { zeros, negatives } => {
                write!(f, "{zeros} zero and {negatives} negative: forms that multiply are left out")
            }
            Remark::Outlier { .. } | Remark::LevelShift { .. } => self.unusual(f),
            Remark::Short { count } => write!(f, "only {count} values: the last one is the forecast"),
            Remark::SeasonUnseen { season_length, count, needed } => {
                write!(f, "a season of {season_length} cannot be seen in {count} values: {needed} are needed")
            }
            Remark::Constant => f.write_str("it never changes: the intervals have no width"),
            Remark::Intermittent { every, may_have_ended } => {
                let ended = if *may_have_ended { "; it may have ended" } else { "" };
                write!(f, "a demand every {every:.1} periods{ended}: the forecast is a mean per period")
            }
            Remark::FellBack { to } => write!(f, "the method cannot be fitted: {to} instead"),
            Remark::Floored => f.write_str("no value was ever below zero: forecasts stop there"),
            Remark::Uncalibrated { level, errors: 0, needed } => write!(
                f,
                "{level} % interval from the model alone, its coverage not measured: no past errors, \
                 {needed} are needed"
            ),
            Remark::Uncalibrated { level, errors, needed } => write!(
                f,
                "{level} % interval by Student's t, it may hold less: past forecasts count as {errors} of the {needed} \
                 independent ones that it takes"
            ),
        }
    }
}

impl Remark {
    fn unusual(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::Outlier { at, seen, used } if seen.to_bits() == used.to_bits() => {
                write!(f, "observation {} is far off ({seen}): left, it may be a new level", at + 1)
            }
            Remark::Outlier { at, seen, used } => {
                write!(f, "observation {} is an outlier ({seen}): fitted as {used:.4}", at + 1)
            }
            Remark::LevelShift { at, by } => {
                write!(
                    f,
                    "a new level from observation {} ({by:+.4}): the values before were moved onto it",
                    at + 1
                )
            }
            _ => Ok(()),
        }
    }
}
