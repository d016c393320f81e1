//! Chi-square tests and the p of a normal estimate.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

/// A chi-square test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquareTest {
    /// The statistic.
    pub chi_square: f64,
    /// Degrees of freedom.
    pub freedom: usize,
    /// How often chance alone gives as much or more.
    pub p: f64,
}

impl ChiSquareTest {
    /// `freedom` is above 0.
    pub(crate) fn new(chi_square: f64, freedom: usize) -> ChiSquareTest {
        let distribution = ChiSquared::new(freedom as f64).expect("there is at least one degree of freedom");
        ChiSquareTest { chi_square, freedom, p: distribution.sf(chi_square.max(0.0)) }
    }
}

/// How often chance alone gives an estimate `z` standard errors away from zero, to either side.
pub(crate) fn two_sided(z: f64) -> f64 {
    2.0 * Normal::standard().sf(z.abs())
}
