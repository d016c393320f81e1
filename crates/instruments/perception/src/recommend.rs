//! Who would recommend: net promoter score = % of 9 and 10 − % of 0 to 6.
//!
//! The interval is the adjusted Wald of Rocks (2016, "Interval estimation for the Net Promoter Score", The American
//! Statistician 70, 365–372): ¾, 1½ and ¾ answers are added to promoters, passives and detractors. Over usual mixes of
//! answers it holds the true score in 94 to 96 % of surveys from ten answers up, where the plain Wald interval falls to
//! 86 %.

use crate::{Error, Interval, Level, Scale};

/// Below so many answers there are counts and a mean, and no score.
pub const FEWEST_ANSWERS: u64 = 10;

/// Added to promoters and to detractors.
const PSEUDO_OUTER: f64 = 0.75;
/// Added to all answers together.
const PSEUDO_ALL: f64 = 3.0;

/// Answers to the recommend question, counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommendation {
    /// Answers of 9 and 10.
    pub promoters: u64,
    /// Answers of 7 and 8.
    pub passives: u64,
    /// Answers of 0 to 6.
    pub detractors: u64,
    /// Mean answer, 0 to 10, where single answers are known.
    pub mean: Option<f64>,
}

/// A net promoter score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetPromoterScore {
    /// % promoters − % detractors: −100 to 100.
    pub points: f64,
    /// Adjusted Wald interval, in points.
    pub interval: Interval,
}

impl Recommendation {
    /// Of groups already counted; their mean is not known.
    #[must_use]
    pub fn of_groups(promoters: u64, passives: u64, detractors: u64) -> Recommendation {
        Recommendation { promoters, passives, detractors, mean: None }
    }

    /// Of single answers from 0 to 10, without those who skipped.
    ///
    /// # Errors
    /// [`Error::Answer`], where one is above 10.
    pub fn of_answers(answers: &[u8]) -> Result<Recommendation, Error> {
        Scale::Recommend.check(answers)?;
        let count =
            |from: u8, to: u8| answers.iter().filter(|answer| (from..=to).contains(answer)).count() as u64;
        let sum: u64 = answers.iter().map(|answer| u64::from(*answer)).sum();
        let mean = (!answers.is_empty()).then(|| sum as f64 / answers.len() as f64);
        Ok(Recommendation { mean, ..Recommendation::of_groups(count(9, 10), count(7, 8), count(0, 6)) })
    }

    /// How many answered.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.promoters.saturating_add(self.passives).saturating_add(self.detractors)
    }

    /// The score with its interval; `None` below [`FEWEST_ANSWERS`].
    #[must_use]
    pub fn score(&self, level: Level) -> Option<NetPromoterScore> {
        (self.answers() >= FEWEST_ANSWERS)
            .then(|| NetPromoterScore { points: self.points(), interval: self.interval(level) })
    }

    /// % promoters − % detractors, in points.
    fn points(&self) -> f64 {
        100.0 * (self.promoters as f64 - self.detractors as f64) / self.answers() as f64
    }

    fn interval(&self, level: Level) -> Interval {
        let (centre, variance) = self.adjusted();
        let reach = level.normal_quantile() * variance.sqrt();
        Interval::around(100.0 * centre, 100.0 * reach, level).within(-100.0, 100.0)
    }

    /// Centre and variance of the score as a part of 1, pseudo-counts added.
    pub(crate) fn adjusted(&self) -> (f64, f64) {
        let all = self.answers() as f64 + PSEUDO_ALL;
        let promoters = (self.promoters as f64 + PSEUDO_OUTER) / all;
        let detractors = (self.detractors as f64 + PSEUDO_OUTER) / all;
        let centre = promoters - detractors;
        (centre, (promoters + detractors - centre * centre) / all)
    }
}
