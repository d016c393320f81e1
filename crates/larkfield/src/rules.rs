//! How the nine pools reach services, and services reach customers. Each rule is written by one
//! finance manager and approved by the other.

use kernel::Period;

use crate::drivers::{Weights, drivers};
use crate::money::POOLS;
use crate::services::services;
use crate::types::{AllocationRule, Basis, Receivers};
use crate::usage::MEASURED;
use crate::years::Years;

/// Contracts and registers in thousand euros a year (how they were found: see `drivers::LABOUR`).
#[rustfmt::skip]
pub(crate) const FIXED: [(&str, &str, &Weights); 5] = [
    ("OUTSIDE", "contract register", &[
        ("VOICE", 1988), ("3G", 843), ("ROAM", 770), ("TOPUP", 364), ("VMAIL", 119), ("FLEET", 896), ("M2M", 504), ("BILL", 1226),
        ("CARE", 754), ("POS", 613), ("SELF", 368), ("DWH", 396), ("WORK", 716), ("IAM", 206), ("4G", 346),
    ]),
    ("HARDWARE", "asset register", &[
        ("VOICE", 2440), ("3G", 3970), ("ROAM", 770), ("TOPUP", 218), ("VMAIL", 273), ("FLEET", 550), ("M2M", 1100), ("BILL", 507),
        ("CARE", 180), ("POS", 360), ("SELF", 199), ("DWH", 373), ("WORK", 678), ("IAM", 131), ("4G", 290),
    ]),
    ("SOFTWARE", "licence register", &[
        ("VOICE", 769), ("3G", 2201), ("ROAM", 764), ("TOPUP", 542), ("VMAIL", 240), ("FLEET", 409), ("M2M", 287), ("BILL", 1503),
        ("CARE", 1586), ("POS", 513), ("SELF", 497), ("DWH", 666), ("WORK", 702), ("IAM", 407), ("4G", 467),
    ]),
    ("TELECOM", "line register", &[
        ("VOICE", 4570), ("3G", 2440), ("ROAM", 1399), ("TOPUP", 616), ("VMAIL", 49), ("FLEET", 237), ("M2M", 509), ("BILL", 155),
        ("POS", 277), ("SELF", 265), ("DWH", 63), ("WORK", 150), ("4G", 149),
    ]),
    ("OTHER", "share of the plan", &[
        ("VOICE", 391), ("3G", 116), ("ROAM", 94), ("TOPUP", 50), ("VMAIL", 20), ("FLEET", 65), ("M2M", 56), ("BILL", 103),
        ("CARE", 101), ("POS", 59), ("SELF", 60), ("DWH", 50), ("WORK", 51), ("IAM", 20), ("4G", 62),
    ]),
];

/// Services in the order of their rule numbers, from R-10 on.
const SERVICE_RULES: [&str; 14] = [
    "VOICE", "3G", "ROAM", "TOPUP", "CARE", "VMAIL", "FLEET", "M2M", "BILL", "POS", "SELF", "DWH", "WORK",
    "IAM",
];

/// All versions of all rules.
pub(crate) fn rules(years: Years) -> Vec<AllocationRule> {
    let mut all = Vec::new();
    for ((pool, name), n) in POOLS.iter().zip(1..) {
        all.extend(pool_rules(years, &format!("R-{n:02}"), pool, name));
    }
    for (service, n) in SERVICE_RULES.iter().zip(10..) {
        all.extend(service_rules(years, &format!("R-{n}"), service));
    }
    all
}

