//! Inputs that move together: a correlation matrix, repaired where it is impossible.

use std::f64::consts::PI;

use crate::{Error, Matrix};

/// In which terms a correlation is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of the amounts' ranks (C. Spearman): the same whatever the shapes. Turned into normal terms by
    /// 2·sin(πρ ÷ 6) (K. Pearson 1907), hence met exactly.
    Rank,
    /// Of the standard normals behind the amounts (the Gaussian copula's own).
    Normal,
}

/// Which inputs move together, and how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    /// In which terms.
    pub kind: Kind,
    /// Names of inputs, in the order of the matrix.
    pub inputs: Vec<String>,
    /// As it was given.
    pub matrix: Matrix,
}

/// A matrix that could not be, and the nearest that can.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Frobenius distance between the two, in normal terms.
    pub distance: f64,
    /// The largest change of one entry, and the inputs it lies between.
    pub largest: (f64, String, String),
    /// Its correlations before and after, in the terms given.
    pub from_to: (f64, f64),
}

/// A repair takes minutes beyond this.
const MOST_INPUTS: usize = 100;
/// Eigenvalues above this are rounding, not impossibility.
const IMPOSSIBLE: f64 = -1e-9;

impl Correlation {
    /// Whether the matrix is one of correlations at all: symmetric, ones on the diagonal, within ±1.
    ///
    /// # Errors
    /// [`Error::Case`] with the entry.
    pub fn check(&self) -> Result<(), Error> {
        let size = self.inputs.len();
        if size > MOST_INPUTS {
            let says = format!("{size} inputs; at most {MOST_INPUTS} can move together");
            return Err(Error::case("correlation, inputs", says));
        }
        if self.matrix.size() != size {
            let says = format!("{size} inputs need {size} rows of {size} numbers");
            return Err(Error::case("correlation, matrix", says));
        }
        for row in 0..size {
            for column in 0..=row {
                self.check_entry(row, column)?;
            }
        }
        let mut names: Vec<&str> = self.inputs.iter().map(String::as_str).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::case("correlation, inputs", format!("{} is there twice", pair[0]))),
            None => Ok(()),
        }
    }

    fn check_entry(&self, row: usize, column: usize) -> Result<(), Error> {
        let (one, other) = (self.matrix.get(row, column), self.matrix.get(column, row));
        let at = format!("correlation, row {}, column {}", row + 1, column + 1);
        if one.is_nan() || one.abs() > 1.0 {
            return Err(Error::case(at, format!("{one} is no correlation: give one from -1 to 1")));
        }
        if row == column && one < 1.0 {
            return Err(Error::case(at, format!("{one} stands on the diagonal, where only 1 can")));
        }
        if (one - other).abs() > 0.0 {
            return Err(Error::case(at, format!("{one}, and {other} the other way round: make them equal")));
        }
        Ok(())
    }

    /// The matrix in normal terms, possible; and the repair, if it had to be made so.
    pub fn possible(&self) -> (Matrix, Option<Repair>) {
        let given = Matrix::from_fn(self.inputs.len(), |row, column| self.to_normal(row, column));
        let (values, _) = given.eigen();
        if values.iter().all(|value| *value >= IMPOSSIBLE) {
            return (given, None);
        }
        let nearest = nearest_correlation(&given);
        let repair = self.told(&given, &nearest);
        (nearest, Some(repair))
    }

    fn to_normal(&self, row: usize, column: usize) -> f64 {
        let given = self.matrix.get(row, column);
        match self.kind {
            // At ±1 and 0 the formula is exact and the sine is not.
            Kind::Rank if given.abs() < 1.0 => 2.0 * libm::sin(PI * given / 6.0),
            Kind::Rank | Kind::Normal => given,
        }
    }

    fn told(&self, given: &Matrix, nearest: &Matrix) -> Repair {
        let size = given.size();
        let pairs = (0..size).flat_map(|row| (0..row).map(move |column| (row, column)));
        let change =
            |(row, column): (usize, usize)| (given.get(row, column) - nearest.get(row, column)).abs();
        let (row, column) = pairs.max_by(|a, b| change(*a).total_cmp(&change(*b))).unwrap_or_default();
        let after = nearest.get(row, column);
        let after = match self.kind {
            Kind::Rank => 6.0 / PI * libm::asin(after / 2.0),
            Kind::Normal => after,
        };
        Repair {
            distance: given.distance(nearest),
            largest: (change((row, column)), self.inputs[column].clone(), self.inputs[row].clone()),
            from_to: (self.matrix.get(row, column), after),
        }
    }
}

impl Repair {
    /// What was done, as a sentence.
    pub fn remark(&self) -> String {
        let (_, one, other) = &self.largest;
        let (from, to) = self.from_to;
        format!(
            "No amounts can have the correlations given together; the nearest possible ones are used instead, at \
             distance {:.4}. The largest change: {one} with {other}, {from} becomes {to:.4}.",
            self.distance
        )
    }
}

/// The correlation matrix nearest to a symmetric one in the Frobenius norm: alternating projections with
/// Dykstra's correction (N. J. Higham, *Computing the nearest correlation matrix: a problem from finance*,
/// IMA J. Numer. Anal. 22, 2002, algorithm 3.3), until a step moves it by less than 10⁻⁹. What comes out is a correlation matrix whatever
/// the number of steps.
pub fn nearest_correlation(given: &Matrix) -> Matrix {
    let size = given.size();
    let (mut unit, mut correction) = (given.clone(), Matrix::from_fn(size, |_, _| 0.0));
    for _ in 0..2_000 {
        let corrected = unit.minus(&correction);
        let semidefinite = corrected.semidefinite();
        correction = semidefinite.minus(&corrected);
        let next = Matrix::from_fn(
            size,
            |row, column| if row == column { 1.0 } else { semidefinite.get(row, column) },
        );
        let (moved, apart) = (next.distance(&unit), next.distance(&semidefinite));
        unit = next;
        if moved.max(apart) <= 1e-9 {
            break;
        }
    }
    scaled(&unit.semidefinite())
}

/// With ones on the diagonal, which rounding left a hair away.
fn scaled(matrix: &Matrix) -> Matrix {
    let root = |place: usize| libm::sqrt(matrix.get(place, place));
    let entry = |row: usize, column: usize| match row == column {
        true => 1.0,
        false => (matrix.get(row, column) / (root(row) * root(column))).clamp(-1.0, 1.0),
    };
    Matrix::from_fn(matrix.size(), entry)
}
