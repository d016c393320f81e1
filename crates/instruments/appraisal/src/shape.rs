//! An uncertain amount as people estimate it: three points, or a centre and a spread.

use crate::special::{Beta, normal_below, normal_density};

/// How an amount, a growth or a number of months may fall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Known.
    Fixed(f64),
    /// Straight lines from the lowest up to the most likely and down to the highest.
    Triangular {
        /// Lowest possible.
        low: f64,
        /// Most likely.
        mode: f64,
        /// Highest possible.
        high: f64,
    },
    /// Three points with mean (low + 4 mode + high) ÷ 6: a beta distribution (D. G. Malcolm et al. 1959; D. Vose,
    /// *Risk Analysis*, 2000: α = 1 + 4(mode − low) ÷ (high − low), β = 1 + 4(high − mode) ÷ (high − low)).
    Pert {
        /// Lowest possible.
        low: f64,
        /// Most likely.
        mode: f64,
        /// Highest possible.
        high: f64,
    },
    /// Anywhere between, equally likely.
    Uniform {
        /// Lowest possible.
        low: f64,
        /// Highest possible.
        high: f64,
    },
    /// A bell.
    Normal {
        /// Its centre.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
    /// The logarithm is a bell. Mean and deviation are the amount's own, not the logarithm's; a negative mean
    /// (a cost) is the mirror image.
    LogNormal {
        /// Mean of the amount; not 0.
        mean: f64,
        /// Standard deviation of the amount.
        sd: f64,
    },
}

impl Shape {
    /// What is wrong with its numbers.
    ///
    /// # Errors
    /// A sentence without its full stop.
    pub fn check(&self) -> Result<(), String> {
        let numbers = self.numbers();
        if !numbers.iter().all(|number| number.is_finite()) {
            return Err("a number is not finite".into());
        }
        match *self {
            Shape::Triangular { .. } | Shape::Pert { .. } | Shape::Uniform { .. } => {
                let fallen = numbers.windows(2).find(|pair| pair[0] > pair[1]);
                fallen.map_or(Ok(()), |pair| {
                    let says = "give the lowest first; of costs that is the one furthest below 0";
                    Err(format!("{} stands before {}, and is larger: {says}", pair[0], pair[1]))
                })
            }
            Shape::Normal { sd, .. } | Shape::LogNormal { sd, .. } if sd < 0.0 => {
                Err(format!("a standard deviation of {sd} is below 0"))
            }
            Shape::LogNormal { mean: 0.0, .. } => Err("a log-normal amount has a mean other than 0".into()),
            _ => Ok(()),
        }
    }

    fn numbers(&self) -> Vec<f64> {
        match *self {
            Shape::Fixed(value) => vec![value],
            Shape::Triangular { low, mode, high } | Shape::Pert { low, mode, high } => vec![low, mode, high],
            Shape::Uniform { low, high } => vec![low, high],
            Shape::Normal { mean, sd } | Shape::LogNormal { mean, sd } => vec![mean, sd],
        }
    }

    /// The amount that stands in the deterministic figures: the most likely of three points, else the mean.
    pub fn likely(&self) -> f64 {
        match *self {
            Shape::Triangular { mode, .. } | Shape::Pert { mode, .. } => mode,
            _ => self.mean(),
        }
    }

    /// Its mean.
    pub fn mean(&self) -> f64 {
        match *self {
            Shape::Fixed(value) => value,
            Shape::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Shape::Pert { low, mode, high } => (low + 4.0 * mode + high) / 6.0,
            Shape::Uniform { low, high } => f64::midpoint(low, high),
            Shape::Normal { mean, .. } | Shape::LogNormal { mean, .. } => mean,
        }
    }

    /// Its standard deviation.
    pub fn sd(&self) -> f64 {
        match *self {
            Shape::Fixed(_) => 0.0,
            Shape::Triangular { low, mode, high } => {
                let (left, right, whole) = (mode - low, high - mode, high - low);
                // Var = (a² + b² + c² − ab − ac − bc) ÷ 18, written in differences.
                libm::sqrt((left * left + right * right + whole * whole) / 36.0)
            }
            Shape::Pert { low, high, .. } => {
                let mean = self.mean();
                libm::sqrt((mean - low) * (high - mean) / 7.0)
            }
            Shape::Uniform { low, high } => (high - low) / libm::sqrt(12.0),
            Shape::Normal { sd, .. } | Shape::LogNormal { sd, .. } => sd,
        }
    }

    /// Whether it can take only one value.
    pub fn is_certain(&self) -> bool {
        match *self {
            Shape::Fixed(_) => true,
            Shape::Triangular { low, high, .. }
            | Shape::Pert { low, high, .. }
            | Shape::Uniform { low, high } => low >= high,
            Shape::Normal { sd, .. } | Shape::LogNormal { sd, .. } => sd <= 0.0,
        }
    }

