//! From values to places on the drawing: exact decimals, written with one place.

use kernel::Decimal;

use crate::number::rounded;

/// A linear scale of values onto pixels.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: Decimal,
    high: Decimal,
    pixels: i64,
}

impl Scale {
    /// `low` … `high` onto `pixels`; a range of nothing is widened to one.
    pub fn new(low: Decimal, high: Decimal, pixels: i64) -> Scale {
        Scale { low, high: if high > low { high } else { low + Decimal::ONE }, pixels }
    }

    /// Tenths of pixels from the low end.
    pub fn tenths(&self, value: Decimal) -> i64 {
        let share = (value - self.low) / (self.high - self.low);
        rounded(share * Decimal::from(self.pixels), 1)
    }
}

/// Tenths of pixels as an SVG number: `12.5`.
pub fn px(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

/// At most five round ticks that enclose `low` … `high`: steps of 1, 2 or 5 times a power of ten.
pub fn ticks(low: Decimal, high: Decimal) -> Vec<Decimal> {
    let span = if high > low { high - low } else { Decimal::ONE };
    let mut power = Decimal::new(1, 6);
    while power * Decimal::TEN < span / Decimal::from(4) {
        power *= Decimal::TEN;
    }
    for factor in [1, 2, 5, 10, 20, 50] {
        let step = power * Decimal::from(factor);
        let first = (low / step).floor();
        let last = (high / step).ceil();
        let count = last - first;
        if count <= Decimal::from(4) {
            let mut out = vec![first * step];
            let mut at = first;
            while at < last {
                at += Decimal::ONE;
                out.push(at * step);
            }
            return out.into_iter().map(|tick| tick.normalize()).collect();
        }
    }
    vec![low, high]
}
