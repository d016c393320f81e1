//! Quantities and unit prices: exact, never a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::money::group_thousands;
use crate::{Currency, Money, MoneyError};

/// How much of a unit: seats, GB, hours, subscribers. Kept in millionths, so that the database
/// can add it up exactly on both engines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

const MILLION: i64 = 1_000_000;

impl Quantity {
    /// None.
    pub const ZERO: Quantity = Quantity(0);

    /// From millionths, as stored.
    pub const fn of_millionths(millionths: i64) -> Quantity {
        Quantity(millionths)
    }

    /// A whole number of units.
    pub const fn of_units(units: i64) -> Quantity {
        Quantity(units * MILLION)
    }

    /// Millionths, as stored.
    pub const fn millionths(&self) -> i64 {
        self.0
    }

    /// Reads `1357` or `12.5`; at most six digits after the dot.
    pub fn parse(text: &str) -> Result<Quantity, MoneyError> {
        let decimal = Decimal::from_str_exact(text).map_err(|_| MoneyError::NotANumber(text.to_owned()))?;
        let scaled = decimal.checked_mul(Decimal::from(MILLION)).ok_or(MoneyError::TooLarge)?.normalize();
        if scaled.scale() > 0 {
            return Err(MoneyError::NotANumber(text.to_owned()));
        }
        i64::try_from(scaled.mantissa()).map(Quantity).map_err(|_| MoneyError::TooLarge)
    }

    /// As an exact decimal.
    pub fn decimal(&self) -> Decimal {
        Decimal::new(self.0, 6).normalize()
    }

    /// `12.5`: how files and JSON write it.
    pub fn plain(&self) -> String {
        self.decimal().to_string()
    }

    /// `1,357`: how people read it.
    pub fn grouped(&self) -> String {
        let plain = self.plain().replace('-', "−");
        let (sign, digits) = plain.strip_prefix('−').map_or(("", plain.as_str()), |rest| ("−", rest));
        match digits.split_once('.') {
            Some((whole, part)) => format!("{sign}{}.{part}", group_thousands(whole)),
            None => format!("{sign}{}", group_thousands(digits)),
        }
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

/// What one unit costs or is sold for: an exact decimal in a currency; may be finer than the
/// currency's minor unit (`JPY 4.5` per unit is fine, as an amount it is not).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price {
    per_unit: Decimal,
    currency: Currency,
}

impl Price {
    /// `per_unit` in `currency`.
    pub const fn new(per_unit: Decimal, currency: Currency) -> Price {
        Price { per_unit, currency }
    }

    /// Reads `26.28` with any number of digits up to 28.
    pub fn parse(text: &str, currency: Currency) -> Result<Price, MoneyError> {
        let per_unit = Decimal::from_str(text).map_err(|_| MoneyError::NotANumber(text.to_owned()))?;
        Ok(Price { per_unit, currency })
    }

    /// The decimal per unit.
    pub const fn per_unit(&self) -> Decimal {
        self.per_unit
    }

    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Quantity × price, rounded once, half away from zero (`domain.md` §3).
    pub fn times(&self, quantity: Quantity) -> Result<Money, MoneyError> {
        let exact = (self.per_unit.mantissa())
            .checked_mul(i128::from(quantity.millionths()))
            .and_then(|n| n.checked_mul(10_i128.pow(self.currency.digits())))
            .ok_or(MoneyError::TooLarge)?;
        let divisor = 10_i128
            .pow(self.per_unit.scale())
            .checked_mul(i128::from(MILLION))
            .ok_or(MoneyError::TooLarge)?;
        let minor = i64::try_from(divide_half_away(exact, divisor)).map_err(|_| MoneyError::TooLarge)?;
        Ok(Money::of_minor(minor, self.currency))
    }
}

/// `n ÷ d` to the nearest integer, halves away from zero; `d` > 0.
pub fn divide_half_away(n: i128, d: i128) -> i128 {
    let (quotient, remainder) = (n / d, n % d);
    if remainder.unsigned_abs() >= d.unsigned_abs().div_ceil(2) { quotient + n.signum() } else { quotient }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yen_price_may_have_a_half_and_the_charge_is_whole() {
        let jpy = Currency::parse("JPY").unwrap();
        let charge = Price::parse("4.5", jpy).unwrap().times(Quantity::of_units(10_000)).unwrap();
        assert_eq!(charge.spoken(), "¥45,000");
    }

    #[test]
    fn rounding_is_once_and_half_away_from_zero() {
        for (price, quantity, cents) in [
            ("0.005", "1", 1),
            ("-0.005", "1", -1),
            ("0.0049", "1", 0),
            ("1.6667", "3", 500),
            ("26.28", "88", 231_264),
        ] {
            let price = Price::parse(price, Currency::EUR).unwrap();
            assert_eq!(price.times(Quantity::parse(quantity).unwrap()).unwrap().minor(), cents);
        }
    }

    #[test]
    fn quantities_read_back_as_written_and_finer_than_a_millionth_is_refused() {
        for text in ["1357", "12.5", "0.000001", "-3"] {
            assert_eq!(Quantity::parse(text).unwrap().plain(), text);
        }
        assert!(Quantity::parse("0.0000001").is_err());
        assert_eq!(Quantity::of_units(482_310).grouped(), "482,310");
    }
}
