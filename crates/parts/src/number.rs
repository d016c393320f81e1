//! How figures, shares, dates and periods are written (`screens.md` 3.9): U+2212 for minus, `–` for
//! zero, `n/k` for unknown, one decimal for shares, the month in letters. Exact integers throughout.

use std::fmt::Display;

use kernel::listing::{Kind, Value};
use kernel::{Decimal, Money, Period};

/// A space at which no line breaks, between a number and its unit.
pub const NBSP: char = '\u{a0}';
/// What stands for zero in a table.
pub const ZERO: &str = "–";
/// What stands for no data.
pub const UNKNOWN: &str = "n/k";

/// How large the steps are in which money is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scale {
    /// To the minor unit: `7,563,248.11`.
    #[default]
    Exact,
    /// Rounded to the currency's unit: `660,857`.
    Whole,
    /// Rounded to thousands: `661`, spoken `€661k`.
    Thousands,
    /// Rounded to millions with that many decimals: `2.9`, spoken `€2.9 M`.
    Millions(u32),
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Format {
    /// Steps of money.
    pub scale: Scale,
    /// As in a sentence: with the currency, and zero as a number instead of `–`.
    pub spoken: bool,
    /// With `+` where positive.
    pub signed: bool,
    /// A decimal is a fraction to be read as percent: 0.027 is `2.7 %`.
    pub percent: bool,
    /// Decimals of an exact decimal; as many as it has where absent.
    pub decimals: Option<u32>,
}

/// `value` as people read it.
pub fn written(value: &Value, format: Format) -> String {
    match value {
        Value::Unknown => return UNKNOWN.to_owned(),
        Value::Text(text) => return text.clone(),
        Value::Bool(yes) => return if *yes { "yes" } else { "no" }.to_owned(),
        _ if is_zero(value) && !format.spoken && !format.percent => return ZERO.to_owned(),
        _ => {}
    }
    let text = match value {
        Value::Money(money) => scaled(*money, format),
        Value::Decimal(decimal) if format.percent => percent(*decimal),
        Value::Decimal(decimal) => grouped(*decimal, format.decimals.unwrap_or(decimal.scale())),
        Value::Quantity(quantity) => quantity.grouped(),
        Value::Count(count) => grouped(Decimal::from(*count), 0),
        Value::Unknown | Value::Text(_) | Value::Bool(_) => String::new(),
    };
    let positive = !is_zero(value) && !text.starts_with('−') && !text.starts_with('>');
    if format.signed && positive { format!("+{text}") } else { text }
}

/// A cell of a list: as its column says.
pub fn cell(value: &Value, kind: Kind) -> String {
    match (value, kind) {
        // A word or a day that is not there does not apply: an agreement without an end has no last day.
        (Value::Unknown, Kind::Text | Kind::Code | Kind::State | Kind::Date | Kind::Time | Kind::Period) => {
            String::new()
        }
        (Value::Text(text), Kind::Date) => date(text),
        (Value::Text(text), Kind::Time) => time(text),
        (Value::Text(text), Kind::Period) => period(text),
        (Value::Decimal(_), Kind::Percent) => written(value, Format { percent: true, ..Format::default() }),
        _ => written(value, Format::default()),
    }
}

/// Whether a figure is nought.
pub fn is_zero(value: &Value) -> bool {
    exact(value).is_some_and(|number| number.is_zero())
}

/// The exact number a figure stands for; `None` for words and unknowns.
pub fn exact(value: &Value) -> Option<Decimal> {
    match value {
        Value::Count(count) => Some(Decimal::from(*count)),
        Value::Money(money) => Some(Decimal::new(money.minor(), money.currency().digits())),
        Value::Quantity(quantity) => Some(quantity.decimal()),
        Value::Decimal(decimal) => Some(*decimal),
        Value::Unknown | Value::Text(_) | Value::Bool(_) => None,
    }
}

/// A fraction as a share with one decimal: 0.027 → `2.7 %`; beyond tenfold `> 999 %`.
pub fn percent(fraction: Decimal) -> String {
    let tenths = rounded(fraction, 3);
    let number = match tenths {
        ..-9_990 => return format!("< −999{NBSP}%"),
        9_991.. => return format!(">{NBSP}999{NBSP}%"),
        tenths => point(tenths, 1),
    };
    format!("{number}{NBSP}%")
}

