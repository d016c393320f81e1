//! Texts → amounts, quantities, decimals: by the formats set, exactly, or a sentence why not.

use kernel::{Currency, Decimal, Money, MoneyError, Quantity};
use rust_decimal::RoundingStrategy;

use crate::cell::exact;
use crate::formats::{Digits, Formats, Sign, ThousandsMark};
use crate::{Cell, CellError};

/// An amount and what rounding took away from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadAmount {
    /// The amount in whole minor units.
    pub money: Money,
    /// Exact value minus amount; zero unless [`Digits::Round`] is set.
    pub rounded_away: Decimal,
}

/// Reads an amount as `formats` say. Digits beyond the currency's are refused unless
/// [`Digits::Round`] is set; then see [`read_amount`] for what was rounded away.
pub fn parse_amount(text: &str, formats: &Formats, currency: Currency) -> Result<Money, CellError> {
    Ok(read_amount(text, formats, currency)?.money)
}

/// [`parse_amount`] together with what rounding took away.
pub fn read_amount(text: &str, formats: &Formats, currency: Currency) -> Result<ReadAmount, CellError> {
    let exact = decimal("amount", text, formats, Some(currency))?;
    amount_of(exact, text, formats, currency)
}

/// An exact decimal: rates, unit prices. Up to 28 digits; more are refused, never cut.
pub fn parse_decimal(text: &str, formats: &Formats) -> Result<Decimal, CellError> {
    decimal("number", text, formats, None)
}

/// A figure whatever currency stands with it: for sums shown before the currency is settled.
pub(crate) fn parse_with_unit(text: &str, formats: &Formats) -> Result<Decimal, CellError> {
    let bare: String = text.chars().filter(|c| !c.is_alphabetic() && !"€$£¥".contains(*c)).collect();
    parse_decimal(&bare, formats)
}

/// A quantity; at most six digits after the decimal mark.
pub fn parse_quantity(text: &str, formats: &Formats) -> Result<Quantity, CellError> {
    quantity_of(decimal("quantity", text, formats, None)?, text)
}

/// Yes or no, in the words people use (`yes`, `y`, `true`, `1`, `x`, `ja`, `oui` and their opposites).
pub fn parse_yes_no(text: &str) -> Result<bool, CellError> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" | "x" | "ja" | "j" | "wahr" | "oui" | "vrai" => Ok(true),
        "no" | "n" | "false" | "f" | "0" | "nein" | "falsch" | "non" | "faux" => Ok(false),
        _ => Err(CellError::new("answer", text, "is neither yes nor no")),
    }
}

impl Formats {
    /// The amount of a cell; `None` where it holds no value.
    pub fn amount(&self, cell: &Cell, currency: Currency) -> Result<Option<ReadAmount>, CellError> {
        match cell {
            Cell::Number(number) => {
                // A formula's float may carry an error beyond the sixth digit; no amount has more.
                let settled = number.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
                amount_of(settled, &number.to_string(), self, currency).map(Some)
            }
            _ => self.filled(cell).map(|text| read_amount(&text, self, currency)).transpose(),
        }
    }

    /// The decimal of a cell; `None` where it holds no value.
    pub fn decimal(&self, cell: &Cell) -> Result<Option<Decimal>, CellError> {
        match cell {
            Cell::Number(number) => Ok(Some(*number)),
            _ => self.filled(cell).map(|text| parse_decimal(&text, self)).transpose(),
        }
    }

    /// The quantity of a cell; `None` where it holds no value.
    pub fn quantity(&self, cell: &Cell) -> Result<Option<Quantity>, CellError> {
        match cell {
            Cell::Number(number) => {
                let settled = number.round_dp_with_strategy(6, RoundingStrategy::MidpointAwayFromZero);
                quantity_of(settled, &number.to_string()).map(Some)
            }
            _ => self.filled(cell).map(|text| parse_quantity(&text, self)).transpose(),
        }
    }

    /// Yes or no; `None` where the cell holds no value.
    pub fn yes_no(&self, cell: &Cell) -> Result<Option<bool>, CellError> {
        match cell {
            Cell::Bool(yes) => Ok(Some(*yes)),
            _ => self.filled(cell).map(|text| parse_yes_no(&text)).transpose(),
        }
    }

    /// The words of a cell, blanks at the ends taken off; `None` where it holds no value.
    pub fn words(&self, cell: &Cell) -> Option<String> {
        self.filled(cell).map(|text| text.trim().to_owned())
    }

    /// The text of a cell that holds a value. A workbook's error values hold none.
    pub(crate) fn filled<'a>(&self, cell: &'a Cell) -> Option<std::borrow::Cow<'a, str>> {
        let text = cell.text();
        (!matches!(cell, Cell::Error(_)) && !self.is_null(&text)).then_some(text)
    }
}

fn quantity_of(exact: Decimal, text: &str) -> Result<Quantity, CellError> {
    Quantity::parse(&exact.normalize().to_string()).map_err(|error| match error {
        MoneyError::TooLarge => CellError::new("quantity", text, "is too large to keep"),
        _ => CellError::new("quantity", text, "has more than six digits after the decimal mark"),
    })
}

