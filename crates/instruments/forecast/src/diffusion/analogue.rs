//! Known curves to borrow p and q from.

use super::curve::Curve;

/// A known curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Analogue {
    /// Its name on the command line.
    pub key: &'static str,
    /// What spread, where and when.
    pub what: &'static str,
    /// Its curve, per year.
    pub curve: Curve,
    /// Who estimated it.
    pub source: &'static str,
}

/// The analogues to choose from. A service that people need and that costs them little spreads faster than these
/// durable goods: give p and q where you know better.
pub const ANALOGUES: &[Analogue] = &[
    Analogue {
        key: "average",
        what: "mean of 213 estimates for durable goods and services",
        curve: Curve { p: 0.03, q: 0.38 },
        source: "Sultan, Farley & Lehmann (1990), Journal of Marketing Research 27, 70–77",
    },
    Analogue {
        key: "room-air-conditioner",
        what: "room air conditioners, United States 1949–61",
        curve: Curve { p: 0.00944, q: 0.3748 },
        source: "non-linear least squares (Srinivasan & Mason 1986) on the sales in Bass (1969)",
    },
    Analogue {
        key: "colour-television",
        what: "colour television, United States 1963–70",
        curve: Curve { p: 0.0185, q: 0.6159 },
        source: "non-linear least squares (Srinivasan & Mason 1986) on yearly sales",
    },
    Analogue {
        key: "clothes-dryer",
        what: "clothes dryers, United States 1949–61",
        curve: Curve { p: 0.0136, q: 0.3267 },
        source: "non-linear least squares (Srinivasan & Mason 1986) on the sales in Bass (1969)",
    },
];

impl Analogue {
    /// The analogue of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<&'static Analogue> {
        ANALOGUES.iter().find(|analogue| analogue.key == key)
    }
}
