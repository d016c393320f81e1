//! Small symmetric systems: the lower factor of Cholesky, and what is solved with it.

/// How small a pivot may be beside its diagonal element before its column counts as a combination of those before.
const SMALLEST_PIVOT: f64 = 1e-11;

/// A positive definite matrix as L·Lᵀ, row by row.
pub(crate) struct Cholesky {
    lower: Vec<f64>,
    size: usize,
}

impl Cholesky {
    /// Factors `matrix` (row by row, symmetric). The error is the first column that depends on those before it.
    pub(crate) fn new(mut matrix: Vec<f64>, size: usize) -> Result<Cholesky, usize> {
        for column in 0..size {
            let diagonal = matrix[column * size + column];
            for row in column..size {
                let known: f64 =
                    (0..column).map(|k| matrix[row * size + k] * matrix[column * size + k]).sum();
                matrix[row * size + column] -= known;
            }
            let pivot = matrix[column * size + column];
            let sound = pivot.is_finite() && pivot > SMALLEST_PIVOT * diagonal;
            if !sound {
                return Err(column);
            }
            let root = pivot.sqrt();
            (column..size).for_each(|row| matrix[row * size + column] /= root);
        }
        Ok(Cholesky { lower: matrix, size })
    }

    /// The x with matrix · x = `right`.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (size, lower) = (self.size, &self.lower);
        let mut x = right.to_vec();
        for row in 0..size {
            let known: f64 = (0..row).map(|k| lower[row * size + k] * x[k]).sum();
            x[row] = (x[row] - known) / lower[row * size + row];
        }
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size).map(|k| lower[k * size + row] * x[k]).sum();
            x[row] = (x[row] - known) / lower[row * size + row];
        }
        x
    }

    /// The inverse, row by row.
    pub(crate) fn inverse(&self) -> Vec<f64> {
        let unit = |column: usize| (0..self.size).map(move |row| if row == column { 1.0 } else { 0.0 });
        (0..self.size).flat_map(|column| self.solve(&unit(column).collect::<Vec<f64>>())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_a_dependent_column_is_named() {
        // 4x + 2y = 10, 2x + 3y = 11: x = 1, y = 3.
        let factor = Cholesky::new(vec![4.0, 2.0, 2.0, 3.0], 2).unwrap_or_else(|column| panic!("{column}"));
        let x = factor.solve(&[10.0, 11.0]);
        assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 3.0).abs() < 1e-14, "{x:?}");
        let inverse = factor.inverse();
        let expected = [0.375, -0.25, -0.25, 0.5];
        assert!(inverse.iter().zip(expected).all(|(got, want)| (got - want).abs() < 1e-14), "{inverse:?}");
        assert_eq!(Cholesky::new(vec![1.0, 2.0, 2.0, 4.0], 2).err(), Some(1));
        assert_eq!(Cholesky::new(vec![f64::NAN], 1).err(), Some(0));
    }
}
