//! Quantiles of the normal and of Student's t distribution.

// Acklam's coefficients: numerator and denominator of the middle, then of the tails.
const A: [f64; 6] = [
    -3.969_683_028_665_376e1,
    2.209_460_984_245_205e2,
    -2.759_285_104_469_687e2,
    1.383_577_518_672_69e2,
    -3.066_479_806_614_716e1,
    2.506_628_277_459_239,
];
const B: [f64; 5] = [
    -5.447_609_879_822_406e1,
    1.615_858_368_580_409e2,
    -1.556_989_798_598_866e2,
    6.680_131_188_771_972e1,
    -1.328_068_155_288_572e1,
];
const C: [f64; 6] = [
    -7.784_894_002_430_293e-3,
    -3.223_964_580_411_365e-1,
    -2.400_758_277_161_838,
    -2.549_732_539_343_734,
    4.374_664_141_464_968,
    2.938_163_982_698_783,
];
const D: [f64; 4] =
    [7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996, 3.754_408_661_907_416];

/// The normal distribution's quantile (Acklam 2003, relative error below 1.2e-9).
#[must_use]
pub(crate) fn normal(probability: f64) -> f64 {
    let polynomial = |of: &[f64], at: f64| of.iter().fold(0.0, |sum, next| sum * at + next);
    let tail = |probability: f64| {
        let root = (-2.0 * probability.ln()).sqrt();
        polynomial(&C, root) / (polynomial(&D, root) * root + 1.0)
    };
    if probability < 0.024_25 {
        return tail(probability);
    }
    if probability > 1.0 - 0.024_25 {
        return -tail(1.0 - probability);
    }
    let middle = probability - 0.5;
    let square = middle * middle;
    polynomial(&A, square) * middle / (polynomial(&B, square) * square + 1.0)
}

/// The quantile of Student's t: exact for one and two degrees of freedom, else the expansion of Abramowitz
/// & Stegun (1964), 26.7.5.
#[must_use]
pub(crate) fn student(probability: f64, degrees: usize) -> f64 {
    let both = 2.0 * probability - 1.0;
    match degrees {
        0 | 1 => (std::f64::consts::FRAC_PI_2 * both).tan(),
        2 => both * (2.0 / (1.0 - both * both)).sqrt(),
        _ => {
            let (x, v) = (normal(probability), degrees as f64);
            let one = (x.powi(3) + x) / 4.0;
            let two = (5.0 * x.powi(5) + 16.0 * x.powi(3) + 3.0 * x) / 96.0;
            let three = (3.0 * x.powi(7) + 19.0 * x.powi(5) + 17.0 * x.powi(3) - 15.0 * x) / 384.0;
            let four =
                (79.0 * x.powi(9) + 776.0 * x.powi(7) + 1482.0 * x.powi(5) - 1920.0 * x.powi(3) - 945.0 * x)
                    / 92160.0;
            x + one / v + two / v.powi(2) + three / v.powi(3) + four / v.powi(4)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Normal: 97.5 %, 99.5 %; Student's t at 97.5 %: the tables of any textbook.
        assert!((normal(0.975) - 1.959_963_985).abs() < 1e-8);
        assert!((normal(0.005) + 2.575_829_304).abs() < 1e-8);
        for (degrees, table) in [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (30, 2.042)] {
            let ours = student(0.975, degrees);
            assert!((ours - table).abs() < 0.002 * table, "{degrees}: {ours} {table}");
        }
    }
}
