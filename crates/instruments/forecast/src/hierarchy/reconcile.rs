//! The nearest forecasts that add up.

use super::Reconciliation;
use crate::conformal::Measured;
use crate::error::Error;
use crate::linear::{Square, Triangle};

/// Makes forecasts of one moment add up.
#[derive(Debug)]
pub(crate) struct Reconciler {
    /// The lowest series that each one is the sum of.
    pub(super) sums: Vec<Vec<usize>>,
    pub(super) leaves: usize,
    pub(super) how: Reconciliation,
}

impl Reconciler {
    /// Changes the expected values so that they add up. Series that are too short for a forecast of the
    /// moment are short together: then there is nothing to do.
    pub(crate) fn reconcile(&self, paths: &mut [Measured]) -> Result<(), Error> {
        if paths.iter().any(|one| one.path.mean.is_empty()) {
            return Ok(());
        }
        let projection = self.projection(paths)?;
        let horizon = paths.iter().map(|one| one.path.mean.len()).min().unwrap_or_default();
        for step in 0..horizon {
            let lowest = projection.lowest(&paths.iter().map(|one| one.path.mean[step]).collect::<Vec<_>>());
            for (one, parts) in paths.iter_mut().zip(&self.sums) {
                one.path.mean[step] = parts.iter().map(|part| lowest[*part]).sum();
            }
        }
        Ok(())
    }

    fn projection(&self, paths: &[Measured]) -> Result<Projection, Error> {
        let count = self.sums.len();
        if self.how == Reconciliation::BottomUp {
            let place = |leaf: usize| self.sums.iter().position(|parts| parts == &[leaf]).unwrap_or_default();
            return Ok(Projection::Pick((0..self.leaves).map(place).collect()));
        }
        let weight = match self.how {
            Reconciliation::MinTraceShrink => shrunk(paths),
            _ => identity(count),
        };
        let singular = || Error::Hierarchy("two sums have the same parts: leave one out".into());
        let weight = weight.cholesky().ok_or_else(singular)?;
        // W⁻¹S, one column for each lowest series.
        let column = |leaf: usize| {
            let summed = self.sums.iter().map(|parts| f64::from(u8::from(parts.contains(&leaf))));
            weight.solve(&summed.collect::<Vec<_>>())
        };
        let weighted: Vec<Vec<f64>> = (0..self.leaves).map(column).collect();
        let mut normal = Square::zero(self.leaves);
        for (node, parts) in self.sums.iter().enumerate() {
            for row in parts {
                for (column, weighted) in weighted.iter().enumerate() {
                    *normal.at_mut(*row, column) += weighted[node];
                }
            }
        }
        Ok(Projection::Solve { weighted, normal: normal.cholesky().ok_or_else(singular)? })
    }
}

/// From forecasts of all series to those of the lowest.
enum Projection {
    /// They are among them.
    Pick(Vec<usize>),
    /// The least squares of the differences.
    Solve { weighted: Vec<Vec<f64>>, normal: Triangle },
}

impl Projection {
    fn lowest(&self, all: &[f64]) -> Vec<f64> {
        match self {
            Projection::Pick(places) => places.iter().map(|place| all[*place]).collect(),
            Projection::Solve { weighted, normal } => {
                let dot = |column: &Vec<f64>| column.iter().zip(all).map(|(one, two)| one * two).sum();
                normal.solve(&weighted.iter().map(dot).collect::<Vec<f64>>())
            }
        }
    }
}

fn identity(size: usize) -> Square {
    let mut square = Square::zero(size);
    (0..size).for_each(|row| *square.at_mut(row, row) = 1.0);
    square
}