    /// The lowest and highest it can be; infinite where there is no bound.
    pub fn bounds(&self) -> (f64, f64) {
        match *self {
            _ if self.is_certain() => (self.mean(), self.mean()),
            Shape::Triangular { low, high, .. }
            | Shape::Pert { low, high, .. }
            | Shape::Uniform { low, high } => (low, high),
            Shape::LogNormal { mean, .. } if mean < 0.0 => (f64::NEG_INFINITY, 0.0),
            Shape::LogNormal { .. } => (0.0, f64::INFINITY),
            Shape::Fixed(_) | Shape::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// Every amount times a number; a negative one turns low into high.
    #[must_use]
    pub fn times(&self, number: f64) -> Shape {
        let ends = |low: f64, high: f64| {
            if number < 0.0 { (high * number, low * number) } else { (low * number, high * number) }
        };
        match *self {
            Shape::Fixed(value) => Shape::Fixed(value * number),
            Shape::Triangular { low, mode, high } => {
                let (low, high) = ends(low, high);
                Shape::Triangular { low, mode: mode * number, high }
            }
            Shape::Pert { low, mode, high } => {
                let (low, high) = ends(low, high);
                Shape::Pert { low, mode: mode * number, high }
            }
            Shape::Uniform { low, high } => {
                let (low, high) = ends(low, high);
                Shape::Uniform { low, high }
            }
            Shape::Normal { mean, sd } => Shape::Normal { mean: mean * number, sd: sd * number.abs() },
            Shape::LogNormal { .. } if number == 0.0 => Shape::Fixed(0.0),
            Shape::LogNormal { mean, sd } => Shape::LogNormal { mean: mean * number, sd: sd * number.abs() },
        }
    }

    /// The amount as likely to be undercut as a standard normal is to fall below z: F⁻¹(Φ(z)).
    pub fn at(&self, z: f64) -> f64 {
        self.place(z).0
    }

    /// [`Shape::at`] and its slope in z, φ(z) ÷ density.
    pub(crate) fn place(&self, z: f64) -> (f64, f64) {
        match *self {
            _ if self.is_certain() => (self.mean(), 0.0),
            Shape::Fixed(value) => (value, 0.0),
            Shape::Uniform { low, high } if z <= 0.0 => {
                (low + (high - low) * normal_below(z), (high - low) * normal_density(z))
            }
            Shape::Uniform { low, high } => {
                (high - (high - low) * normal_below(-z), (high - low) * normal_density(z))
            }
            Shape::Triangular { low, mode, high } => triangular(low, mode, high, z),
            Shape::Pert { low, mode, high } => pert(low, mode, high, z),
            Shape::Normal { mean, sd } => (mean + sd * z, sd),
            Shape::LogNormal { mean, sd } => {
                let log = Logs::of(mean, sd);
                let value = log.at(z);
                (value, value.abs() * log.sigma)
            }
        }
    }
}

fn triangular(low: f64, mode: f64, high: f64, z: f64) -> (f64, f64) {
    let (whole, below) = (high - low, normal_below(z));
    if mode >= high || below < (mode - low) / whole {
        let away = libm::sqrt(below * whole * (mode - low));
        (low + away, normal_density(z) * whole * (mode - low) / (2.0 * away))
    } else {
        let away = libm::sqrt(normal_below(-z) * whole * (high - mode));
        (high - away, normal_density(z) * whole * (high - mode) / (2.0 * away))
    }
}

fn pert(low: f64, mode: f64, high: f64, z: f64) -> (f64, f64) {
    let whole = high - low;
    let beta = Beta { a: 1.0 + 4.0 * (mode - low) / whole, b: 1.0 + 4.0 * (high - mode) / whole };
    // From the nearer end, so that what is close to it keeps its digits.
    let (beta, end, way) = if z <= 0.0 { (beta, low, 1.0) } else { (beta.mirrored(), high, -1.0) };
    let x = beta.quantile(normal_below(-z.abs()));
    (end + way * whole * x, whole * normal_density(z) / beta.density(x))
}

/// A log-normal amount: ±exp(μ + σz).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Logs {
    pub(crate) sign: f64,
    pub(crate) mu: f64,
    pub(crate) sigma: f64,
}

impl Logs {
    pub(crate) fn of(mean: f64, sd: f64) -> Logs {
        let ratio = sd / mean;
        let variance = libm::log1p(ratio * ratio);
        Logs { sign: mean.signum(), mu: libm::log(mean.abs()) - variance / 2.0, sigma: libm::sqrt(variance) }
    }

    /// A cost is mirrored: its low end is far below 0.
    pub(crate) fn at(self, z: f64) -> f64 {
        self.sign * libm::exp(self.mu + self.sign * self.sigma * z)
    }
}
