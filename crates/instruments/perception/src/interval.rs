//! Levels of confidence, and intervals.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::Error;

/// How often, in the long run, an interval holds the true value: a part of 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Level(f64);

impl Level {
    /// 95 %: 19 intervals of 20 hold the true value.
    pub const NINETY_FIVE: Level = Level(0.95);

    /// `level` as a part of 1, such as 0.95.
    ///
    /// # Errors
    /// [`Error::Level`], where it is not strictly between 0 and 1.
    pub fn new(level: f64) -> Result<Level, Error> {
        if level > 0.0 && level < 1.0 { Ok(Level(level)) } else { Err(Error::Level(level.to_string())) }
    }

    /// The part of 1.
    #[must_use]
    pub const fn part(self) -> f64 {
        self.0
    }

    /// By how many standard errors a normal estimate reaches to either side: 1.96 at 95 %.
    #[must_use]
    pub fn normal_quantile(self) -> f64 {
        Normal::standard().inverse_cdf(0.5 + self.0 / 2.0)
    }

    /// The same for a mean whose variance is estimated with `freedom` degrees of freedom, above 0 (Student 1908).
    #[must_use]
    pub fn student_quantile(self, freedom: f64) -> f64 {
        let distribution = StudentsT::new(0.0, 1.0, freedom).expect("freedom is above 0");
        distribution.inverse_cdf(0.5 + self.0 / 2.0)
    }
}

/// From where to where the true value may well lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
    /// How certain that is.
    pub level: Level,
}

impl Interval {
    /// `reach` to either side of `centre`.
    #[must_use]
    pub fn around(centre: f64, reach: f64, level: Level) -> Interval {
        Interval { lower: centre - reach, upper: centre + reach, level }
    }

    /// Whether `value` lies in it; its ends do.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// The interval cut to what is possible.
    #[must_use]
    pub fn within(self, lowest: f64, highest: f64) -> Interval {
        Interval { lower: self.lower.max(lowest), upper: self.upper.min(highest), level: self.level }
    }
}
