//! A share of answers, such as who is satisfied (4 or 5 of 5), and the difference of two.

use crate::{Error, Interval, Level, Scale};

/// From this answer up one is satisfied.
const SATISFIED: u8 = 4;

/// Some of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proportion {
    some: u64,
    all: u64,
}

impl Proportion {
    /// `some` of `all`.
    ///
    /// # Errors
    /// [`Error::Counts`], where `all` is 0 or less than `some`.
    pub fn new(some: u64, all: u64) -> Result<Proportion, Error> {
        if all == 0 || some > all { Err(Error::Counts { some, all }) } else { Ok(Proportion { some, all }) }
    }

    /// Who is satisfied among single answers from 1 to 5: those of 4 and 5.
    ///
    /// # Errors
    /// [`Error::Answer`], where one is not on the scale; [`Error::Counts`], where there is none.
    pub fn satisfied(answers: &[u8]) -> Result<Proportion, Error> {
        Scale::Satisfaction.check(answers)?;
        let satisfied = answers.iter().filter(|answer| **answer >= SATISFIED).count();
        Proportion::new(satisfied as u64, answers.len() as u64)
    }

    /// How many of them.
    #[must_use]
    pub const fn some(&self) -> u64 {
        self.some
    }

    /// How many in all.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.all
    }

    /// The share, a part of 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.some as f64 / self.all as f64
    }

    /// The score interval of Wilson (1927, "Probable inference, the law of succession, and statistical inference",
    /// JASA 22, 209–212), which never leaves 0 to 1 and holds for few answers and for none or all of them.
    #[must_use]
    pub fn wilson(&self, level: Level) -> Interval {
        let (n, share, z) = (self.all as f64, self.share(), level.normal_quantile());
        let shrink = 1.0 + z * z / n;
        let centre = (share + z * z / (2.0 * n)) / shrink;
        let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
        let interval = Interval::around(centre, reach, level);
        // At none and all of them the end is exact; rounding must not say otherwise.
        let lower = if self.some == 0 { 0.0 } else { interval.lower };
        let upper = if self.some == self.all { 1.0 } else { interval.upper };
        Interval { lower, upper, level }
    }
}

/// Interval of the difference of two shares `after − before`, from their Wilson intervals (Newcombe 1998, "Interval
/// estimation for the difference between independent proportions", Statistics in Medicine 17, 873–890, method 10).
#[must_use]
pub fn newcombe(before: Proportion, after: Proportion, level: Level) -> Interval {
    let difference = after.share() - before.share();
    let (was, is) = (before.wilson(level), after.wilson(level));
    let down = (after.share() - is.lower).hypot(was.upper - before.share());
    let up = (is.upper - after.share()).hypot(before.share() - was.lower);
    Interval { lower: difference - down, upper: difference + up, level }
}
