//! What a forecast is asked for.

use crate::error::Error;
use crate::method::Method;

/// What a forecast is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Periods in a season: 12 for months, 4 for quarters, 1 for none.
    pub season_length: usize,
    /// Steps ahead.
    pub horizon: usize,
    /// Levels of the intervals, in per cent, each above 0 and below 100.
    pub levels: Vec<f64>,
    /// The method for all series; none lets each have the one that [suits it](Method::suited).
    pub method: Option<Method>,
    /// Threads to work on. The result is the same for any number.
    pub threads: usize,
}

/// Steps ahead at most: no series says anything about more.
const FARTHEST: usize = 10_000;

impl Options {
    /// 80 % and 95 % intervals, by the method that suits each series, on one thread.
    #[must_use]
    pub fn new(season_length: usize, horizon: usize) -> Options {
        Options { season_length, horizon, levels: vec![80.0, 95.0], method: None, threads: 1 }
    }

    /// Refuses what makes no sense.
    ///
    /// # Errors
    /// [`Error::Option`], where a number is out of its range.
    pub fn check(&self) -> Result<(), Error> {
        let wrong = |why: String| Err(Error::Option(why));
        if !(1..=FARTHEST).contains(&self.horizon) {
            return wrong(format!("a horizon of {} steps: ask for 1 to {FARTHEST}", self.horizon));
        }
        if !(1..=FARTHEST).contains(&self.season_length) {
            return wrong(format!(
                "a season of {} periods: write 1 for none, 12 for months",
                self.season_length
            ));
        }
        match self.levels.iter().find(|level| !(**level > 0.0 && **level < 100.0)) {
            Some(level) => wrong(format!("an interval of {level} %: levels lie between 0 and 100")),
            None => Ok(()),
        }
    }
}
