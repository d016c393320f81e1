//! Converting with a rate, exactly, rounded once.
//!
//! A month average is the arithmetic mean of the month's daily rates in the way they are quoted (the
//! European Central Bank's own definition of its monthly averages), kept as a fraction: nothing is
//! rounded before the amount is.

use kernel::{Currency, Decimal, Money, MoneyError, divide_half_away};

use super::{Quoted, RateKind};

/// A rate ready to convert with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The currency it converts from.
    pub currency: Currency,
    /// The currency it converts to.
    pub base: Currency,
    /// What it is.
    pub kind: RateKind,
    /// Which way round.
    pub quoted: Quoted,
    /// Sum of the rates it is the mean of.
    sum: Decimal,
    /// How many they are.
    days: u32,
    /// Who says so: “ECB, mean of 21 days”.
    pub source: String,
}

impl Applied {
    /// One rate as it was given.
    pub fn given(
        currency: Currency,
        base: Currency,
        kind: RateKind,
        quoted: Quoted,
        rate: Decimal,
        source: &str,
    ) -> Applied {
        Applied { currency, base, kind, quoted, sum: rate, days: 1, source: source.to_owned() }
    }

    /// The mean of `rates`, one per day; `None` without any or where their sum is too large to keep.
    pub fn mean(
        currency: Currency,
        base: Currency,
        quoted: Quoted,
        rates: &[Decimal],
        source: &str,
    ) -> Option<Applied> {
        let days = u32::try_from(rates.len()).ok().filter(|days| *days > 0)?;
        let sum = rates.iter().try_fold(Decimal::ZERO, |sum, rate| sum.checked_add(*rate))?;
        let source = format!("{source}, mean of {days} days");
        Some(Applied { currency, base, kind: RateKind::Average, quoted, sum, days, source })
    }

    /// The rate for people, at most ten digits after the dot. Converting does not use it.
    pub fn shown(&self) -> Decimal {
        (self.sum / Decimal::from(self.days)).round_dp(10).normalize()
    }

    /// Which way round it is, and who says so: “USD per 1 EUR, ECB, mean of 21 days”.
    pub fn says(&self) -> String {
        format!("{}, {}", self.quoted.says(self.currency, self.base), self.source)
    }

    /// `amount` in the base currency, rounded once to its minor unit, half away from zero.
    pub fn convert(&self, amount: Money) -> Result<Money, MoneyError> {
        if amount.currency() != self.currency {
            return Err(MoneyError::Mixed(amount.currency(), self.currency));
        }
        // rate = mantissa ÷ (10^scale × days); amounts are minor units of their own currency.
        let (mantissa, scale) = (self.sum.normalize().mantissa(), self.sum.normalize().scale());
        let per_unit = power(scale)?.checked_mul(i128::from(self.days)).ok_or(MoneyError::TooLarge)?;
        let (times, by) = match self.quoted {
            Quoted::PerBase => (per_unit, mantissa),
            Quoted::BasePer => (mantissa, per_unit),
        };
        let times = times.checked_mul(power(self.base.digits())?);
        let by = by.checked_mul(power(self.currency.digits())?);
        let above = times.and_then(|times| times.checked_mul(i128::from(amount.minor())));
        let (above, by) = above.zip(by.filter(|by| *by > 0)).ok_or(MoneyError::TooLarge)?;
        let minor = i64::try_from(divide_half_away(above, by)).map_err(|_| MoneyError::TooLarge)?;
        Ok(Money::of_minor(minor, self.base))
    }
}

