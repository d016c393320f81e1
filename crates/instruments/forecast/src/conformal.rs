//! Intervals from errors of the past: split conformal prediction.
//!
//! An error that a forecast made, divided by a yardstick of the series at that step, is a score. Where
//! n scores are exchangeable with the next one, it lies below the ⌈(n + 1) p⌉-th of them with probability p at
//! least, whatever the model (Vovk, Gammerman & Shafer 2005; Lei et al. 2018, *JASA* 113, §2.2). Scores come
//! from the same step ahead; from neighbouring steps too where one step alone has too few.
//!
//! Forecasts of one series from neighbouring origins err alike: only those a whole horizon apart have nothing ahead in
//! common. Where these are too few for a share to be counted off, an interval reaches as far as Student's t around the
//! mean square of the scores, and never less far than the model claims.

use crate::path::Path;
use crate::quantile;
use crate::score;

/// A forecast with what its errors are measured by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    pub(crate) path: Path,
    /// At each step ahead, in units of the series: the geometric mean of the deviation that the model claims
    /// and of the step from one cycle to the next. A model that fits its history too well claims too
    /// little; the history itself does not.
    pub(crate) yardstick: Vec<f64>,
    /// The method could not be fitted, and another did.
    pub(crate) fell_back: bool,
}

impl Measured {
    pub(crate) fn new(path: Path, fell_back: bool, history: &[f64], season_length: usize) -> Measured {
        let cycle = score::scale(history, season_length);
        let both = |spread: &f64| cycle.map_or(*spread, |cycle| (spread * cycle).sqrt());
        Measured { yardstick: path.spread.iter().map(both).collect(), path, fell_back }
    }
}

/// Scores of past forecasts, by step ahead.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scores {
    by_step: Vec<Vec<f64>>,
    /// Of each series, how far its first origin lies from its last.
    spans: Vec<usize>,
}

/// How many yardsticks an interval reaches to each side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Width {
    /// Counted off the scores.
    Measured(f64),
    /// There are too few.
    TooFew {
        /// The mean of their squares.
        square: f64,
        /// How many of the forecasts they come from have nothing ahead in common.
        count: usize,
    },
}

/// One step's scores are enough for a level where this many of them are expected outside of it.
const OUTSIDE: f64 = 4.0;

/// Degrees of freedom beyond the number of independent forecasts: the mean square is of all steps and origins. Of 1, 2
/// and 3 this one held nearest to 95 % where the last 18, 24 and 8 values of the histories of M1 monthly, tourism
/// monthly and M3 quarterly were held out; what the competitions held out was not looked at.
const MORE_DEGREES: usize = 2;

impl Scores {
    pub(crate) fn new(horizon: usize) -> Scores {
        Scores { by_step: vec![Vec::new(); horizon], spans: Vec::new() }
    }

    /// Adds what a forecast made of the `actual` values that followed.
    pub(crate) fn add(&mut self, made: &Measured, actual: &[Option<f64>]) {
        let steps = made.path.mean.iter().zip(&made.yardstick).zip(actual);
        for (scores, ((mean, yardstick), actual)) in self.by_step.iter_mut().zip(steps) {
            if let Some(actual) = actual.filter(|_| *yardstick > 0.0) {
                scores.push((actual - mean).abs() / yardstick);
            }
        }
    }

    /// Adds a series whose forecasts were made from so many values each.
    pub(crate) fn spans(&mut self, kept: impl Iterator<Item = usize>) {
        let ends = kept.fold(None, |ends, kept| {
            let (first, last): (usize, usize) = ends.unwrap_or((kept, kept));
            Some((first.min(kept), last.max(kept)))
        });
        self.spans.extend(ends.map(|(first, last)| last - first));
    }

    /// The widths of one level for each step, from the first.
    pub(crate) fn widths(&self, level: f64) -> Vec<Width> {
        let share = level / 100.0;
        let wanted = (OUTSIDE / (1.0 - share)).ceil() as usize;
        (0..self.by_step.len()).map(|step| self.width(step, share, wanted)).collect()
    }

    fn width(&self, step: usize, share: f64, wanted: usize) -> Width {
        let mut around = 0;
        let mut scores = self.near(step, around);
        while scores.len() < wanted && around < self.by_step.len() {
            around += 1;
            scores = self.near(step, around);
        }
        scores.sort_by(f64::total_cmp);
        let count = self.independent(step);
        let rank = ((scores.len() + 1) as f64 * share - 1e-9).ceil() as usize;
        match scores.get(rank.max(1) - 1) {
            Some(width) if count >= needed(100.0 * share) => Width::Measured(*width),
            _ => {
                let squares: f64 = scores.iter().map(|score| score * score).sum();
                Width::TooFew { square: squares / scores.len().max(1) as f64, count }
            }
        }
    }

    /// How many of the forecasts behind a step's scores have nothing ahead in common.
    fn independent(&self, step: usize) -> usize {
        let apart: usize = self.spans.iter().map(|span| 1 + span / self.by_step.len()).sum();
        apart.min(self.by_step[step].len())
    }

