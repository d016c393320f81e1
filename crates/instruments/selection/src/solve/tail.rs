//! Risk by cuts: the conditional value at risk in as many rows as are needed, instead of one per scenario.
//!
//! The conditional value at risk of a set is the least mean over all ways to lay the tail's weight on scenarios. Each
//! way is a row in the options alone, true of every set: the mean of the outcomes so weighted is no less than the
//! conditional value at risk. The worst way of a set at hand is found by sorting its scenarios; a few of such rows say
//! all that the solver has to know (Künzi-Bay and Mayer 2006, *Computational aspects of minimizing conditional
//! value-at-risk*). They are rows of whole numbers and hold for any target, so that one point of a frontier learns
//! from another.

use crate::plan::{Plan, Row, Tail, WHOLE};

/// The rows learnt so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    rows: Vec<Vec<(usize, i128)>>,
}

impl Pool {
    /// The number of the row that lays the tail's weight on the worst of `totals`, and whether it is new.
    pub fn learn<T: Copy + PartialOrd>(&mut self, tail: &Tail, totals: &[T]) -> (usize, bool) {
        self.keep(tail.row(&tail.worst(totals)))
    }

    /// The row of all scenarios alike: no tail is better than the mean.
    pub fn learn_mean(&mut self, tail: &Tail) -> (usize, bool) {
        let alike: Vec<i128> = tail.weights.iter().map(|weight| tail.part * i128::from(*weight)).collect();
        self.keep(tail.row(&alike))
    }

    fn keep(&mut self, row: Vec<(usize, i128)>) -> (usize, bool) {
        match self.rows.iter().position(|known| *known == row) {
            Some(known) => (known, false),
            None => {
                self.rows.push(row);
                (self.rows.len() - 1, true)
            }
        }
    }

    pub fn all(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    /// The terms of a row; their sum over a set, divided by [`Tail::mass`], is no less than its conditional value at
    /// risk.
    pub fn terms(&self, row: usize) -> &[(usize, i128)] {
        &self.rows[row]
    }

    /// The row for a plan's floor.
    pub fn floored(&self, row: usize, tail: &Tail, floor: i64) -> Row {
        let low = Some(i128::from(floor) * tail.mass());
        Row { limit: None, terms: self.rows[row].clone(), low, high: None }
    }

    /// The `most` rows whose sum at `point` is least.
    pub fn tightest(&self, point: &[f64], most: usize) -> Vec<usize> {
        let sum = |row: usize| self.rows[row].iter().map(|(at, term)| *term as f64 * point[*at]).sum::<f64>();
        let mut by_sum: Vec<(f64, usize)> = (0..self.rows.len()).map(|row| (sum(row), row)).collect();
        by_sum.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        by_sum.into_iter().take(most).map(|(_, row)| row).collect()
    }
}

impl Tail {
    /// The tail's weight laid on the worst of `totals`, one per scenario; in the units of [`Tail::mass`].
    fn worst<T: Copy + PartialOrd>(&self, totals: &[T]) -> Vec<i128> {
        let mut order: Vec<usize> = (0..totals.len()).collect();
        order.sort_by(|a, b| {
            totals[*a].partial_cmp(&totals[*b]).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(b))
        });
        let (mut left, mut masses) = (self.mass(), vec![0; totals.len()]);
        for scenario in order {
            masses[scenario] = (i128::from(self.weights[scenario]) * WHOLE).min(left);
            left -= masses[scenario];
        }
        masses
    }

    fn row(&self, masses: &[i128]) -> Vec<(usize, i128)> {
        let scenarios: Vec<usize> = (0..masses.len()).filter(|scenario| masses[*scenario] > 0).collect();
        let sum = |column: usize| {
            scenarios.iter().map(|at| masses[*at] * i128::from(self.outcome(column, *at))).sum::<i128>()
        };
        (0..self.outcomes.len()).map(|column| (column, sum(column))).filter(|(_, sum)| *sum != 0).collect()
    }

    /// What a point of parts of options is worth in each scenario, in minor units.
    pub fn blended(&self, point: &[f64]) -> Vec<f64> {
        let parts: Vec<(usize, f64)> =
            point.iter().copied().enumerate().filter(|(_, part)| *part != 0.0).collect();
        let total = |scenario: usize| {
            parts.iter().map(|(column, part)| part * self.outcome(*column, scenario) as f64).sum::<f64>()
        };
        (0..self.weights.len()).map(total).collect()
    }

    /// The conditional value at risk of such totals, in minor units.
    pub fn of_totals(&self, totals: &[f64]) -> f64 {
        let masses = self.worst(totals);
        masses.iter().zip(totals).map(|(mass, total)| *mass as f64 * total).sum::<f64>() / self.mass() as f64
    }
}

impl Plan {
    /// The scenarios, where the aim or a floor minds them.
    pub fn minded(&self, safest: bool) -> Option<&Tail> {
        self.tail.as_deref().filter(|_| safest || self.floor.is_some())
    }
}
