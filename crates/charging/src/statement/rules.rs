//! From shares and agreements to charges. Pure.
//!
//! At cost the amount comes first, the unit price follows; under a fixed price the amount is quantity ×
//! price, rounded once; what is not charged keeps its cost visible (`domain.md` §3).

use std::collections::{BTreeMap, BTreeSet};

use kernel::split::largest_remainder;
use kernel::{Currency, Decimal, Fault, Price, Quantity};
use portfolio::offering::Charging;
use relationships::agreement::Settlement;
use rust_decimal::RoundingStrategy;

use super::Charge;

/// What a period's statements are reckoned from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Currency of all amounts.
    pub currency: Currency,
    /// What the run brought to customers, in its order.
    pub shares: Vec<Share>,
    /// What customers took.
    pub taken: Vec<Takes>,
    /// Keys of services whose take-over is incomplete: charged to nobody.
    pub incomplete: BTreeSet<String>,
}

/// One share of the run that ends at a customer: of one pool.
#[derive(Clone, Debug)]
pub struct Share {
    /// Key of the customer.
    pub customer: String,
    /// Key of the service that sent it; none where the pool itself did.
    pub service: Option<String>,
    /// `R-14 v3`.
    pub rule: String,
    /// What was counted and in which unit, where a driver shared it.
    pub counted: Option<(Quantity, String)>,
    /// Minor units.
    pub amount: i64,
}

/// What a customer takes of one offering in the period.
#[derive(Clone, Debug)]
pub struct Takes {
    /// Key of the customer.
    pub customer: String,
    /// Key of the service.
    pub service: String,
    /// Key of the offering.
    pub offering: String,
    /// What is counted.
    pub unit: String,
    /// How it is charged.
    pub charging: Charging,
    /// How it is settled.
    pub settlement: Settlement,
    /// The agreed quantity on the period's last day.
    pub at_end: Quantity,
    /// Σ quantity × days: the weight where all had ended by the last day.
    pub unit_days: i64,
    /// The price of the last day with its number.
    pub price: Option<(String, Price)>,
}

/// What reached one customer from one service, and what they take of it.
type Group<'f> = (Vec<&'f Share>, Vec<&'f Takes>);

/// The charges of the period by customer key; each customer's by service and offering.
///
/// # Errors
/// Amounts beyond 64 bits.
pub fn charges(facts: &Facts) -> Result<BTreeMap<String, Vec<Charge>>, Fault> {
    let mut groups: BTreeMap<(&str, Option<&str>), Group<'_>> = BTreeMap::new();
    for share in &facts.shares {
        groups.entry((&share.customer, share.service.as_deref())).or_default().0.push(share);
    }
    for takes in &facts.taken {
        groups.entry((&takes.customer, Some(&takes.service))).or_default().1.push(takes);
    }
    let mut charges: BTreeMap<String, Vec<Charge>> = BTreeMap::new();
    for ((customer, service), (shares, taken)) in groups {
        let made = of_service(facts, service, &shares, &taken)?;
        if !made.is_empty() {
            charges.entry(customer.to_owned()).or_default().extend(made);
        }
    }
    Ok(charges)
}

/// What one customer is charged for one service.
fn of_service(
    facts: &Facts,
    service: Option<&str>,
    shares: &[&Share],
    taken: &[&Takes],
) -> Result<Vec<Charge>, Fault> {
    let incomplete = service.is_some_and(|service| facts.incomplete.contains(service));
    if taken.is_empty() {
        let mut charge = bare(service, shares);
        charge.cost = shares.iter().map(|share| share.amount).sum();
        charge.amount = charge.cost;
        if incomplete {
            charge = uncharged(charge, true);
        }
        charge.unit_price = at_cost_price(facts.currency, charge.amount, charge.quantity);
        return Ok(if charge.amount == 0 && charge.cost == 0 { Vec::new() } else { vec![charge] });
    }
    let weights = weights(taken);
    let costs = split(shares.iter().map(|share| share.amount), taken, &weights)?;
    let mut charges = Vec::new();
    for ((takes, weight), cost) in taken.iter().zip(weights).zip(costs) {
        let mut charge = Charge { cost, weight, ..bare(service, shares) };
        charge.offering = Some(takes.offering.clone());
        charge.settlement = takes.settlement;
        // A driver counts the service as a whole: of several offerings only the agreed quantity is known.
        if taken.len() > 1 || charge.quantity.is_none() || takes.charging != Charging::AtCost {
            (charge.quantity, charge.unit) = (Some(takes.at_end), Some(takes.unit.clone()));
        }
        let charge = charged(facts.currency, charge, takes, incomplete)?;
        // One of several stays without cost too: the trace splits by the weights that stand.
        let split = !shares.is_empty() && taken.len() > 1 && weight > 0;
        if charge.amount != 0 || charge.cost != 0 || split {
            charges.push(charge);
        }
    }
    Ok(charges)
}