/// A pool by its driver, or by weights: those of FY25 without 4G, those of FY26 with it.
fn pool_rules(years: Years, key: &str, pool: &str, name: &str) -> Vec<AllocationRule> {
    let (october, next) = (years.month(2024, 10), years.month(2025, 10));
    let rule = |version: u32, from: Period, basis: Basis, by: &str, reason: &str| {
        versioned(
            years,
            key,
            format!("{name} by {by}"),
            version,
            Receivers::Services,
            pool,
            basis,
            from,
            reason,
        )
    };
    let by_driver = |driver: &str, by: &str| {
        vec![rule(1, october, Basis::Driver(driver.into()), by, "measured since the take-over")]
    };
    match pool {
        "LABOUR" => return by_driver("HOURS", "hours booked"),
        "EXTERNAL" => return by_driver("CONTRACTORS", "contractor hours"),
        "CLOUD" => return by_driver("CLOUDTAGS", "tagged spend"),
        "FACILITIES" => return by_driver("ENERGY", "energy metered"),
        _ => {}
    }
    let (_, register, weights) =
        FIXED.iter().find(|(fixed, ..)| *fixed == pool).expect("a pool without driver has weights");
    let owned = |with_4g: bool| {
        let kept = weights.iter().filter(|(service, _)| with_4g || *service != "4G");
        Basis::FixedWeights(kept.map(|(service, weight)| ((*service).into(), *weight)).collect())
    };
    let mut first = rule(1, october, owned(false), register, "as at the take-over");
    first.to = Some(next.previous());
    let second = rule(2, next, owned(true), register, "4G enters with its charter; its cost stays central");
    vec![first, second]
}

/// A service by its driver; workplaces and identities by what is agreed. The desktop had hand-made
/// shares, then a yearly count, then the headcount of HR: version 3.
fn service_rules(years: Years, key: &str, service: &str) -> Vec<AllocationRule> {
    let (october, april, next) = (years.month(2024, 10), years.month(2025, 4), years.month(2025, 10));
    let rule = |version: u32, from: Period, basis: Basis, by: &str, reason: &str| {
        let name = format!("{} by {by}", name_of(years, service));
        versioned(years, key, name, version, Receivers::Customers, service, basis, from, reason)
    };
    let Some(usage) = MEASURED.iter().find(|usage| usage.service == service) else {
        return vec![rule(1, october, Basis::AgreedQuantity, "agreed quantity", "the rate card's quantity")];
    };
    let driver = || Basis::Driver(usage.driver.into());
    if service != "CARE" {
        return vec![rule(1, october, driver(), &unit_of(usage.driver), "measured since the take-over")];
    }
    let by_hand = [("CARE", 84), ("BS", 9), ("CONS", 6), ("FIN", 1)];
    let by_hand = Basis::FixedWeights(by_hand.iter().map(|(key, share)| ((*key).into(), *share)).collect());
    let mut first = rule(1, october, by_hand, "agreed shares", "as at the take-over");
    let mut second = rule(2, april, driver(), "seats", "seats are counted once a year");
    first.to = Some(april.previous());
    second.to = Some(next.previous());
    let third = rule(3, next, driver(), "seats", "seats follow the headcount of HR every month");
    vec![first, second, third]
}

/// What a service is called.
fn name_of(years: Years, key: &str) -> String {
    let service = services(years).into_iter().find(|service| service.key == key);
    service.map_or_else(|| key.to_owned(), |service| service.name)
}

/// What a driver counts.
fn unit_of(key: &str) -> String {
    let driver = drivers().into_iter().find(|driver| driver.key == key);
    driver.map_or_else(|| key.to_owned(), |driver| driver.unit)
}

#[expect(clippy::too_many_arguments, reason = "one record, built in one place")]
fn versioned(
    years: Years,
    key: &str,
    name: String,
    version: u32,
    receivers: Receivers,
    sender: &str,
    basis: Basis,
    from: Period,
    reason: &str,
) -> AllocationRule {
    // Rules of the take-over were approved before the first month, later ones in the month before.
    let approved_on = if version == 1 { years.day(2024, 9, 24) } else { from.previous().last_day() };
    AllocationRule {
        key: key.into(),
        name,
        version,
        receivers,
        sender: sender.into(),
        basis,
        from,
        to: None,
        reason: reason.into(),
        edited_by: "priya.venkataraman".into(),
        approved_by: "henrik.dahl".into(),
        approved_on,
    }
}
