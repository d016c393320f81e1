//! Why a statement differs from the one of the month before, line by line. Pure; the arithmetic is
//! [`allocation::difference`].

use std::collections::BTreeMap;

use allocation::difference::{Cause, StatementLine, difference};
use kernel::{Currency, Fault, Money, Price, Quantity};
use portfolio::offering::Charging;

use super::{Charge, Parts};

/// Each charge with its parts against `before`; charges that are no more stand at the end, without
/// amount. The parts of all add up to the difference of the totals.
///
/// # Errors
/// Amounts beyond 64 bits, or one charge twice: faults of ours.
pub fn compared(
    currency: Currency,
    before: &[Charge],
    now: Vec<Charge>,
) -> Result<Vec<(Charge, Parts)>, Fault> {
    let before: Vec<&Charge> = before.iter().filter(|charge| !charge.gone).collect();
    let earlier: Vec<StatementLine> = before.iter().map(|charge| line(currency, charge)).collect();
    let later: Vec<StatementLine> = now.iter().map(|charge| line(currency, charge)).collect();
    let compared = difference(currency, &earlier, &later)
        .map_err(|error| Fault::new("comparing two statements", error))?;
    let mut parts: BTreeMap<(String, String), Parts> = BTreeMap::new();
    for change in compared.changes {
        parts.insert((change.service, change.offering), parts_of(&change.parts));
    }
    let mut told: Vec<(Charge, Parts)> = Vec::with_capacity(now.len());
    for charge in now {
        let parts = parts.remove(&key(&charge)).unwrap_or_default();
        told.push((charge, parts));
    }
    for charge in before {
        match parts.remove(&key(charge)) {
            Some(parts) if parts != Parts::default() => told.push((gone(charge), parts)),
            _ => {}
        }
    }
    Ok(told)
}

fn key(charge: &Charge) -> (String, String) {
    (charge.service.clone().unwrap_or_default(), charge.offering.clone().unwrap_or_default())
}

/// The charge as `allocation` compares it. What makes the charge is the allocation rule only at cost;
/// a price does not change because the rule behind its cost did.
fn line(currency: Currency, charge: &Charge) -> StatementLine {
    let (service, offering) = key(charge);
    let rule = match charge.model {
        Charging::AtCost => charge.rule.clone().unwrap_or_default(),
        Charging::Fixed => "price".to_owned(),
        Charging::NotCharged => "not charged".to_owned(),
    };
    let priced = charge.unit_price.filter(|_| charge.model == Charging::Fixed);
    StatementLine {
        service,
        offering,
        rule,
        quantity: charge.quantity.unwrap_or(Quantity::ZERO),
        unit_price: priced.map(|price| Price::new(price, currency)),
        amount: Money::of_minor(charge.amount, currency),
    }
}

fn parts_of(causes: &BTreeMap<Cause, Money>) -> Parts {
    let part = |cause| causes.get(&cause).map_or(0, Money::minor);
    Parts {
        volume: part(Cause::Volume),
        price: part(Cause::Price),
        cost: part(Cause::Cost),
        rule: part(Cause::Rule),
        new: part(Cause::New),
        gone: part(Cause::Gone),
    }
}

fn gone(charge: &Charge) -> Charge {
    Charge { quantity: None, unit_price: None, amount: 0, cost: 0, weight: 0, gone: true, ..charge.clone() }
}

#[cfg(test)]
mod tests;
