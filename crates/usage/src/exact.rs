//! Exact decimals of bills: sums of millions of rows, to their last digit.

use std::fmt;

use num_bigint::{BigInt, Sign};

/// Digits kept behind the point, as in the crate that reads bills.
const DECIMALS: usize = 38;
/// Digits before the point: more is no bill.
const WHOLE: usize = 38;

/// A sum, in units of 10⁻³⁸.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exact(BigInt);

impl Exact {
    /// Reads `-12.345`: digits, one dot, no exponent.
    pub(crate) fn parse(text: &str) -> Option<Exact> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > WHOLE || part.len() > DECIMALS || !all_digits {
            return None;
        }
        let units = BigInt::parse_bytes(format!("{whole}{part:0<DECIMALS$}").as_bytes(), 10)?;
        Some(Exact(if negative { -units } else { units }))
    }

    /// This and another.
    pub(crate) fn plus(&self, other: &Exact) -> Exact {
        Exact(&self.0 + &other.0)
    }

    /// Its size, without its sign.
    pub(crate) fn weight(&self) -> BigInt {
        BigInt::from(self.0.magnitude().clone())
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.0.sign() == Sign::Minus
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.sign() == Sign::NoSign
    }

    /// Minor units of a currency with so many digits, rounded half away from zero; none beyond 64 bits.
    pub(crate) fn minor(&self, digits: u32) -> Option<i64> {
        let unit = BigInt::from(10).pow(u32::try_from(DECIMALS).ok()? - digits);
        let size: BigInt = (self.weight() * 2 + &unit) / (unit * 2);
        i64::try_from(if self.is_negative() { -size } else { size }).ok()
    }
}

impl fmt::Display for Exact {
    /// At least two decimals, and as many more as it has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:0>width$}", self.weight().to_string(), width = DECIMALS + 1);
        let (whole, part) = digits.split_at(digits.len() - DECIMALS);
        let part = format!("{:0<2}", part.trim_end_matches('0'));
        write!(f, "{}{whole}.{part}", if self.is_negative() { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_kept_to_their_last_digit_and_rounded_once() {
        for (text, plain, cents) in [
            ("0", "0.00", 0),
            ("-0.005", "-0.005", -1),
            ("0.00499999999999999999999999999999999999", "0.00499999999999999999999999999999999999", 0),
            ("7563248.11500000001", "7563248.11500000001", 7_563_248_12),
            ("12.3", "12.30", 1_230),
        ] {
            let exact = Exact::parse(text).unwrap();
            assert_eq!((exact.to_string().as_str(), exact.minor(2)), (plain, Some(cents)), "{text}");
        }
        assert_eq!(Exact::parse("1.5").unwrap().minor(0), Some(2));
        assert_eq!(Exact::parse("0.1").unwrap().plus(&Exact::parse("-0.3").unwrap()).to_string(), "-0.20");
        for text in ["", "-", ".5", "1,5", "1e3", "+1", "1.2.3", " 1"] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }
}
