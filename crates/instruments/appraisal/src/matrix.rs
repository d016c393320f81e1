//! Small symmetric matrices: eigenvalues by rotations, and a root of a correlation matrix.

/// A square matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// From its entries.
    pub fn from_fn(size: usize, entry: impl Fn(usize, usize) -> f64) -> Matrix {
        let cells = (0..size * size).map(|place| entry(place / size, place % size)).collect();
        Matrix { size, cells }
    }

    /// Ones on the diagonal.
    pub fn identity(size: usize) -> Matrix {
        Matrix::from_fn(size, |row, column| if row == column { 1.0 } else { 0.0 })
    }

    /// Rows (and columns).
    pub const fn size(&self) -> usize {
        self.size
    }

    /// An entry.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    pub(crate) fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] = value;
    }

    /// Frobenius distance: the root of the sum of squared differences of all entries.
    pub fn distance(&self, other: &Matrix) -> f64 {
        let squares = self.cells.iter().zip(&other.cells).map(|(a, b)| (a - b) * (a - b));
        libm::sqrt(squares.sum())
    }

    pub(crate) fn minus(&self, other: &Matrix) -> Matrix {
        Matrix::from_fn(self.size, |row, column| self.get(row, column) - other.get(row, column))
    }

    fn rotate(&mut self, p: usize, q: usize, (cosine, sine): (f64, f64)) {
        for row in 0..self.size {
            let (a, b) = (self.get(row, p), self.get(row, q));
            self.set(row, p, cosine * a - sine * b);
            self.set(row, q, sine * a + cosine * b);
        }
    }

    fn transpose(&mut self) {
        *self = Matrix::from_fn(self.size, |row, column| self.get(column, row));
    }

    fn off_diagonal(&self) -> f64 {
        let apart = |place: usize| place / self.size != place % self.size;
        (0..self.cells.len()).filter(|place| apart(*place)).map(|place| self.cells[place].powi(2)).sum()
    }

    /// Eigenvalues of a symmetric matrix and, in columns, its eigenvectors (C. G. J. Jacobi 1846, cyclic).
    pub(crate) fn eigen(&self) -> (Vec<f64>, Matrix) {
        let (mut rotated, mut vectors) = (self.clone(), Matrix::identity(self.size));
        let size: f64 = self.cells.iter().map(|cell| cell * cell).sum();
        for _ in 0..60 {
            if rotated.off_diagonal() <= 1e-30 * size {
                break;
            }
            for p in 0..self.size {
                for q in p + 1..self.size {
                    rotated.rotate_out(p, q, &mut vectors);
                }
            }
        }
        ((0..self.size).map(|place| rotated.get(place, place)).collect(), vectors)
    }

    /// Turns the plane of p and q so that their common entry becomes nought.
    fn rotate_out(&mut self, p: usize, q: usize, vectors: &mut Matrix) {
        let common = self.get(p, q);
        if common == 0.0 {
            return;
        }
        let half = (self.get(q, q) - self.get(p, p)) / (2.0 * common);
        let tangent = half.signum() / (half.abs() + libm::sqrt(half * half + 1.0));
        let cosine = 1.0 / libm::sqrt(tangent * tangent + 1.0);
        let turn = (cosine, tangent * cosine);
        self.rotate(p, q, turn);
        self.rotate_rows(p, q, turn);
        vectors.rotate(p, q, turn);
    }

    fn rotate_rows(&mut self, p: usize, q: usize, (cosine, sine): (f64, f64)) {
        for column in 0..self.size {
            let (a, b) = (self.get(p, column), self.get(q, column));
            self.set(p, column, cosine * a - sine * b);
            self.set(q, column, sine * a + cosine * b);
        }
    }

    /// The lower triangle L with L·Lᵀ = this, for a correlation matrix that may be singular: a pivot that is
    /// nought leaves an empty column (Cholesky, for positive semidefinite matrices).
    pub(crate) fn root(&self) -> Matrix {
        let mut root = Matrix::from_fn(self.size, |_, _| 0.0);
        for column in 0..self.size {
            let taken = |row: usize, root: &Matrix| -> f64 {
                (0..column).map(|k| root.get(row, k) * root.get(column, k)).sum()
            };
            let pivot = self.get(column, column) - taken(column, &root);
            if pivot <= 1e-10 {
                continue;
            }
            let pivot = libm::sqrt(pivot);
            for row in column..self.size {
                let value = (self.get(row, column) - taken(row, &root)) / pivot;
                root.set(row, column, value);
            }
        }
        root
    }
}

impl Matrix {
    /// The nearest symmetric matrix without negative eigenvalues: they are set to nought.
    pub(crate) fn semidefinite(&self) -> Matrix {
        let (values, mut rows) = self.eigen();
        rows.transpose();
        let weights: Vec<f64> = values.iter().map(|value| value.max(0.0)).collect();
        Matrix::from_fn(self.size, |row, column| {
            let terms = weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
            terms.map(|(k, weight)| weight * rows.get(k, row) * rows.get(k, column)).sum()
        })
    }
}