    fn near(&self, step: usize, around: usize) -> Vec<f64> {
        let last = (step + around + 1).min(self.by_step.len());
        self.by_step[step.saturating_sub(around)..last].concat()
    }
}

/// Scores that an interval of this level takes at least.
pub(crate) fn needed(level: f64) -> usize {
    let share = level / 100.0;
    (share / (1.0 - share) - 1e-9).ceil() as usize
}

/// How far an interval reaches on errors of this mean square from so many independent forecasts; the model claims the
/// deviation `spread`, which rests on `residuals` errors of its own fit.
pub(crate) fn reaches(level: f64, (square, forecasts): (f64, usize), spread: f64, residuals: usize) -> f64 {
    let probability = 0.5 + level / 200.0;
    let claimed = quantile::student(probability, residuals.saturating_sub(1)) * spread;
    if forecasts == 0 {
        return claimed;
    }
    claimed.max(quantile::student(probability, forecasts + MORE_DEGREES) * square.sqrt())
}

/// Where to cut a series of `count` values so that its end tests its beginning: how many values are held out,
/// the most recent origin last. `rounds` origins where the series is long enough; none where it is too short
/// for one. What is left is long enough to see the season in, or else half of the series.
pub(crate) fn holdouts(count: usize, season_length: usize, horizon: usize, rounds: usize) -> Vec<usize> {
    let kept = (2 * season_length + 4).max(crate::method::SHORT).min(count / 2).max(2);
    let farthest = count.saturating_sub(kept);
    if farthest == 0 {
        return Vec::new();
    }
    if rounds == 1 {
        return vec![horizon.min(farthest)];
    }
    let near = if farthest > horizon { horizon } else { 1 };
    let far = farthest.min(3 * horizon.max(rounds.div_ceil(2)));
    let rounds = rounds.min(far - near + 1);
    let at = |round: usize| far - (far - near) * round / (rounds - 1).max(1);
    (0..rounds).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a forecast with a yardstick of 2 scores at each step for each of `errors`.
    fn scored(errors: impl Iterator<Item = u32>, horizon: usize) -> Scores {
        let mut scores = Scores::new(horizon);
        let path = Path { mean: vec![0.0; horizon], ..Path::default() };
        let path = Measured { path, yardstick: vec![2.0; horizon], fell_back: false };
        errors.for_each(|error| scores.add(&path, &vec![Some(f64::from(error)); horizon]));
        scores
    }

    #[test]
    fn nineteen_errors_of_as_many_series_are_needed_for_95_per_cent_and_the_largest_is_its_width() {
        assert_eq!([needed(80.0), needed(90.0), needed(95.0), needed(99.0)], [4, 9, 19, 99]);
        let mut scores = scored(1..=18, 1);
        (0..18).for_each(|_| scores.spans(std::iter::once(30)));
        // The squares of 1 to 18 add up to 18 × 19 × 37 ÷ 6 = 2,109; each is divided by 2².
        let square = 2_109.0 / 4.0 / 18.0;
        assert_eq!(scores.widths(95.0), [Width::TooFew { square, count: 18 }]);
        let mut scores = scored(1..=19, 1);
        (0..19).for_each(|_| scores.spans(std::iter::once(30)));
        assert_eq!(scores.widths(95.0), [Width::Measured(9.5)]);
        assert_eq!(scores.widths(80.0), [Width::Measured(8.0)]);
    }

    #[test]
    fn forecasts_of_one_series_count_once_per_horizon() {
        let mut scores = scored(1..=24, 12);
        // From 40 values to 63: origins 12 apart are those at 40 and 52.
        scores.spans(40..64);
        assert!(scores.widths(95.0).iter().all(|width| matches!(width, Width::TooFew { count: 2, .. })));
    }

    #[test]
    fn few_errors_reach_as_far_as_student_s_t_and_no_less_than_the_model_claims() {
        // Student's t at 97.5 %: 2.776 with four degrees of freedom, 2.262 with nine.
        assert!((reaches(95.0, (9.0, 2), 1.0, 10) - 3.0 * 2.776).abs() < 0.02);
        assert!((reaches(95.0, (0.01, 2), 1.0, 10) - 2.262).abs() < 0.01);
        assert!((reaches(95.0, (0.0, 0), 1.0, 10) - 2.262).abs() < 0.01);
    }

    #[test]
    fn what_is_held_out_leaves_enough_to_see_the_season() {
        assert_eq!(holdouts(100, 12, 18, 1), [18]);
        assert_eq!(holdouts(40, 12, 18, 1), [18]);
        assert_eq!(holdouts(60, 12, 18, 3), [32, 25, 18]);
        assert_eq!(holdouts(3, 1, 4, 1), [1]);
        assert_eq!(holdouts(10, 4, 8, 9), [5, 4, 3, 2, 1]);
        assert!(holdouts(2, 1, 4, 1).is_empty());
    }
}
