//! Risk by cuts: the conditional value at risk in as many rows as are needed, instead of one per scenario.
//!
//! The conditional value at risk of a set is the least mean over all ways to lay the tail's weight on scenarios. Each
//! way is a row in the options alone, true of every set: the mean of the outcomes so weighted is no less than the
//! conditional value at risk. The worst way of a set at hand is found by sorting its scenarios; a few of such rows say
//! all that the solver has to know (Künzi-Bay and Mayer 2006, *Computational aspects of minimizing conditional
//! value-at-risk*). They are rows of whole numbers and hold for any target, so that one point of a frontier learns
//! from another.

use crate::plan::{Plan, Tail, WHOLE};

/// The rows learnt so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pool {
    rows: Vec<Vec<(usize, i128)>>,
    /// The same by column, in minor units.
    minor: Vec<Vec<f64>>,
}

impl Pool {
    /// The number of the row that lays the tail's weight on the worst of `totals`.
    pub fn learn<T: Copy + PartialOrd>(&mut self, tail: &Tail, totals: &[T]) -> usize {
        self.keep(tail, tail.row(&tail.worst(totals)))
    }

    /// The row of all scenarios alike: no tail is better than the mean.
    pub fn learn_mean(&mut self, tail: &Tail) -> usize {
        let alike: Vec<i128> = tail.weights.iter().map(|weight| tail.part * i128::from(*weight)).collect();
        self.keep(tail, tail.row(&alike))
    }

    fn keep(&mut self, tail: &Tail, row: Vec<(usize, i128)>) -> usize {
        if let Some(known) = self.rows.iter().position(|known| *known == row) {
            return known;
        }
        let mut minor = vec![0.0; tail.outcomes.len()];
        row.iter().for_each(|(column, term)| minor[*column] = *term as f64 / tail.mass() as f64);
        self.rows.push(row);
        self.minor.push(minor);
        self.rows.len() - 1
    }

    /// The terms of a row; their sum over a set, divided by [`Tail::mass`], is no less than its conditional value at
    /// risk.
    pub fn terms(&self, row: usize) -> &[(usize, i128)] {
        &self.rows[row]
    }

    /// A row's terms by column, in minor units.
    pub fn minor(&self, row: usize) -> &[f64] {
        &self.minor[row]
    }

    /// The `most` rows whose sum at a point of parts is least, where it is below `least`; in minor units.
    pub fn below(&self, parts: &[f64], least: f64, most: usize) -> Vec<usize> {
        let sum = |row: &[f64]| row.iter().zip(parts).map(|(term, part)| term * part).sum::<f64>();
        let sums = self.minor.iter().map(|row| sum(row)).zip(0..);
        let mut below: Vec<(f64, usize)> = sums.filter(|(sum, _)| *sum < least).collect();
        below.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        below.into_iter().take(most).map(|(_, row)| row).collect()
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
