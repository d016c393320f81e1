//! The normal and the beta distribution, to about fifteen digits.

use std::f64::consts::{PI, SQRT_2};

/// Φ(z): the chance that a standard normal lies below z.
pub(crate) fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / SQRT_2)
}

/// φ(z), the standard normal density.
pub(crate) fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * PI)
}

/// The z with Φ(z) = p, within ±10.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..64 {
        let middle = f64::midpoint(low, high);
        if normal_below(middle) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// A beta distribution on 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beta {
    pub(crate) a: f64,
    pub(crate) b: f64,
}

impl Beta {
    /// The mirror image: that of 1 − x.
    pub(crate) fn mirrored(self) -> Beta {
        Beta { a: self.b, b: self.a }
    }

    pub(crate) fn density(self, x: f64) -> f64 {
        let log = libm::lgamma(self.a + self.b) - libm::lgamma(self.a) - libm::lgamma(self.b);
        libm::exp(log) * libm::pow(x, self.a - 1.0) * libm::pow(1.0 - x, self.b - 1.0)
    }

    /// The chance to lie below x: the regularised incomplete beta function, by its continued fraction
    /// (Abramowitz & Stegun 26.5.8, evaluated after Lentz 1976).
    pub(crate) fn below(self, x: f64) -> f64 {
        if x <= 0.0 || x >= 1.0 {
            return if x <= 0.0 { 0.0 } else { 1.0 };
        }
        if x > (self.a + 1.0) / (self.a + self.b + 2.0) {
            return 1.0 - self.mirrored().below_by_fraction(1.0 - x);
        }
        self.below_by_fraction(x)
    }

    fn below_by_fraction(self, x: f64) -> f64 {
        self.density(x) * x * (1.0 - x) / self.a * self.fraction(x)
    }

    fn fraction(self, x: f64) -> f64 {
        let Beta { a, b } = self;
        let floor = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
        let (mut c, mut d) = (1.0, 1.0 / floor(1.0 - (a + b) * x / (a + 1.0)));
        let mut product = d;
        for step in 1..400 {
            let m = f64::from(step);
            let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            let mut change = 1.0;
            for term in [even, odd] {
                d = 1.0 / floor(1.0 + term * d);
                c = floor(1.0 + term / c);
                change = c * d;
                product *= change;
            }
            if (change - 1.0).abs() < f64::EPSILON {
                break;
            }
        }
        product
    }

    /// The x below which the chance is p: Newton steps kept inside a shrinking bracket.
    pub(crate) fn quantile(self, p: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        // Near 0 the chance is about x^a ÷ (a·B(a, b)).
        let scale = self.density(0.5) * libm::pow(0.5, 2.0 - self.a - self.b) / self.a;
        let mut x = libm::pow(p / scale, 1.0 / self.a).clamp(1e-300, 0.5);
        for _ in 0..200 {
            let gap = self.below(x) - p;
            if gap < 0.0 {
                low = x
            } else {
                high = x
            }
            let newton = x - gap / self.density(x);
            let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
            if (next - x).abs() <= 1e-15 * x || high - low <= 1e-15 * high {
                return next;
            }
            x = next;
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy 1.17.1: `scipy.stats.norm.cdf`, `norm.ppf`, `scipy.special.betainc`, `betaincinv`.
    #[test]
    fn values_are_those_of_scipy() {
        let near = |ours: f64, theirs: f64| assert!((ours / theirs - 1.0).abs() < 1e-12, "{ours} {theirs}");
        near(normal_below(-1.959963984540054), 0.025);
        near(normal_below(-8.0), 6.22096057427174e-16);
        near(normal_quantile(0.3), -0.5244005127080409);
        near(Beta { a: 2.6, b: 3.4 }.below(0.3), 0.26623126913377476);
        near(Beta { a: 1.0, b: 5.0 }.below(0.1), 0.40951);
        near(Beta { a: 2.6, b: 3.4 }.quantile(0.05), 0.13928045388276086);
        near(Beta { a: 2.6, b: 3.4 }.quantile(1e-12), 9.698341697557247e-06);
    }
}