fn power(digits: u32) -> Result<i128, MoneyError> {
    10_i128.checked_pow(digits).ok_or(MoneyError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    fn given(quoted: Quoted, rate: &str, code: &str) -> Applied {
        let currency = Currency::parse(code).unwrap();
        Applied::given(currency, Currency::EUR, RateKind::Closing, quoted, rate.parse().unwrap(), "ECB")
    }

    /// `faults.md`, “Converted with the rate of the day it was loaded”: 1,000 USD of September 2024.
    #[test]
    fn a_thousand_dollars_by_each_rate_a_person_might_take() {
        use Quoted::*;
        for (quoted, rate, euro) in [
            (PerBase, "1.1106", "900.41"),
            (PerBase, "1.1196", "893.18"),
            (PerBase, "1.0932", "914.75"),
            (BasePer, "1.1106", "1110.60"),
        ] {
            assert_eq!(
                given(quoted, rate, "USD").convert(money("1000.00", "USD")).unwrap(),
                money(euro, "EUR")
            );
        }
    }

    /// Daily reference rates of the European Central Bank, USD per 1 EUR, September 2024.
    const SEPTEMBER: [&str; 21] = [
        "1.1061", "1.1035", "1.105", "1.1097", "1.1103", "1.1043", "1.1031", "1.1043", "1.1016", "1.1081",
        "1.1126", "1.1139", "1.1124", "1.1156", "1.1166", "1.1119", "1.1133", "1.1194", "1.1155", "1.1158",
        "1.1196",
    ];

    #[test]
    fn september_2024_averages_1_1106_and_a_thousand_dollars_are_900_41_euro() {
        let rates = SEPTEMBER.map(|rate| rate.parse().unwrap());
        let mean = Applied::mean(Currency::USD, Currency::EUR, Quoted::PerBase, &rates, "ECB").unwrap();
        assert_eq!(
            (mean.shown().to_string().as_str(), mean.source.as_str()),
            ("1.1106", "ECB, mean of 21 days")
        );
        assert_eq!(mean.convert(money("1000.00", "USD")).unwrap(), money("900.41", "EUR"));
    }

    #[test]
    fn the_mean_of_a_month_is_never_rounded_before_the_amount_is() {
        // 1 ÷ 3: the mean of 1, 1 and 2 is 4/3, so 4.00 is exactly 3.00 although 1.3333333333 is shown.
        let rates = ["1", "1", "2"].map(|rate| rate.parse().unwrap());
        let mean = Applied::mean(Currency::USD, Currency::EUR, Quoted::PerBase, &rates, "test").unwrap();
        assert_eq!(mean.convert(money("4.00", "USD")).unwrap(), money("3.00", "EUR"));
        assert_eq!(mean.shown().to_string(), "1.3333333333");
        assert_eq!(mean.source, "test, mean of 3 days");
        assert_eq!(Applied::mean(Currency::USD, Currency::EUR, Quoted::PerBase, &[], "test"), None);
    }

    #[test]
    fn minor_units_of_both_currencies_count() {
        use Quoted::*;
        for (amount, code, quoted, rate, euro) in [
            ("159080", "JPY", PerBase, "159.08", "1000.00"),
            ("1.234", "KWD", BasePer, "2.95", "3.64"),
            ("-1000.00", "USD", PerBase, "1.1106", "-900.41"),
            ("0.01", "USD", BasePer, "0.5", "0.01"),
            ("-0.01", "USD", BasePer, "0.5", "-0.01"),
            ("0.01", "USD", BasePer, "0.49", "0.00"),
        ] {
            assert_eq!(
                given(quoted, rate, code).convert(money(amount, code)).unwrap(),
                money(euro, "EUR"),
                "{amount}"
            );
        }
    }

    #[test]
    fn another_currency_and_a_rate_of_nothing_are_refused() {
        assert!(given(Quoted::PerBase, "1.1", "USD").convert(money("1.00", "GBP")).is_err());
        assert!(given(Quoted::PerBase, "0", "USD").convert(money("1.00", "USD")).is_err());
    }

    proptest::proptest! {
        /// Whatever the rate: the nearest cent, the mirror image for the negative amount.
        #[test]
        fn a_converted_amount_is_never_more_than_half_a_cent_off(
            cents in -1_000_000_000_000_i64..1_000_000_000_000, rates in proptest::collection::vec(1_u32..5_000_000, 1..23)
        ) {
            let decimals: Vec<Decimal> = rates.iter().map(|rate| Decimal::new(i64::from(*rate), 4)).collect();
            let mean = Applied::mean(Currency::USD, Currency::EUR, Quoted::PerBase, &decimals, "test").unwrap();
            let euro = mean.convert(Money::of_minor(cents, Currency::USD)).unwrap().minor();
            // euro ≈ cents × n × 10,000 ÷ Σ: twice the difference is at most Σ.
            let sum: i128 = rates.iter().map(|rate| i128::from(*rate)).sum();
            let exact = i128::from(cents) * i128::try_from(rates.len()).unwrap() * 10_000;
            proptest::prop_assert!((i128::from(euro) * sum - exact).abs() * 2 <= sum);
            let mirrored = mean.convert(Money::of_minor(-cents, Currency::USD)).unwrap().minor();
            proptest::prop_assert_eq!(mirrored, -euro);
        }
    }
}
