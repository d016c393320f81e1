//! What a charge rests on, in sentences, and how an amount is followed into its parts. Pure.

use kernel::{Currency, Fault, Money, Quantity};
use portfolio::offering::Charging;

use super::Charge;

/// One share of the run that a line is made of: of one pool.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Key of the pool of origin.
    pub pool: String,
    /// The service the pool's lines named themselves, if so.
    pub named: Option<String>,
    /// The supplier whose bills explain the pool's lines, if so.
    pub supplier: Option<String>,
    /// Key of who sent it: the service, or the pool itself.
    pub sender: String,
    /// `R-14 v3`.
    pub rule: String,
    /// `driver`, `even`, `fixed`, `proportional`, `reciprocal`.
    pub method: String,
    /// The share, as whole numbers.
    pub share: (String, String),
    /// Key of the driver.
    pub driver: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Own quantity and that of all.
    pub quantity: Option<(Quantity, Quantity)>,
    /// What reached the customer, minor units.
    pub amount: i64,
    /// What the sender passed on of this pool in all.
    pub sent: i64,
}

/// How the cost was shared, without a quantity of anybody else: what a customer may read.
pub fn shared_by(reached: &Reached) -> String {
    let unit = reached.unit.as_deref().unwrap_or("units");
    match (reached.method.as_str(), reached.driver.as_deref()) {
        ("driver", Some("agreed quantity")) => format!("shared by the {unit} each customer agreed to"),
        ("driver", _) => format!("shared by {unit}"),
        ("even", _) => "shared evenly".to_owned(),
        ("fixed", _) => "shared by fixed weights".to_owned(),
        ("proportional", _) => "shared in proportion to direct cost".to_owned(),
        _ => "solved together with the services that serve each other".to_owned(),
    }
}

/// “€2,312.64 = 88 identities × €26.28.” or “€47,204.37 for 122 seats, charged at cost and shared by
/// seats: ≈ €386.9211 each.”: the end of a customer's own trace.
pub fn charge_sentence(charge: &Charge, currency: Currency, shared_by: Option<&str>) -> String {
    let amount = Money::of_minor(charge.amount, currency).spoken();
    let counted = charge
        .quantity
        .map(|quantity| format!("{} {}", quantity.grouped(), charge.unit.as_deref().unwrap_or("units")));
    let price = charge.unit_price.map(|price| format!("{}{price}", currency.sign()));
    match (charge.model, counted, price) {
        _ if charge.gone => "No longer charged.".to_owned(),
        (Charging::NotCharged, ..) => "Not charged.".to_owned(),
        (Charging::Fixed, Some(counted), Some(price)) => match charge.priced(currency) {
            // Never an equation that does not hold.
            Some(ought) if ought != charge.amount => {
                let ought = Money::of_minor(ought, currency).spoken();
                format!("{amount} is charged for {counted} × {price}, which is {ought}.")
            }
            _ => format!("{amount} = {counted} × {price}."),
        },
        (_, counted, price) => {
            let what = counted.map_or_else(String::new, |counted| format!(" for {counted}"));
            let how = shared_by.map_or_else(String::new, |how| format!(" and {how}"));
            let each = price.map_or_else(String::new, |price| format!(": ≈ {price} each"));
            format!("{amount}{what}, charged at cost{how}{each}.")
        }
    }
}

/// “€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales has 122 of 1,357 seats.”, with the
/// rounding where splitting pool by pool made one.
pub fn cost_sentence(reached: &[Reached], customer: &str, currency: Currency) -> Option<String> {
    let first = reached.first()?;
    let money = |minor| Money::of_minor(minor, currency).spoken();
    let (amount, of) = sums(reached);
    let (share, because) = match &first.quantity {
        Some((own, total)) => {
            let (own, total) = (own.grouped(), total.grouped());
            let unit = first.unit.as_deref().unwrap_or("units");
            (format!("{own} / {total}"), format!("{customer} has {own} of {total} {unit}"))
        }
        None => (fraction(&first.share), format!("{} says so: {}", first.rule, shared_by(first))),
    };
    let rounding = match rounding(reached) {
        None | Some(0) => String::new(),
        Some(off) => format!("; rounding {}", money(off)),
    };
    Some(format!("{} = {share} of {}, because {because}{rounding}.", money(amount), money(of)))
}

/// What reached the customer and what was shared, over all pools.
pub fn sums(reached: &[Reached]) -> (i64, i64) {
    reached.iter().fold((0, 0), |(amount, of), part| (amount + part.amount, of + part.sent))
}

/// The amount less share × total rounded once: what splitting pool by pool made of it. None where the
/// pools were shared by different shares, or the share does not fit 128 bits.
pub fn rounding(reached: &[Reached]) -> Option<i64> {
    let first = reached.first()?;
    if reached.iter().any(|part| part.share != first.share) {
        return None;
    }
    let (amount, of) = sums(reached);
    let (n, d): (i128, i128) = (first.share.0.parse().ok()?, first.share.1.parse().ok()?);
    let exact = n.checked_mul(i128::from(of))?;
    let half = exact.checked_rem(d)?.unsigned_abs() >= d.unsigned_abs().div_ceil(2);
    i64::try_from(exact / d + if half { exact.signum() } else { 0 }).ok().map(|whole| amount - whole)
}

/// `3 / 8`, or a percentage where the numbers are too long to read.
fn fraction((n, d): &(String, String)) -> String {
    if n.len() <= 9 && d.len() <= 9 {
        return if n == d { "all".to_owned() } else { format!("{n} / {d}") };
    }
    // Both cut to the same length: nine digits are more than the four decimals shown.
    let cut = d.len().saturating_sub(18);
    let digits =
        |text: &str| text.get(..text.len().saturating_sub(cut)).and_then(|text| text.parse::<i128>().ok());
    match (digits(n).or(Some(0)), digits(d)) {
        (Some(n), Some(d)) if d > 0 => {
            let shown = n * 1_000_000 / d;
            format!("{}.{:04} %", shown / 10_000, shown % 10_000)
        }
        _ => "a share".to_owned(),
    }
}

/// `amount` followed into parts in proportion to `weights`, which may be negative: each is the rounded
/// sum so far less that before it, so they always add up to the amount.
///
/// # Errors
/// Weights that add up to nothing while there is an amount.
pub fn spread(amount: i64, weights: &[i64]) -> Result<Vec<i64>, Fault> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if whole == 0 {
        let nothing = Fault::because("an amount stands on lines that add up to nothing");
        return if amount == 0 { Ok(vec![0; weights.len()]) } else { Err(nothing) };
    }
    let (mut so_far, mut given) = (0_i128, 0_i128);
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        so_far += i128::from(*weight);
        let upto = divided(i128::from(amount) * so_far, whole);
        parts.push(i64::try_from(upto - given).map_err(|error| Fault::new("following an amount", error))?);
        given = upto;
    }
    Ok(parts)
}

fn divided(n: i128, d: i128) -> i128 {
    let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
    let half = (n % d).unsigned_abs() >= d.unsigned_abs().div_ceil(2);
    n / d + if half { n.signum() } else { 0 }
}

#[cfg(test)]
mod tests;
