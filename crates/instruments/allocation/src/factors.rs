//! `I − P` factorised without a subtraction, for shares `P` that each row keeps a part of.

/// `I − P = L·U`, in place: below the diagonal what `L` has, above it what `U` has, signs turned.
pub(crate) struct Factors {
    size: usize,
    table: Vec<f64>,
    /// Per row what is in no column.
    kept: Vec<f64>,
    pivots: Vec<f64>,
}

impl Factors {
    pub fn new(size: usize) -> Factors {
        Factors { size, table: vec![0.0; size * size], kept: vec![0.0; size], pivots: vec![0.0; size] }
    }

    /// Sets a row: what it keeps, and its share of other columns; together one.
    pub fn set(&mut self, row: usize, kept: f64, shares: impl Iterator<Item = (usize, f64)>) {
        self.kept[row] = kept;
        for (column, share) in shares {
            self.table[row * self.size + column] = share;
        }
    }

    /// Each pivot is the sum of what is left of its row, so that everything only adds up (Grassmann,
    /// Taksar & Heyman 1985).
    pub fn eliminate(&mut self) {
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
    pub fn solve(&self, right: &mut [f64]) {
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
}
