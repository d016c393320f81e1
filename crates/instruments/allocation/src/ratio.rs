//! Exact fractions.

use num_bigint::BigInt;

/// An exact fraction. In lowest terms while people might read it; the solution of a large
/// reciprocal layer has thousands of bits and stays as solved, because reducing it is slow and helps
/// nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: BigInt,
    denominator: BigInt,
}

impl Ratio {
    /// Denominators up to this size are reduced.
    pub(crate) const REDUCED_BITS: u64 = 192;

    /// `numerator ÷ denominator`; `denominator` > 0.
    pub(crate) fn new(numerator: BigInt, denominator: BigInt) -> Ratio {
        if denominator.bits() > Ratio::REDUCED_BITS {
            return Ratio { numerator, denominator };
        }
        let gcd = num_integer::Integer::gcd(&numerator, &denominator);
        Ratio { numerator: numerator / &gcd, denominator: denominator / gcd }
    }

    /// `part ÷ whole`, neither below zero and `whole` above it. Numbers of 64 bits, which most are, need no
    /// big ones to find their common factor.
    pub(crate) fn of_parts(part: i128, whole: i128) -> Ratio {
        let (small_part, small_whole) = (u64::try_from(part), u64::try_from(whole));
        let (part, whole) = match (small_part, small_whole) {
            (Ok(part), Ok(whole)) => {
                let common = num_integer::gcd(part, whole);
                (i128::from(part / common), i128::from(whole / common))
            }
            _ => {
                let common = num_integer::gcd(part, whole);
                (part / common, whole / common)
            }
        };
        Ratio { numerator: BigInt::from(part), denominator: BigInt::from(whole) }
    }

    /// `numerator ÷ denominator` as it is: of shares that are not exact, lowest terms say nothing.
    pub(crate) fn unreduced(numerator: BigInt, denominator: BigInt) -> Ratio {
        Ratio { numerator, denominator }
    }

    pub(crate) fn zero() -> Ratio {
        Ratio { numerator: BigInt::ZERO, denominator: BigInt::from(1) }
    }

    /// The numerator.
    pub const fn numerator(&self) -> &BigInt {
        &self.numerator
    }

    /// The denominator, greater than zero.
    pub const fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// `self × whole`, rounded once, half away from zero; `None` beyond 64 bits.
    pub fn of(&self, whole: i64) -> Option<i64> {
        i64::try_from(round_half_away(&self.numerator * whole, &self.denominator)).ok()
    }
}

/// `n ÷ d` to the nearest integer, halves away from zero; `d` > 0.
pub(crate) fn round_half_away(n: BigInt, d: &BigInt) -> BigInt {
    use num_traits::Signed;
    let rounded = (n.abs() * 2_u8 + d) / (d * 2_u8);
    if n.is_negative() { -rounded } else { rounded }
}
