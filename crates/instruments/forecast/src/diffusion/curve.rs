//! Bass's curve.

/// Bass's curve of adoption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    /// Innovation: the rate at which people adopt by themselves, per period.
    pub p: f64,
    /// Imitation: the rate at which they follow others, per period.
    pub q: f64,
}

impl Curve {
    /// The share of all who ever will that has adopted `time` periods after the start.
    #[must_use]
    pub fn share(&self, time: f64) -> f64 {
        let left = (-(self.p + self.q) * time).exp();
        (1.0 - left) / (1.0 + self.q / self.p * left)
    }

    /// The share that adopts in period number `period`, counted from 1.
    #[must_use]
    pub fn in_period(&self, period: usize) -> f64 {
        let end = period as f64;
        self.share(end) - self.share(end - 1.0)
    }

    /// When most adopt at once, in periods after the start; 0 where it only falls (q ≤ p).
    #[must_use]
    pub fn peak(&self) -> f64 {
        if self.q <= self.p { 0.0 } else { (self.q / self.p).ln() / (self.p + self.q) }
    }

    /// The same curve where `parts` periods make one of these: a yearly curve in months has 12.
    #[must_use]
    pub fn in_parts(&self, parts: f64) -> Curve {
        Curve { p: self.p / parts, q: self.q / parts }
    }

    /// Derivatives of [`Curve::share`] by p and by q.
    pub(super) fn slopes(&self, time: f64) -> (f64, f64) {
        let Curve { p, q } = *self;
        let left = (-(p + q) * time).exp();
        let below = 1.0 + q / p * left;
        let fading = time * left;
        let by = |direct: f64| (fading * below - (1.0 - left) * (direct - q / p * fading)) / (below * below);
        (by(-q / (p * p) * left), by(left / p))
    }
}