/// The charge under its offering's model.
fn charged(currency: Currency, charge: Charge, takes: &Takes, incomplete: bool) -> Result<Charge, Fault> {
    match (&takes.price, takes.charging) {
        _ if incomplete => Ok(uncharged(charge, true)),
        (_, Charging::NotCharged) => Ok(uncharged(charge, false)),
        (_, Charging::AtCost) => {
            let unit_price = at_cost_price(currency, charge.cost, charge.quantity);
            Ok(Charge { amount: charge.cost, unit_price, ..charge })
        }
        // The guard of its state asks for a price: without one it is incomplete on that day.
        (None, Charging::Fixed) => Ok(uncharged(charge, true)),
        (Some((number, price)), Charging::Fixed) => {
            let amount = price.times(takes.at_end).map_err(|error| Fault::new("charging a price", error))?;
            Ok(Charge {
                model: Charging::Fixed,
                price_number: Some(number.clone()),
                unit_price: Some(price.per_unit()),
                amount: amount.minor(),
                ..charge
            })
        }
    }
}

fn uncharged(charge: Charge, incomplete: bool) -> Charge {
    Charge {
        model: Charging::NotCharged,
        incomplete,
        settlement: Settlement::Memo,
        amount: 0,
        unit_price: None,
        ..charge
    }
}

/// A charge of nothing, with what the shares say of rule and quantity.
fn bare(service: Option<&str>, shares: &[&Share]) -> Charge {
    let first = shares.first().filter(|_| service.is_some());
    let counted = first.and_then(|share| share.counted.clone());
    Charge {
        service: service.map(str::to_owned),
        offering: None,
        rule: first.map(|share| share.rule.clone()),
        price_number: None,
        model: Charging::AtCost,
        incomplete: false,
        settlement: Settlement::Memo,
        quantity: counted.as_ref().map(|(quantity, _)| *quantity),
        unit: counted.map(|(_, unit)| unit),
        unit_price: None,
        amount: 0,
        cost: 0,
        weight: 0,
        gone: false,
    }
}

/// What the cost of a service is split by over the offerings a customer takes of it.
fn weights(taken: &[&Takes]) -> Vec<i64> {
    let at_end: Vec<i64> = taken.iter().map(|takes| takes.at_end.millionths()).collect();
    let any = at_end.iter().any(|weight| *weight > 0);
    if any { at_end } else { taken.iter().map(|takes| takes.unit_days).collect() }
}

/// Each amount split over what is taken, pool by pool as everywhere; the sums by offering.
fn split(amounts: impl Iterator<Item = i64>, taken: &[&Takes], weights: &[i64]) -> Result<Vec<i64>, Fault> {
    let keyed: Vec<(&str, i64)> =
        taken.iter().zip(weights).map(|(takes, weight)| (takes.offering.as_str(), *weight)).collect();
    let mut sums = vec![0; taken.len()];
    for amount in amounts {
        let parts = split_amount(amount, &keyed)?;
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }
    Ok(sums)
}

/// One amount split by weight, ties by key; all to the one there is.
pub fn split_amount(amount: i64, weights: &[(&str, i64)]) -> Result<Vec<i64>, Fault> {
    if weights.len() == 1 {
        return Ok(vec![amount]);
    }
    let weights: Vec<(&str, i128)> =
        weights.iter().map(|(key, weight)| (*key, i128::from(*weight))).collect();
    largest_remainder(amount, &weights).ok_or_else(|| Fault::because("offerings without any agreed quantity"))
}

/// Amount ÷ quantity to four decimals, half away from zero; none without a quantity.
pub fn at_cost_price(currency: Currency, amount: i64, quantity: Option<Quantity>) -> Option<Decimal> {
    let quantity = quantity.filter(|quantity| *quantity != Quantity::ZERO)?;
    let exact = Decimal::new(amount, currency.digits()).checked_div(quantity.decimal())?;
    let mut price = exact.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
    price.rescale(4);
    Some(price)
}

#[cfg(test)]
mod tests;
