//! Expectations over a beta-distributed probability.

use statrs::function::beta::ln_beta;

/// By how little, relative to its size, the sum may still change at the end.
const SETTLED: f64 = 1e-14;

/// The mean of a smooth `function` of a probability with density Beta(a, b). Its ends `at_0` and `at_1` are handed in:
/// the straight line between them is averaged exactly, so that what is left vanishes at both ends, however steep the
/// density is there; that is summed by the double-exponential rule (Takahasi and Mori 1974).
///
/// `function` takes p and 1 − p.
pub(crate) fn mean(a: f64, b: f64, at_0: f64, at_1: f64, function: &dyn Fn(f64, f64) -> f64) -> f64 {
    let line = (at_0 * b + at_1 * a) / (a + b);
    let log_scale = ln_beta(a, b);
    // p = 1 ÷ (1 + exp(−π sinh u)); the grid stands where the mean is.
    let centre = ((a / b).ln() / std::f64::consts::PI).asinh();
    let term = |u: f64| {
        let logit = std::f64::consts::PI * u.sinh();
        let (log_p, log_q) = (-(-logit).exp().ln_1p(), -logit.exp().ln_1p());
        let (p, q) = (log_p.exp(), log_q.exp());
        let density = (a * log_p + b * log_q - log_scale).exp();
        let weight = density * std::f64::consts::PI * u.cosh();
        if weight > 0.0 { weight * (function(p, q) - at_0 * q - at_1 * p) } else { 0.0 }
    };
    // Wide enough for exp(−π sinh 5) ≈ 1e−101 at either end; fine enough for a narrow density.
    let reach = 5.0 + centre.abs();
    let width = (1.0 / a + 1.0 / b).sqrt() / (std::f64::consts::PI * centre.cosh());
    let mut step = (width / 2.0).clamp(1e-5, 0.25);
    let count = |step: f64| (reach / step).ceil() as i64;
    let mut sum: f64 = (-count(step)..=count(step)).map(|at| term(centre + at as f64 * step)).sum();
    for _ in 0..12 {
        let between: f64 =
            (-count(step)..count(step)).map(|at| term(centre + (at as f64 + 0.5) * step)).sum();
        let (coarse, fine) = (sum * step, (sum + between) * step / 2.0);
        (sum, step) = (sum + between, step / 2.0);
        if (fine - coarse).abs() <= SETTLED * (line.abs() + fine.abs()) {
            break;
        }
    }
    line + sum * step
}

#[cfg(test)]
mod tests {
    use super::*;

    /// E[p²] = a(a + 1) ÷ ((a + b)(a + b + 1)).
    #[test]
    fn the_mean_square_is_exact_for_steep_flat_and_narrow_densities() {
        // Exact beside the mean itself, from which the square is reckoned.
        for (a, b) in [(1.0, 1.0), (0.02, 0.5), (0.793, 2.426), (5.0, 0.1), (0.01, 90.0), (3000.0, 500.0)] {
            let got = mean(a, b, 0.0, 1.0, &|p, _| p * p);
            let expected = a * (a + 1.0) / ((a + b) * (a + b + 1.0));
            assert!((got - expected).abs() < 1e-12 * a / (a + b), "a {a}, b {b}: {got} is not {expected}");
        }
    }
}
