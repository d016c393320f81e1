//! Costs as files write them, exactly: in units of 10⁻³⁸.

use std::sync::LazyLock;

use arrow::datatypes::i256;

/// Decimals that are kept.
pub(crate) const DECIMALS: u8 = 38;

/// 10⁰ to 10⁷⁶.
static POWERS: LazyLock<Vec<i256>> = LazyLock::new(|| {
    let ten = i256::from_i128(10);
    std::iter::successors(Some(i256::ONE), |power| power.checked_mul(ten)).take(77).collect()
});

/// 10 to the power of `exponent`, up to 76.
pub(crate) fn power(exponent: u32) -> Option<i256> {
    POWERS.get(exponent as usize).copied()
}

/// Reads `-0.00060909750` or `6.1e-4`; none of anything else, or where there are more than 38 digits or decimals.
pub(crate) fn of_text(text: &str) -> Option<i256> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (number, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], unsigned[at + 1..].parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (mantissa, decimals) = digits(number)?;
    let shift = (i32::from(DECIMALS) - decimals).checked_add(exponent)?;
    let amount = match u32::try_from(shift) {
        _ if mantissa == 0 => i256::ZERO,
        Ok(shift) => i256::from_i128(mantissa).checked_mul(power(shift)?)?,
        Err(_) => return None,
    };
    Some(if negative { amount.wrapping_neg() } else { amount })
}

/// The digits as one number, and how many of them are decimals.
fn digits(number: &str) -> Option<(i128, i32)> {
    let (mut mantissa, mut decimals, mut point, mut any) = (0_i128, 0, false, false);
    let mut held = 0; // Noughts at the end are no digits until another follows.
    for byte in number.bytes() {
        match byte {
            b'.' if !point => point = true,
            b'0' if point => (any, held) = (true, held + 1),
            b'0'..=b'9' => {
                for _ in 0..=held {
                    mantissa = mantissa.checked_mul(10)?;
                }
                mantissa = mantissa.checked_add(i128::from(byte - b'0'))?;
                decimals += if point { held + 1 } else { 0 };
                (any, held) = (true, 0);
            }
            _ => return None,
        }
    }
    any.then_some((mantissa, decimals))
}

/// The shortest decimal that is this float and no other: what was meant where a file keeps costs as DOUBLE. None of
/// what is no number.
pub(crate) fn of_float(float: f64) -> Option<i256> {
    /// Most costs have no more decimals than that.
    const MILLIONTHS: f64 = 1e6;
    /// Whole numbers below it are floats, each one.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    if !float.is_finite() {
        return None;
    }
    let millionths = (float * MILLIONTHS).round();
    // Fifteen digits are the same as a float and as a decimal: no shorter one could be another.
    if millionths.abs() < WHOLE / 10.0 && (millionths / MILLIONTHS).to_bits() == float.to_bits() {
        return i256::from_f64(millionths)?.checked_mul(power(u32::from(DECIMALS) - 6)?);
    }
    of_text(&format!("{float:e}")).or_else(|| of_text(&format!("{float:.38}")))
}

/// A sum in units of 10⁻³⁸, from one with fewer `decimals`.
pub(crate) fn lifted(sum: i256, decimals: i8) -> Option<i256> {
    let shift = i16::from(DECIMALS) - i16::from(decimals);
    match u32::try_from(shift) {
        Ok(shift) => sum.checked_mul(power(shift)?),
        Err(_) => {
            let power = power(u32::from(shift.unsigned_abs()))?;
            (sum.checked_rem(power)? == i256::ZERO).then(|| sum.checked_div(power)).flatten()
        }
    }
}

/// An amount in units of 10⁻³⁸ as people write it: with two decimals or as many as it has.
pub(crate) fn spoken(amount: i256) -> String {
    let negative = amount.is_negative();
    let digits = amount.to_string();
    let digits = digits.trim_start_matches('-');
    let decimals = usize::from(DECIMALS);
    let digits = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let part = part.trim_end_matches('0');
    format!("{}{whole}.{part:0<2}", if negative { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(amount: Option<i256>) -> String {
        amount.map_or_else(|| "none".to_owned(), spoken)
    }

    #[test]
    fn texts_are_read_to_their_last_decimal() {
        for (text, amount) in [
            ("0.00060909750", "0.0006090975"),
            ("16.29693213663664462748541900", "16.296932136636644627485419"),
            ("-12", "-12.00"),
            ("+.5", "0.50"),
            ("5.", "5.00"),
            ("6.1e-4", "0.00061"),
            ("1E3", "1000.00"),
            ("0", "0.00"),
            ("-0.000000", "0.00"),
            ("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"),
            ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999.00"),
            ("1.50000000000000000000000000000000000000000000", "1.50"),
            ("0.000000000000000000000000000000000000001", "none"),
            ("1,234.50", "none"),
            ("12 EUR", "none"),
            ("", "none"),
            ("-", "none"),
            (".", "none"),
            ("1.2.3", "none"),
            ("NaN", "none"),
        ] {
            assert_eq!(said(of_text(text)), amount, "{text}");
        }
    }

    #[test]
    fn floats_are_the_decimals_that_were_meant() {
        for (float, amount) in [
            (0.1, "0.10"),
            (-5_000.123_456, "-5000.123456"),
            (0.000_609_097_5, "0.0006090975"),
            (1e-7, "0.0000001"),
            (123_456_789_012.34, "123456789012.34"),
            (-0.0, "0.00"),
            (1e22, "10000000000000000000000.00"),
            (5e-324, "0.00"),
            (f64::NAN, "none"),
            (f64::INFINITY, "none"),
        ] {
            assert_eq!(said(of_float(float)), amount, "{float}");
        }
    }

    #[test]
    fn sums_of_other_scales_are_lifted_without_loss_or_not_at_all() {
        let sum = |number: i128| i256::from_i128(number);
        assert_eq!(said(lifted(sum(1_234_567), 6)), "1.234567");
        assert_eq!(said(lifted(sum(12), -2)), "1200.00");
        assert_eq!(
            (said(lifted(sum(100), 40)), lifted(sum(150), 40)),
            ("0.00000000000000000000000000000000000001".to_owned(), None)
        );
    }
}
