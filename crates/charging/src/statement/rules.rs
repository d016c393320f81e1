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

/// The charges of the period by customer key; each customer's by service and offering.
///
/// # Errors
/// Amounts beyond 64 bits.
pub fn charges(facts: &Facts) -> Result<BTreeMap<String, Vec<Charge>>, Fault> {
    let mut groups: BTreeMap<(&str, Option<&str>), (Vec<&Share>, Vec<&Takes>)> = BTreeMap::new();
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
    Some(exact.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(service: Option<&str>, counted: Option<i64>, amount: i64) -> Share {
        Share {
            customer: "BS".into(),
            service: service.map(str::to_owned),
            rule: "R-14 v3".into(),
            counted: counted.map(|units| (Quantity::of_units(units), "seats".into())),
            amount,
        }
    }

    fn takes(offering: &str, charging: Charging, units: i64, price: Option<&str>) -> Takes {
        Takes {
            customer: "BS".into(),
            service: "IAM".into(),
            offering: offering.into(),
            unit: "identities".into(),
            charging,
            settlement: Settlement::Recharge,
            at_end: Quantity::of_units(units),
            unit_days: 31_000_000,
            price: price.map(|price| ("PRC-1".into(), Price::parse(price, Currency::EUR).unwrap())),
        }
    }

    fn reckoned(shares: Vec<Share>, taken: Vec<Takes>, incomplete: &[&str]) -> Vec<Charge> {
        let incomplete = incomplete.iter().map(|key| (*key).to_owned()).collect();
        let facts = Facts { currency: Currency::EUR, shares, taken, incomplete };
        charges(&facts).unwrap().remove("BS").unwrap_or_default()
    }

    fn told(charge: &Charge) -> (Option<&str>, &'static str, &'static str, i64, i64, Option<String>) {
        let price = charge.unit_price.map(|price| price.to_string());
        let offering = charge.offering.as_deref();
        (offering, charge.model.word(), charge.settlement.word(), charge.amount, charge.cost, price)
    }

    /// The mock: 122 seats for 47,204.37 are ≈ 386.9211 each; 88 identities at 26.28 are 2,312.64.
    #[test]
    fn at_cost_the_amount_comes_first_and_a_price_makes_the_amount() {
        let pools = vec![
            share(Some("IAM"), Some(122), 2_169_542),
            share(Some("IAM"), Some(122), 1_064_489),
            share(Some("IAM"), Some(122), 1_486_406),
        ];
        let at_cost = reckoned(pools, vec![takes("DESK", Charging::AtCost, 130, None)], &[]);
        assert_eq!(
            told(&at_cost[0]),
            (Some("DESK"), "at cost", "recharge", 4_720_437, 4_720_437, Some("386.9211".into()))
        );
        assert_eq!(
            (at_cost[0].quantity, at_cost[0].unit.as_deref()),
            (Some(Quantity::of_units(122)), Some("seats"))
        );
        let priced = reckoned(
            vec![share(Some("IAM"), Some(122), 200_000)],
            vec![takes("PARTNER", Charging::Fixed, 88, Some("26.28"))],
            &[],
        );
        assert_eq!(
            told(&priced[0]),
            (Some("PARTNER"), "fixed", "recharge", 231_264, 200_000, Some("26.28".into()))
        );
        assert_eq!(priced[0].quantity, Some(Quantity::of_units(88)), "a price is for what was agreed");
    }

    #[test]
    fn what_nobody_pays_keeps_its_cost_and_is_never_recharged() {
        let cost = || vec![share(Some("IAM"), Some(122), 500)];
        for (taken, incomplete, why) in [
            (takes("FREE", Charging::NotCharged, 5, None), &[] as &[&str], "not charged"),
            (takes("DESK", Charging::AtCost, 5, None), &["IAM"], "incomplete"),
            (takes("PARTNER", Charging::Fixed, 5, Some("26.28")), &["IAM"], "incomplete"),
            (takes("PARTNER", Charging::Fixed, 5, None), &[], "no price on the last day"),
        ] {
            let charges = reckoned(cost(), vec![taken.clone()], incomplete);
            let expected = (Some(taken.offering.as_str()), "not charged", "memo", 0, 500, None);
            assert_eq!(told(&charges[0]), expected, "{why}");
            assert_eq!(charges[0].incomplete, why != "not charged", "{why}");
        }
    }

    /// 100.01 in pools of 33.34, 33.33, 33.34 over 1 : 2, each by largest remainder: 11.11 + 11.11 + 11.11
    /// (exact thirds 11.1133, 11.11, 11.1133) and 22.23 + 22.22 + 22.23.
    #[test]
    fn several_offerings_of_a_service_share_its_cost_by_what_was_agreed_pool_by_pool() {
        let pools = [3_334, 3_333, 3_334].map(|amount| share(Some("IAM"), Some(9), amount));
        let taken = [takes("A", Charging::AtCost, 1, None), takes("B", Charging::NotCharged, 2, None)];
        let charges = reckoned(pools.to_vec(), taken.to_vec(), &[]);
        assert_eq!(told(&charges[0]), (Some("A"), "at cost", "recharge", 3_333, 3_333, Some("33.33".into())));
        assert_eq!(told(&charges[1]), (Some("B"), "not charged", "memo", 0, 6_668, None));
        assert_eq!(charges[0].quantity, Some(Quantity::of_units(1)), "the driver counts both together");
    }

    #[test]
    fn cost_without_an_agreement_is_shown_at_cost_and_not_recharged() {
        let charges = reckoned(vec![share(Some("IAM"), None, 700), share(None, None, 30)], Vec::new(), &[]);
        assert_eq!(told(&charges[0]), (None, "at cost", "memo", 30, 30, None));
        assert_eq!((charges[0].service.as_deref(), charges[0].rule.as_deref()), (None, None));
        assert_eq!(told(&charges[1]), (None, "at cost", "memo", 700, 700, None));
        assert_eq!(charges[1].service.as_deref(), Some("IAM"));
    }

    #[test]
    fn an_agreement_that_ended_within_the_month_still_carries_its_cost() {
        let ended = Takes { at_end: Quantity::ZERO, ..takes("A", Charging::AtCost, 0, None) };
        let other = Takes { unit_days: 62_000_000, offering: "B".into(), ..ended.clone() };
        let charges = reckoned(vec![share(Some("IAM"), Some(3), 900)], vec![ended, other], &[]);
        assert_eq!((charges[0].amount, charges[1].amount), (300, 600));
    }

    #[test]
    fn what_costs_nothing_and_charges_nothing_is_no_line() {
        let taken = vec![takes("A", Charging::AtCost, 5, None)];
        assert_eq!(reckoned(Vec::new(), taken, &[]), []);
        let credit = reckoned(vec![share(Some("IAM"), Some(5), -1)], Vec::new(), &[]);
        assert_eq!((credit[0].amount, credit[0].cost), (-1, -1), "a credit is");
    }

    #[test]
    fn a_unit_price_at_cost_has_four_decimals_half_away_from_zero() {
        for (minor, units, price) in
            [(100, Some(3), Some("0.3333")), (5, Some(400), Some("0.0001")), (-1, Some(40), Some("-0.0003"))]
        {
            let found = at_cost_price(Currency::EUR, minor, units.map(Quantity::of_units));
            assert_eq!(found.map(|price| price.to_string()).as_deref(), price);
        }
        assert_eq!(at_cost_price(Currency::EUR, 100, Some(Quantity::ZERO)), None);
    }
}
