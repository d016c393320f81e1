//! What the take-overs are judged by: the yearly cost and unit cost their plan meant, and the
//! availability their offering promises. Nothing here is compared with an actual.

use kernel::{Decimal, Period};

use crate::drivers::{CLOUD, CONTRACTORS, KILOWATTS, LABOUR, Weights};
use crate::money::plan;
use crate::offerings::offerings;
use crate::rules::FIXED;
use crate::services::{CATALOGUE, services};
use crate::types::{Promise, PromiseMeasure};
use crate::usage::MEASURED;
use crate::years::{Years, months_of, written_months};

/// Thousand euros of FY26 planned for 4G's integrator and its test environment: they leave less of
/// external labour and cloud for the others. In FY25 nothing was planned for 4G.
const PLANNED_4G: [(&str, i64); 2] = [("EXTERNAL", 3_067), ("CLOUD", 1_082)];

/// Promises of FY25 and FY26 of every service in the catalogue.
pub(crate) fn promises(years: Years) -> Vec<Promise> {
    let mut all = Vec::new();
    for year in [2025, 2026] {
        for key in CATALOGUE {
            let cost = planned_cost(key, year);
            all.push(yearly_cost(years, key, year, cost));
            all.extend(unit_cost(years, key, year, cost));
        }
    }
    all.extend(availability(years));
    all
}

fn promise(years: Years, service: &str, year: i32, measure: PromiseMeasure, promised: Decimal) -> Promise {
    let owner = services(years).into_iter().find(|known| known.key == service).and_then(|known| known.owner);
    Promise {
        service: service.into(),
        fiscal_year: years.year(year),
        measure,
        promised,
        unit: "EUR".into(),
        lower_is_better: true,
        owner: owner.expect("a service in the catalogue has an owner"),
        basis: format!("budget of {} through the rules in force", years.fiscal(year)),
    }
}

fn yearly_cost(years: Years, service: &str, year: i32, cost: i64) -> Promise {
    promise(years, service, year, PromiseMeasure::YearlyCost, Decimal::from(cost))
}

/// Planned cost ÷ planned quantity, four decimals. Nobody plans a service to be used less: a
/// shrinking one was planned at the quantity of its take-over, a growing one at its mean growth.
fn unit_cost(years: Years, service: &str, year: i32, cost: i64) -> Option<Promise> {
    let usage = MEASURED.iter().find(|usage| usage.service == service)?;
    let total = |month: Period| -> i64 {
        usage.september.iter().map(|(key, quantity)| usage.quantity(key, *quantity, month)).sum()
    };
    let first = total(written_months().next()?);
    let planned: i64 = months_of(year).map(|month| total(month).max(first)).sum();
    let price = (Decimal::from(cost) / Decimal::from(planned)).round_dp(4);
    let measure = PromiseMeasure::UnitCost { driver: usage.driver.into() };
    let mut promise = promise(years, service, year, measure, price);
    promise.unit = "EUR per unit and month".into();
    Some(promise)
}

/// The first level of each service's main offering.
fn availability(years: Years) -> Vec<Promise> {
    let offered = offerings(years);
    CATALOGUE
        .iter()
        .filter_map(|key| {
            let level = offered.iter().find(|offering| offering.service == *key)?.levels.first()?;
            let measure = PromiseMeasure::ServiceLevel { measure: level.measure.clone() };
            let target = level.target.parse().expect("availability is a number");
            let mut promise = promise(years, key, 2026, measure, target);
            promise.unit = "%".into();
            promise.lower_is_better = false;
            promise.basis = "level of the offering at take-over".into();
            Some(promise)
        })
        .collect()
}

/// Whole thousands of euros a service's plan meant for the year: each pool's budget by the weights
/// of its rule, without what the plan did not know (eSIM's wait, the weekends).
fn planned_cost(service: &str, year: i32) -> i64 {
    let months: Vec<Period> = months_of(year).collect();
    let mut cents = 0_i128;
    for (pool, weights) in planned_weights() {
        let budget: i64 = plan()
            .into_iter()
            .filter(|row| row.pool == pool && months.contains(&row.month))
            .map(|row| row.budget)
            .sum();
        let planned = PLANNED_4G.iter().find(|(key, _)| *key == pool);
        let apart = planned.map_or(0, |(_, thousands)| if year == 2026 { thousands * 100_000 } else { 0 });
        let counted = |key: &str| year == 2026 || key != "4G";
        let sum: i64 = weights.iter().filter(|(key, _)| counted(key)).map(|(_, weight)| weight).sum();
        let own = weights.iter().find(|(key, _)| *key == service).map_or(0, |(_, weight)| *weight);
        cents += i128::from(budget - apart) * i128::from(own) / i128::from(sum);
    }
    let thousands = (cents + 50_000) / 100_000;
    i64::try_from(thousands * 1000).expect("a service costs less than the universe")
}

/// The weights each pool was planned by.
fn planned_weights() -> impl Iterator<Item = (&'static str, &'static Weights)> {
    [("LABOUR", LABOUR), ("EXTERNAL", CONTRACTORS), ("CLOUD", CLOUD), ("FACILITIES", KILOWATTS)]
        .into_iter()
        .chain(FIXED.into_iter().map(|(pool, _, weights)| (pool, weights)))
}
