//! Symmetric positive systems solved by Cholesky's decomposition.

/// A square matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Square {
    pub(crate) size: usize,
    pub(crate) cells: Vec<f64>,
}

impl Square {
    pub(crate) fn zero(size: usize) -> Square {
        Square { size, cells: vec![0.0; size * size] }
    }

    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    pub(crate) fn at_mut(&mut self, row: usize, column: usize) -> &mut f64 {
        &mut self.cells[row * self.size + column]
    }

    /// The lower triangle whose square this is; none where it is not positive.
    pub(crate) fn cholesky(&self) -> Option<Triangle> {
        let size = self.size;
        let mut lower = Square::zero(size);
        for row in 0..size {
            for column in 0..=row {
                let (one, two) = (&lower.cells[row * size..], &lower.cells[column * size..]);
                let products: f64 = one.iter().zip(two).take(column).map(|(one, two)| one * two).sum();
                let rest = self.at(row, column) - products;
                if row == column {
                    // What rounding alone may have left is not positive.
                    if rest.is_nan() || rest <= 1e-13 * self.at(row, row).abs() {
                        return None;
                    }
                    *lower.at_mut(row, row) = rest.sqrt();
                } else {
                    *lower.at_mut(row, column) = rest / lower.at(column, column);
                }
            }
        }
        Some(Triangle(lower))
    }
}

/// A lower triangle.
#[derive(Debug, Clone)]
pub(crate) struct Triangle(Square);

impl Triangle {
    /// Solves the system of the matrix that this is the root of.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let Triangle(lower) = self;
        let mut solution = right.to_vec();
        for row in 0..lower.size {
            let sum: f64 = (0..row).map(|column| lower.at(row, column) * solution[column]).sum();
            solution[row] = (solution[row] - sum) / lower.at(row, row);
        }
        for row in (0..lower.size).rev() {
            let sum: f64 = (row + 1..lower.size).map(|below| lower.at(below, row) * solution[below]).sum();
            solution[row] = (solution[row] - sum) / lower.at(row, row);
        }
        solution
    }

    /// The inverse of the matrix that this is the root of.
    pub(crate) fn inverse(&self) -> Square {
        let size = self.0.size;
        let mut inverse = Square::zero(size);
        for column in 0..size {
            let mut unit = vec![0.0; size];
            unit[column] = 1.0;
            for (row, cell) in self.solve(&unit).into_iter().enumerate() {
                *inverse.at_mut(row, column) = cell;
            }
        }
        inverse
    }
}