/// The change from `before` to `now` as a signed share of `before`: `+2.7 %`; from nothing to
/// something `new`; from nothing to nothing `–`.
pub fn percent_change(before: Decimal, now: Decimal) -> String {
    if before.is_zero() {
        return if now.is_zero() { ZERO.to_owned() } else { "new".to_owned() };
    }
    let Some(fraction) = now.checked_sub(before).and_then(|change| change.checked_div(before.abs())) else {
        return UNKNOWN.to_owned();
    };
    let text = percent(fraction);
    if fraction.is_sign_positive() && !fraction.is_zero() && !text.starts_with('>') {
        format!("+{text}")
    } else {
        text
    }
}

/// `2026-09-03` → `3 Sep 2026`; what is no such day comes back as it is.
pub fn date(iso: impl Display) -> String {
    let text = iso.to_string();
    day_parts(&text).map_or(text.clone(), |(day, period)| format!("{day}{NBSP}{}", unbroken(&period.label())))
}

/// `2026-10-02T09:12:00Z` → `2 Oct 2026 09:12`; what is no such moment comes back as it is.
pub fn time(iso: impl Display) -> String {
    let text = iso.to_string();
    match (text.get(..10).map(date), text.get(11..16)) {
        (Some(day), Some(clock)) if day_parts(&text).is_some() => format!("{day} {clock}"),
        _ => text,
    }
}

/// `2026-09` → `Sep 2026`; what is no period comes back as it is.
pub fn period(iso: impl Display) -> String {
    let text = iso.to_string();
    text.parse().map_or(text.clone(), |period: Period| unbroken(&period.label()))
}

/// `2026-09` → `Sep`, where the year stands elsewhere; what is no period comes back as it is.
pub fn month(iso: impl Display) -> String {
    let text = iso.to_string();
    let label = text.parse().map(|period: Period| period.label());
    label.map_or(text, |label| label.split(' ').next().unwrap_or_default().to_owned())
}

/// `n services`, or `1 service`; a plural that does not end in s is given whole.
pub fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{}{NBSP}{}", grouped(Decimal::from(count), 0), if count == 1 { one } else { many })
}

/// `number` × 10^`digits`, halves away from zero; the ends of the range where it does not fit.
pub fn rounded(number: Decimal, digits: u32) -> i64 {
    let (mantissa, scale) = (number.mantissa(), number.scale());
    let divide = |n: i128, d: i128| (n + n.signum() * (d / 2)) / d;
    let exact = match scale.checked_sub(digits) {
        Some(surplus) => 10_i128.checked_pow(surplus).map(|d| divide(mantissa, d)),
        None => 10_i128.checked_pow(digits - scale).and_then(|factor| mantissa.checked_mul(factor)),
    };
    let limit = if mantissa < 0 { i64::MIN } else { i64::MAX };
    exact.and_then(|n| i64::try_from(n).ok()).unwrap_or(limit)
}

/// `−1,234.5`: an exact number with so many decimals, in groups of three.
pub fn grouped(number: Decimal, digits: u32) -> String {
    let text = point(rounded(number, digits), digits);
    let (sign, bare) = text.strip_prefix('−').map_or(("", text.as_str()), |bare| ("−", bare));
    let (whole, part) = bare.split_once('.').map_or((bare, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or(out.clone(), |part| format!("{out}.{part}"))
}

fn point(units: i64, digits: u32) -> String {
    let digits = usize::try_from(digits).expect("a handful of digits");
    let bare = format!("{:0>width$}", units.unsigned_abs(), width = digits + 1);
    let (whole, part) = bare.split_at(bare.len() - digits);
    let sign = if units < 0 { "−" } else { "" };
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn scaled(money: Money, format: Format) -> String {
    let amount = Decimal::new(money.minor(), money.currency().digits());
    let (number, tail) = match format.scale {
        Scale::Exact => (money.grouped(), String::new()),
        Scale::Whole => (grouped(amount, 0), String::new()),
        Scale::Thousands => (grouped(amount / Decimal::from(1_000), 0), "k".to_owned()),
        Scale::Millions(digits) => (grouped(amount / Decimal::from(1_000_000), digits), format!("{NBSP}M")),
    };
    if !format.spoken {
        return number;
    }
    let sign = money.currency().sign();
    match number.strip_prefix('−') {
        Some(bare) => format!("−{sign}{bare}{tail}"),
        None => format!("{sign}{number}{tail}"),
    }
}

fn day_parts(iso: &str) -> Option<(u32, Period)> {
    let day: u32 = iso.get(8..10)?.parse().ok()?;
    let ends = iso.get(10..11).is_none_or(|next| next == "T" || next == " ");
    let period: Period = iso.get(..7)?.parse().ok()?;
    (iso.get(7..8) == Some("-") && ends && (1..=31).contains(&day)).then_some((day, period))
}

fn unbroken(text: &str) -> String {
    text.replace(' ', &NBSP.to_string())
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
