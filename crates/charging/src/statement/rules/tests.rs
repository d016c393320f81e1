//! Charges reckoned by hand.

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
    assert_eq!(told(&charges[0]), (Some("A"), "at cost", "recharge", 3_333, 3_333, Some("33.3300".into())));
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
