//! Money: a signed integer of minor units and its currency. Two currencies never add.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An ISO 4217 currency code with its number of minor digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is not a hundredth (ISO 4217, amendment 176).
const NO_DIGITS: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
    "XOF", "XPF",
];
const THREE_DIGITS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Currency {
    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");
    /// The US dollar.
    pub const USD: Currency = Currency(*b"USD");

    /// Reads a three-letter code such as `EUR`; capital letters only, as ISO 4217 writes them.
    pub fn parse(code: &str) -> Result<Currency, MoneyError> {
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| MoneyError::Currency(code.to_owned()))?;
        if !bytes.iter().all(u8::is_ascii_uppercase) {
            return Err(MoneyError::Currency(code.to_owned()));
        }
        Ok(Currency(bytes))
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency code is ASCII letters")
    }

    /// Digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn digits(&self) -> u32 {
        match self.code() {
            code if NO_DIGITS.contains(&code) => 0,
            code if THREE_DIGITS.contains(&code) => 3,
            _ => 2,
        }
    }

    /// The sign people write before an amount, or the code and a no-break space where none is common.
    pub fn sign(&self) -> String {
        match self.code() {
            "EUR" => "€".to_owned(),
            "USD" => "$".to_owned(),
            "GBP" => "£".to_owned(),
            "JPY" => "¥".to_owned(),
            code => format!("{code}\u{a0}"),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why an amount could not be read or computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyError {
    /// Not three capital letters.
    Currency(String),
    /// Not a decimal number with a dot.
    NotANumber(String),
    /// More digits after the dot than the currency has: `JPY 4.5`.
    TooPrecise(String, Currency),
    /// Does not fit 64 bits of minor units.
    TooLarge,
    /// Two currencies met in one sum.
    Mixed(Currency, Currency),
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoneyError::Currency(code) => write!(f, "“{code}” is no three-letter currency code"),
            MoneyError::NotANumber(text) => write!(f, "“{text}” is no amount"),
            MoneyError::TooPrecise(text, currency) => {
                write!(f, "“{text}” has more digits than {currency} ({})", currency.digits())
            }
            MoneyError::TooLarge => f.write_str("the amount is too large to keep"),
            MoneyError::Mixed(a, b) => write!(f, "{a} and {b} cannot be added"),
        }
    }
}

impl std::error::Error for MoneyError {}

/// An amount: signed minor units of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// `minor` units (cents, yen, fils) of `currency`.
    pub const fn of_minor(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// Reads `-1234.56`; the only separator is a dot. Fails where digits would be lost.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        let wrong = || MoneyError::NotANumber(text.to_owned());
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(part) || digits.ends_with('.') {
            return Err(wrong());
        }
        let scale = currency.digits() as usize;
        let kept = part.trim_end_matches('0');
        if kept.len() > scale {
            return Err(MoneyError::TooPrecise(text.to_owned(), currency));
        }
        let joined = format!("{whole}{kept:0<scale$}");
        let minor: i64 = joined.parse().map_err(|_| MoneyError::TooLarge)?;
        Ok(Money { minor: if negative { -minor } else { minor }, currency })
    }

    /// The minor units.
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The sum; fails across currencies and beyond 64 bits.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Money { minor, ..self })
    }

    /// The difference `self − other`; fails like [`Money::plus`].
    pub fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.plus(other.negated())
    }

    /// The same amount the other way round.
    pub const fn negated(self) -> Money {
        Money { minor: -self.minor, currency: self.currency }
    }

    /// `-1234.56`: how files, JSON and the command line write it.
    pub fn plain(&self) -> String {
        let scale = self.currency.digits() as usize;
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = scale + 1);
        let (whole, part) = digits.split_at(digits.len() - scale);
        let sign = if self.minor < 0 { "-" } else { "" };
        if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// `−1,234.56`: how people read it in a table whose caption names the currency (U+2212).
    pub fn grouped(&self) -> String {
        let plain = self.plain();
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(rest) => ("−", rest),
            None => ("", plain.as_str()),
        };
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(w, p)| (w, Some(p)));
        let whole = group_thousands(whole);
        match part {
            Some(part) => format!("{sign}{whole}.{part}"),
            None => format!("{sign}{whole}"),
        }
    }

    /// `€7,563,248.11`: how a sentence says it.
    pub fn spoken(&self) -> String {
        let grouped = self.grouped();
        match grouped.strip_prefix('−') {
            Some(rest) => format!("−{}{rest}", self.currency.sign()),
            None => format!("{}{grouped}", self.currency.sign()),
        }
    }
}

/// `1234567` → `1,234,567`.
pub(crate) fn group_thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.plain())
    }
}

/// How JSON writes money: `{"amount":"7563248.11","currency":"EUR"}`.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MoneyJson {
    amount: String,
    currency: String,
}

impl Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        MoneyJson { amount: self.plain(), currency: self.currency.code().to_owned() }.serialize(s)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Money, D::Error> {
        let json = MoneyJson::deserialize(d)?;
        let currency = Currency::parse(&json.currency).map_err(serde::de::Error::custom)?;
        Money::parse(&json.amount, currency).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        MoneyJson::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, code: &str) -> Result<Money, MoneyError> {
        Money::parse(text, Currency::parse(code).unwrap())
    }

    #[test]
    fn an_amount_comes_back_as_it_was_written_in_every_kind_of_currency() {
        for (text, code, minor) in [
            ("12.34", "EUR", 1234),
            ("-1234.56", "EUR", -123456),
            ("0.01", "EUR", 1),
            ("100000", "JPY", 100000),
            ("1.234", "KWD", 1234),
            ("-0.005", "KWD", -5),
        ] {
            let money = read(text, code).unwrap();
            assert_eq!((money.minor(), money.plain().as_str()), (minor, text));
        }
    }

    #[test]
    fn digits_the_currency_does_not_have_are_refused_not_rounded() {
        for (text, code) in [("4.5", "JPY"), ("1.005", "EUR"), ("1.2345", "KWD")] {
            assert!(matches!(read(text, code), Err(MoneyError::TooPrecise(..))), "{code} {text}");
        }
        assert_eq!(read("4.50000", "EUR").unwrap().minor(), 450);
    }

    #[test]
    fn what_is_no_plain_number_is_refused() {
        for text in ["", "-", "1,5", "1.", ".5", "1e3", "€5", "1 000", "--1", "99999999999999999999"] {
            assert!(read(text, "EUR").is_err(), "{text:?}");
        }
    }

    #[test]
    fn two_currencies_never_add() {
        let eur = Money::of_minor(1, Currency::EUR);
        assert_eq!(
            eur.plus(Money::of_minor(1, Currency::USD)),
            Err(MoneyError::Mixed(Currency::EUR, Currency::USD))
        );
        assert_eq!(Money::of_minor(i64::MAX, Currency::EUR).plus(eur), Err(MoneyError::TooLarge));
    }

    #[test]
    fn people_read_groups_and_a_true_minus() {
        assert_eq!(read("-1234567.8", "EUR").unwrap().spoken(), "−€1,234,567.80");
        assert_eq!(read("100000", "JPY").unwrap().spoken(), "¥100,000");
        assert_eq!(read("7563248.11", "EUR").unwrap().grouped(), "7,563,248.11");
    }
}
