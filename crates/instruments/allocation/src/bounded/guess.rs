//! Near answers in floating point. Nothing is proved here: whole numbers judge what is guessed.
//!
//! `I − P` is factorised without a subtraction, for shares `P` that each row keeps a part of (Grassmann,
//! Taksar & Heyman 1985).

use crate::exact::Equations;
use crate::wide::Wide;

/// A near answer has at most so many bits.
const ANSWER_BITS: i32 = 112;

/// A unit of cost that goes round more often than `2^60` times is not followed.
const LARGEST: i32 = 60;

/// Equations factorised.
pub(super) struct Guess {
    diagonals: Vec<f64>,
    factors: Factors,
}

impl Guess {
    pub fn new(equations: &Equations) -> Guess {
        let diagonals: Vec<f64> = equations.rows.iter().map(|(diagonal, _)| *diagonal as f64).collect();
        let mut factors = Factors::new(equations.rows.len());
        for (row, (diagonal, taken)) in equations.rows.iter().enumerate() {
            let kept = diagonal - taken.iter().map(|(_, amount)| amount).sum::<i128>();
            let shares = taken.iter().map(|(column, amount)| (*column, *amount as f64 / diagonals[row]));
            factors.set(row, kept as f64 / diagonals[row], shares);
        }
        factors.eliminate();
        Guess { diagonals, factors }
    }

    /// The finest unit `2^−point` in which row `wanted` of the inverse fits; `None` where floating point
    /// cannot hold it.
    pub fn point(&self, wanted: usize) -> Option<u32> {
        let mut gross = vec![0.0; self.diagonals.len()];
        gross[wanted] = 1.0;
        self.factors.solve(&mut gross);
        let largest = gross.iter().copied().fold(1.0, f64::max);
        if gross.iter().any(|one| one.is_nan()) || largest > 2_f64.powi(LARGEST) {
            return None;
        }
        let scale = super::WIDTH as i32 - 2 - largest.log2().ceil() as i32;
        u32::try_from(ANSWER_BITS + scale).ok()
    }

    /// Nearly `x` with `x·A = right`, both in units of `2^−point`.
    pub fn solve(&self, right: &[Wide], point: u32) -> Vec<i128> {
        // Brought near one for the way, and back.
        let unit = 2_f64.powi(point as i32);
        let mut gross: Vec<f64> = right.iter().map(|value| double(*value) / unit).collect();
        self.factors.solve(&mut gross);
        // A float beyond 128 bits becomes the largest number there is, and its residual shows it.
        gross
            .iter()
            .zip(&self.diagonals)
            .map(|(gross, diagonal)| (gross / diagonal * unit).round() as i128)
            .collect()
    }
}

/// The nearest double, or one beside it.
fn double(value: Wide) -> f64 {
    let (negative, [low, middle, high]) = value.magnitude();
    let two_to_64 = 2_f64.powi(64);
    let magnitude = (high as f64 * two_to_64 + middle as f64) * two_to_64 + low as f64;
    if negative { -magnitude } else { magnitude }
}

/// `I − P = L·U`, in place: below the diagonal what `L` has, above it what `U` has, signs turned.
struct Factors {
    size: usize,
    table: Vec<f64>,
    /// Per row what is in no column.
    kept: Vec<f64>,
    pivots: Vec<f64>,
}

impl Factors {
    fn new(size: usize) -> Factors {
        Factors { size, table: vec![0.0; size * size], kept: vec![0.0; size], pivots: vec![0.0; size] }
    }

    /// Sets a row: what it keeps, and its share of other columns; together one.
    fn set(&mut self, row: usize, kept: f64, shares: impl Iterator<Item = (usize, f64)>) {
        self.kept[row] = kept;
        for (column, share) in shares {
            self.table[row * self.size + column] = share;
        }
    }

    /// Each pivot is the sum of what is left of its row, so that everything only adds up (Grassmann,
    /// Taksar & Heyman 1985).
    fn eliminate(&mut self) {
        let size = self.size;
        for pivot in 0..size {
            let (above, below) = self.table.split_at_mut((pivot + 1) * size);
            let lead = &above[pivot * size + pivot + 1..];
            let whole = self.kept[pivot] + lead.iter().sum::<f64>();
            self.pivots[pivot] = whole;
            for (offset, row) in below.chunks_mut(size).enumerate() {
                if row[pivot] != 0.0 {
                    let factor = row[pivot] / whole;
                    row[pivot] = factor;
                    self.kept[pivot + 1 + offset] += factor * self.kept[pivot];
                    for (value, of_lead) in row[pivot + 1..].iter_mut().zip(lead) {
                        *value += factor * of_lead;
                    }
                }
            }
        }
    }

    /// `x` with `x·(I − P) = right`, in place.
    fn solve(&self, right: &mut [f64]) {
        for (row, shares) in self.table.chunks(self.size).enumerate() {
            let value = right[row] / self.pivots[row];
            right[row] = value;
            add_scaled(&mut right[row + 1..], value, &shares[row + 1..]);
        }
        for (row, shares) in self.table.chunks(self.size).enumerate().rev() {
            let value = right[row];
            add_scaled(&mut right[..row], value, &shares[..row]);
        }
    }
}

fn add_scaled(target: &mut [f64], factor: f64, of: &[f64]) {
    if factor != 0.0 {
        target.iter_mut().zip(of).for_each(|(value, of)| *value += factor * of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Robinson: maintenance gives systems 0.2, systems gives maintenance 0.1; a unit that maintenance
    /// costs makes gross costs of 1 ÷ 0.98 and 0.2 ÷ 0.98.
    #[test]
    fn two_departments_have_the_inverse_of_the_schoolbook() {
        let mut factors = Factors::new(2);
        factors.set(0, 0.8, [(1, 0.2)].into_iter());
        factors.set(1, 0.9, [(0, 0.1)].into_iter());
        factors.eliminate();
        let mut gross = [1.0, 0.0];
        factors.solve(&mut gross);
        assert!((gross[0] - 1.0 / 0.98).abs() < 1e-15 && (gross[1] - 0.2 / 0.98).abs() < 1e-15, "{gross:?}");
    }

    #[test]
    fn a_small_number_below_zero_keeps_its_digits_as_a_double() {
        let mut small = Wide::ZERO;
        small.add_product(-3, 5);
        assert!((double(small) + 15.0).abs() < f64::EPSILON);
        let exponent = double(Wide::power_of_two(171)).log2();
        assert!((exponent - 171.0).abs() < f64::EPSILON);
    }
}
