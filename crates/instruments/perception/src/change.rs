//! From one quarter to the next: the difference with its own interval, and the word for it.
//!
//! *Rose* and *fell* are said only where the interval excludes zero. That two intervals of their own overlap says
//! nothing about their difference.

use std::fmt;

use crate::{Error, FEWEST_ANSWERS, Interval, Level, MeanScore, Proportion, Recommendation, newcombe};

/// What may be said of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Certainly up.
    Rose,
    /// Certainly down.
    Fell,
    /// Up, but it may be chance.
    HigherNotCertain,
    /// Down, but it may be chance.
    LowerNotCertain,
    /// The same figure.
    Same,
}

impl Direction {
    fn of(difference: f64, interval: Option<Interval>) -> Direction {
        match interval {
            Some(interval) if interval.lower > 0.0 => Direction::Rose,
            Some(interval) if interval.upper < 0.0 => Direction::Fell,
            _ if difference > 0.0 => Direction::HigherNotCertain,
            _ if difference < 0.0 => Direction::LowerNotCertain,
            _ => Direction::Same,
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Direction::Rose => "rose",
            Direction::Fell => "fell",
            Direction::HigherNotCertain => "higher, not certain",
            Direction::LowerNotCertain => "lower, not certain",
            Direction::Same => "the same",
        })
    }
}

/// A change between two readings of the same question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// After − before, in the unit of the reading.
    pub difference: f64,
    /// Interval of the difference; `None` where too few answered to tell.
    pub interval: Option<Interval>,
    /// The word for it.
    pub direction: Direction,
}

impl Change {
    fn new(difference: f64, interval: Option<Interval>) -> Change {
        Change { difference, interval, direction: Direction::of(difference, interval) }
    }
}

impl Recommendation {
    /// The change of the net promoter score since `before`, in points; variances of both adjusted scores added.
    ///
    /// # Errors
    /// [`Error::TooFew`], where either has fewer than ten answers and so no score.
    pub fn change_since(&self, before: &Recommendation, level: Level) -> Result<Change, Error> {
        let scored = |one: &Recommendation| one.score(level).map(|score| score.points);
        let too_few = |one: &Recommendation| Error::TooFew {
            what: "The change of a net promoter score",
            answers: one.answers(),
            needed: FEWEST_ANSWERS,
        };
        let was = scored(before).ok_or_else(|| too_few(before))?;
        let is = scored(self).ok_or_else(|| too_few(self))?;
        let ((centre_before, variance_before), (centre, variance)) = (before.adjusted(), self.adjusted());
        let reach = level.normal_quantile() * (variance + variance_before).sqrt();
        let interval = Interval::around(100.0 * (centre - centre_before), 100.0 * reach, level);
        Ok(Change::new(is - was, Some(interval.within(-200.0, 200.0))))
    }
}

/// The change of a share, a part of 1, with the interval of [`newcombe`].
#[must_use]
pub fn share_change(before: Proportion, after: Proportion, level: Level) -> Change {
    Change::new(after.share() - before.share(), Some(newcombe(before, after, level)))
}

impl MeanScore {
    /// The change of a mean since `before`: t interval with the degrees of freedom of Welch (1947, Biometrika 34,
    /// 28–35), each mean's variance corrected as its own reading says. No interval where either is of a single answer, or
    /// where the answers of both are all the same, so that their spread is not known.
    #[must_use]
    pub fn change_since(&self, before: &MeanScore, level: Level) -> Change {
        let difference = self.mean - before.mean;
        let neither_spreads = before.spread_unknown() && self.spread_unknown();
        let interval = match (before.variance(), self.variance()) {
            (Some(was), Some(is)) if !neither_spreads => {
                let reach =
                    welch_quantile((was, before.answers), (is, self.answers), level) * (was + is).sqrt();
                Some(Interval::around(difference, reach, level))
            }
            _ => None,
        };
        Change::new(difference, interval)
    }
}

/// Student's quantile for a difference of two means, each with its variance and answers.
fn welch_quantile(before: (f64, u64), after: (f64, u64), level: Level) -> f64 {
    let share = |(variance, answers): (f64, u64)| {
        if variance > 0.0 { variance * variance / (answers - 1) as f64 } else { 0.0 }
    };
    let (whole, parts) = (before.0 + after.0, share(before) + share(after));
    if parts > 0.0 { level.student_quantile(whole * whole / parts) } else { 0.0 }
}
