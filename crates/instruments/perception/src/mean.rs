//! Mean scores with Student's t interval, corrected for a finite list of invited people.
//!
//! Where 40 of 50 invited people answered, only ten opinions are unknown: the variance of the mean shrinks by the factor
//! 1 − n ÷ N (Cochran 1977, *Sampling Techniques*, §2.5). The reading says so.

use std::fmt;

use crate::{Error, Interval, Level, Scale};

/// Whether the interval is narrower because the list of invited people is finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Correction {
    /// The number of invited people is not known: as if there were ever so many.
    None,
    /// The variance was multiplied by `factor` = 1 − answers ÷ invited.
    Finite {
        /// Invited people.
        invited: u64,
        /// A part of 1.
        factor: f64,
    },
    /// Everyone who was invited answered: the mean is no estimate.
    Everyone,
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Correction::None => f.write_str("not corrected: the number of invited people is not known"),
            Correction::Finite { invited, .. } => {
                write!(f, "corrected for a list of {invited} invited people")
            }
            Correction::Everyone => {
                f.write_str("everyone invited answered: the mean is theirs, not an estimate")
            }
        }
    }
}

/// A mean score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanScore {
    /// How many answered.
    pub answers: u64,
    /// The mean answer, on the scale asked.
    pub mean: f64,
    /// Standard deviation of the answers (n − 1); `None` for one answer.
    pub standard_deviation: Option<f64>,
    /// Whether and how the interval is corrected.
    pub correction: Correction,
}

impl MeanScore {
    /// Of single `answers` on `scale`, from `invited` people where that is known.
    ///
    /// # Errors
    /// [`Error::TooFew`] without answers; [`Error::Answer`], where one is not on the scale; [`Error::Invited`], where
    /// there are more answers than invited people.
    pub fn new(scale: Scale, answers: &[u8], invited: Option<u64>) -> Result<MeanScore, Error> {
        scale.check(answers)?;
        let count = answers.len() as u64;
        if count == 0 {
            return Err(Error::TooFew { what: "A mean", answers: 0, needed: 1 });
        }
        // Sums of small integers: exact, so the order of answers changes nothing.
        let sum: u64 = answers.iter().map(|answer| u64::from(*answer)).sum();
        let squares: u64 = answers.iter().map(|answer| u64::from(*answer).pow(2)).sum();
        let spread = (count * squares - sum * sum) as f64;
        let variance = (count > 1).then(|| spread / (count as f64 * (count - 1) as f64));
        Ok(MeanScore {
            answers: count,
            mean: sum as f64 / count as f64,
            standard_deviation: variance.map(f64::sqrt),
            correction: correction(count, invited)?,
        })
    }

    /// Variance of the mean; `None` where one answer of several says nothing of the others.
    pub(crate) fn variance(&self) -> Option<f64> {
        let factor = match self.correction {
            Correction::Everyone => return Some(0.0),
            Correction::Finite { factor, .. } => factor,
            Correction::None => 1.0,
        };
        self.standard_deviation.map(|deviation| factor * deviation * deviation / self.answers as f64)
    }

    /// Standard error of the mean.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Whether nothing is known of how far answers spread: one answer, or several that are all the same, of people of
    /// whom more were invited.
    pub(crate) fn spread_unknown(&self) -> bool {
        let spread = self.standard_deviation.is_some_and(|deviation| deviation > 0.0);
        !spread && self.correction != Correction::Everyone
    }

    /// Student's t interval; `None` where the spread of answers is not known, since they are all the same.
    #[must_use]
    pub fn interval(&self, level: Level) -> Option<Interval> {
        if self.spread_unknown() {
            return None;
        }
        let error = self.standard_error()?;
        let quantile = if self.answers > 1 { level.student_quantile((self.answers - 1) as f64) } else { 0.0 };
        Some(Interval::around(self.mean, quantile * error, level))
    }
}

fn correction(answers: u64, invited: Option<u64>) -> Result<Correction, Error> {
    match invited {
        None => Ok(Correction::None),
        Some(invited) if invited < answers => Err(Error::Invited { answers, invited }),
        Some(invited) if invited == answers => Ok(Correction::Everyone),
        Some(invited) => Ok(Correction::Finite { invited, factor: 1.0 - answers as f64 / invited as f64 }),
    }
}