/// The covariance of one-step errors, shrunk towards its diagonal by as much as chance moves the
/// correlations (Schäfer & Strimmer 2005, as Wickramasuriya et al. 2019 take it).
fn shrunk(paths: &[Measured]) -> Square {
    let size = paths.len();
    let count = paths.iter().map(|one| one.path.residuals.len()).min().unwrap_or_default();
    let tails: Vec<&[f64]> =
        paths.iter().map(|one| &one.path.residuals[one.path.residuals.len() - count..]).collect();
    let n = count.max(2) as f64;
    let square = |tail: &[f64]| tail.iter().map(|error| error * error).sum::<f64>() / n;
    let variances: Vec<f64> = tails.iter().map(|tail| square(tail)).collect();
    let least = variances.iter().copied().fold(0.0, f64::max).max(1e-12) * 1e-10;
    let scale: Vec<f64> = variances.iter().map(|variance| variance.max(least).sqrt()).collect();
    let (mut chance, mut distance) = (0.0, 0.0);
    let mut correlations = identity(size);
    for row in 0..size {
        for column in 0..row {
            let products =
                tails[row].iter().zip(tails[column]).map(|(a, b)| a * b / (scale[row] * scale[column]));
            let (sum, squares) =
                products.fold((0.0, 0.0), |(sum, squares), one| (sum + one, squares + one * one));
            chance += 2.0 * (squares - sum * sum / n) / (n * (n - 1.0));
            distance += 2.0 * (sum / n).powi(2);
            *correlations.at_mut(row, column) = sum / n;
        }
    }
    let shrinkage = if distance > 0.0 { (chance / distance).clamp(0.0, 1.0) } else { 1.0 };
    for row in 0..size {
        for column in 0..row {
            let shrunk = (1.0 - shrinkage) * correlations.at(row, column) * scale[row] * scale[column];
            *correlations.at_mut(row, column) = shrunk;
            *correlations.at_mut(column, row) = shrunk;
        }
        *correlations.at_mut(row, row) = scale[row] * scale[row];
    }
    correlations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::Path;

    /// Total, a sum of two of three, and the three; forecasts two steps ahead; ten one-step errors of each.
    fn five() -> (Vec<Vec<usize>>, Vec<Measured>) {
        let means = [[105.0, 110.0], [62.0, 60.0], [35.0, 36.0], [30.0, 31.0], [38.0, 37.0]];
        let errors: [[i32; 10]; 5] = [
            [3, -2, 1, 4, -3, 2, -1, -4, 2, 1],
            [2, -1, 1, 2, -2, 1, 0, -2, 1, 1],
            [1, -1, 0, 1, -1, 1, 1, -1, 0, 1],
            [1, 1, 1, 0, -1, 0, -2, -1, 1, 0],
            [1, -2, 0, 2, -1, 1, -1, -2, 1, -1],
        ];
        let one = |(mean, errors): ([f64; 2], [i32; 10])| {
            let residuals = errors.map(f64::from).to_vec();
            let path = Path { mean: mean.to_vec(), residuals, ..Path::default() };
            Measured { path, ..Measured::default() }
        };
        (
            vec![vec![0, 1, 2], vec![0, 1], vec![0], vec![1], vec![2]],
            means.into_iter().zip(errors).map(one).collect(),
        )
    }

    fn reconciled(how: Reconciliation) -> Vec<Vec<f64>> {
        let (sums, mut made) = five();
        Reconciler { sums, leaves: 3, how }.reconcile(&mut made).unwrap();
        made.into_iter().map(|one| one.path.mean).collect()
    }

    fn same(ours: &[Vec<f64>], theirs: [[f64; 2]; 5], within: f64) {
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours[0] - theirs[0]).abs() < within && (ours[1] - theirs[1]).abs() < within, "{ours:?}");
        }
    }

    /// hierarchicalforecast 1.5.3, `MinTrace(method="ols")`.
    #[test]
    fn ols_gives_what_hierarchicalforecast_gives() {
        let theirs = [[103.5, 106.0], [64.0, 65.0], [34.5, 35.0], [29.5, 30.0], [39.5, 41.0]];
        same(&reconciled(Reconciliation::Ols), theirs, 1e-9);
    }

    /// The formulas of Wickramasuriya et al. (2019) and of R's `hts` (errors not centred), in numpy 2.4.6: shrinkage
    /// .1532978. hierarchicalforecast 1.5.3, which centres the errors, is up to .18 away.
    #[test]
    fn min_trace_gives_what_its_formula_gives() {
        let theirs = [
            [103.958_824_68, 106.624_404_92],
            [64.135_168_81, 65.022_014_67],
            [35.320_104_11, 36.693_643_57],
            [28.815_064_7, 28.328_371_1],
            [39.823_655_87, 41.602_390_25],
        ];
        same(&reconciled(Reconciliation::MinTraceShrink), theirs, 1e-6);
        let centred = [
            [103.928_911_97, 106.566_107_62],
            [64.163_197_91, 65.132_699_8],
            [35.342_595_63, 36.780_570_31],
            [28.820_602_28, 28.352_129_49],
            [39.765_714_06, 41.433_407_81],
        ];
        same(&reconciled(Reconciliation::MinTraceShrink), centred, 0.18);
    }

    #[test]
    fn bottom_up_adds_the_lowest() {
        let sums = [[103.0, 104.0], [65.0, 67.0], [35.0, 36.0], [30.0, 31.0], [38.0, 37.0]];
        same(&reconciled(Reconciliation::BottomUp), sums, 1e-12);
    }
}