fn amount_of(
    exact: Decimal,
    text: &str,
    formats: &Formats,
    currency: Currency,
) -> Result<ReadAmount, CellError> {
    let signed = if formats.sign == Sign::Reversed { -exact } else { exact };
    let kept = match formats.digits {
        Digits::Refuse => signed,
        Digits::Round => {
            signed.round_dp_with_strategy(currency.digits(), RoundingStrategy::MidpointAwayFromZero)
        }
    };
    let money = Money::parse(&kept.normalize().to_string(), currency).map_err(|error| match error {
        MoneyError::TooPrecise(..) => {
            let digits = currency.digits();
            CellError::new(
                "amount",
                text,
                format_args!("has more digits after the decimal mark than {currency} ({digits})"),
            )
        }
        _ => CellError::new("amount", text, "is too large to keep"),
    })?;
    Ok(ReadAmount { money, rounded_away: (signed - kept).normalize() })
}

fn decimal(
    what: &str,
    text: &str,
    formats: &Formats,
    currency: Option<Currency>,
) -> Result<Decimal, CellError> {
    let wrong = |why: String| CellError::new(what, text, why);
    if formats.is_null(text) {
        return Err(wrong("stands for no value".to_owned()));
    }
    let (negative, digits) = sign_of(text.trim(), formats, currency).map_err(wrong)?;
    let plain = plain_digits(digits, formats).map_err(wrong)?;
    let value = exact(&plain).ok_or_else(|| wrong("has more digits than can be kept exactly".to_owned()))?;
    Ok(if negative { -value } else { value })
}

/// Takes sign and currency off: whether it is negative, and the digits with their marks.
fn sign_of<'a>(
    text: &'a str,
    formats: &Formats,
    currency: Option<Currency>,
) -> Result<(bool, &'a str), String> {
    let mut rest = text;
    let mut minuses = 0;
    if let Some(inner) = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        if !formats.brackets_negative {
            return Err("is in brackets, and brackets are not set to mean negative".to_owned());
        }
        minuses += 1;
        rest = inner.trim();
    }
    rest = without_currency(rest, currency);
    if let Some(inner) = rest.strip_prefix(['-', '−']) {
        minuses += 1;
        rest = without_currency(inner.trim_start(), currency);
    } else if let Some(inner) = rest.strip_prefix('+') {
        rest = without_currency(inner, currency);
    }
    if let Some(inner) = rest.strip_suffix(['-', '−']) {
        if !formats.trailing_minus {
            return Err("ends with a minus, and that is not set to mean negative".to_owned());
        }
        minuses += 1;
        rest = without_currency(inner.trim_end(), currency);
    }
    if minuses > 1 { Err("is negative twice".to_owned()) } else { Ok((minuses == 1, rest)) }
}

fn without_currency(text: &str, currency: Option<Currency>) -> &str {
    let Some(currency) = currency else { return text };
    let sign = currency.sign();
    for mark in [sign.trim(), currency.code()] {
        if let Some(rest) = text.strip_prefix(mark) {
            return rest.trim_start();
        }
        if let Some(rest) = text.strip_suffix(mark) {
            return rest.trim_end();
        }
    }
    text
}

/// Digits with the marks set → digits with a dot; fails on every mark that is not set or does not
/// stand where it groups.
fn plain_digits(text: &str, formats: &Formats) -> Result<String, String> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) if is_exponent(exponent) => (mantissa, Some(exponent)),
        _ => (text, None),
    };
    let (whole, part) = match mantissa.split_once(formats.decimal_mark.char()) {
        Some((whole, part)) => (whole, Some(part)),
        None => (mantissa, None),
    };
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if part.is_some_and(|part| part.is_empty() || !all_digits(part)) {
        return Err(not_this_way(mantissa, formats));
    }
    if whole.is_empty() && part.is_none() {
        return Err("is no number".to_owned());
    }
    let mut plain = if all_digits(whole) {
        whole.to_owned()
    } else {
        let groups: Vec<&str> = whole.split(|c| formats.thousands_mark.is(c)).collect();
        let grouped = (1..=3).contains(&groups[0].len())
            && !groups[0].starts_with('0')
            && groups[1..].iter().all(|group| group.len() == 3)
            && groups.iter().all(|group| all_digits(group));
        if !grouped {
            return Err(not_this_way(mantissa, formats));
        }
        groups.concat()
    };
    if plain.is_empty() {
        plain.push('0');
    }
    if let Some(part) = part {
        plain.push('.');
        plain.push_str(part);
    }
    if let Some(exponent) = exponent {
        plain.push('e');
        plain.push_str(exponent.trim_start_matches('+'));
    }
    Ok(plain)
}

fn is_exponent(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn not_this_way(text: &str, formats: &Formats) -> String {
    if text.chars().any(|c| !c.is_ascii_digit() && ThousandsMark::of(c).is_none()) {
        return "is no number".to_owned();
    }
    let decimal = formats.decimal_mark.word();
    match formats.thousands_mark {
        ThousandsMark::None => {
            format!("does not fit: {decimal} before the fraction, thousands not marked")
        }
        mark => format!("does not fit: {decimal} before the fraction, {} between thousands", mark.word()),
    }
}
