//! A number as the unevaluated sum of two floats: about 32 digits, for powers and for the last step of a root.
//! (T. J. Dekker 1971, D. E. Knuth, *Seminumerical Algorithms* §4.2.2.)

/// `high + low`, `low` below half a unit of `high`'s last place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Twofold {
    high: f64,
    low: f64,
}

impl Twofold {
    pub(crate) const ZERO: Twofold = Twofold { high: 0.0, low: 0.0 };
    pub(crate) const ONE: Twofold = Twofold { high: 1.0, low: 0.0 };

    /// a + b, exactly.
    pub(crate) fn sum(a: f64, b: f64) -> Twofold {
        let high = a + b;
        let part = high - a;
        Twofold { high, low: (a - (high - part)) + (b - part) }
    }

    pub(crate) fn add(self, other: Twofold) -> Twofold {
        let Twofold { high, low } = Twofold::sum(self.high, other.high);
        Twofold::sum(high, low + (self.low + other.low))
    }

    pub(crate) fn plus(self, number: f64) -> Twofold {
        let Twofold { high, low } = Twofold::sum(self.high, number);
        Twofold::sum(high, low + self.low)
    }

    pub(crate) fn times(self, other: Twofold) -> Twofold {
        let high = self.high * other.high;
        let rest = self.high.mul_add(other.high, -high);
        Twofold::sum(high, rest + (self.high * other.low + self.low * other.high))
    }

    /// By repeated squaring.
    pub(crate) fn power(self, exponent: u32) -> Twofold {
        let (mut power, mut square, mut left) = (Twofold::ONE, self, exponent);
        while left > 0 {
            if left % 2 == 1 {
                power = power.times(square);
            }
            square = square.times(square);
            left /= 2;
        }
        power
    }

    /// The nearest float.
    pub(crate) fn value(self) -> f64 {
        self.high + self.low
    }
}
