//! Rows of the tail learnt before the first set is asked for: from points of parts of options, which cost little.

use crate::Error;
use crate::solve::highs::End;
use crate::solve::search::Search;
use crate::watch::Watch;

/// Rounds of the relaxation, each of which learns one row of the tail.
const RELAXED_ROUNDS: usize = 60;

/// Rows of the tail that a search begins with.
const FIRST_ROWS: usize = 30;

/// What of the largest total the relaxation leaves to the search.
const RELAXED: f64 = 1e-6;

impl Search<'_> {
    /// Learns rows of the tail from the relaxation before the first round; `false`: there is no point at all.
    pub(super) fn relax(&mut self, watch: Watch) -> Result<bool, Error> {
        for _ in 0..RELAXED_ROUNDS {
            self.used = self.pool.all();
            let Some(point) = self.relaxed(&mut *watch)? else { return Ok(false) };
            if !self.learn_from(&point) {
                self.used = self.pool.tightest(&point[..self.columns()], FIRST_ROWS);
                break;
            }
        }
        Ok(true)
    }

    /// The best point of parts of options; `None`: there is none.
    fn relaxed(&mut self, watch: Watch) -> Result<Option<Vec<f64>>, Error> {
        let run = self.run(false, watch)?;
        Ok(run.point.filter(|_| run.end == End::Proven))
    }

    /// Whether a point of the relaxation says more of the tail than the model has: then it is used from now on.
    fn learn_from(&mut self, point: &[f64]) -> bool {
        let Some(tail) = self.tail() else { return false };
        let (parts, level) = point.split_at(self.columns());
        let totals = tail.blended(parts);
        let largest = totals.iter().fold(1.0, |largest: f64, total| largest.max(total.abs()));
        let wanted = match (level.first(), self.ask.plan.floor) {
            (Some(level), _) => level * tail.unit(),
            (None, floor) => floor.unwrap_or(i64::MIN) as f64,
        };
        if wanted - tail.of_totals(&totals) <= RELAXED * largest {
            return false;
        }
        let row = self.pool.learn(tail, &totals).0;
        self.use_row(row)
    }
}
