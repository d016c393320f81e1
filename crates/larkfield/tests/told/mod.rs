//! Reads the story as a person's import would, and lets the allocation loose on it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeMap;

use allocation::{Basis as By, Driver, Layer, Model, Node, Pool, Rule, Sharing};
use kernel::{Currency, Money, Period, Quantity};
use larkfield::{
    AccountClass, AgreedQuantity, AllocationRule, Basis, Charging, LedgerFile, Receivers, Story, story,
};

/// The story of the binding figures.
pub fn september_2026() -> Story {
    story(month("2026-09")).unwrap()
}

pub fn month(text: &str) -> Period {
    text.parse().unwrap()
}

/// A row of the export, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    pub key: (String, String),
    pub date: String,
    pub account: String,
    pub cost_centre: String,
    pub supplier: String,
    pub text: String,
    pub amount: i64,
    pub currency: String,
    pub cents: i64,
    pub service: String,
    pub customer: String,
}

pub fn rows(file: &LedgerFile) -> Vec<Read> {
    let mut lines = file.csv_text.lines();
    assert_eq!(lines.next(), Some(larkfield::LAYOUT));
    lines
        .map(|line| {
            let f: Vec<&str> = line.split(';').collect();
            assert_eq!(f.len(), 14, "{line}");
            assert_eq!(f[8] == "EUR", f[12].is_empty() && f[13].is_empty(), "{line}");
            let money = |text: &str| Money::parse(text, Currency::EUR).unwrap().minor();
            Read {
                key: (f[0].into(), f[1].into()),
                date: f[2].into(),
                account: f[3].into(),
                cost_centre: f[4].into(),
                supplier: f[5].into(),
                text: f[6].into(),
                amount: money(f[7]),
                currency: f[8].into(),
                cents: money(f[9]),
                service: f[10].into(),
                customer: f[11].into(),
            }
        })
        .collect()
}

/// The rows of one class after all files are loaded in order, refused rows left out, changed ones
/// replaced.
pub fn loaded(story: &Story, class: AccountClass, period: Period) -> Vec<Read> {
    let mut ledger = BTreeMap::new();
    for file in story.files.iter().filter(|file| file.class == class && file.period == period) {
        for (index, row) in rows(file).into_iter().enumerate() {
            if !file.expected.rejected.iter().any(|reject| reject.line == index + 2) {
                ledger.insert(row.key.clone(), row);
            }
        }
    }
    ledger.into_values().collect()
}

/// The pool a row is mapped to: the first rule that fits.
pub fn pool_of<'s>(story: &'s Story, row: &Read) -> Option<&'s str> {
    let mut rules: Vec<_> = story.mapping_rules.iter().collect();
    rules.sort_by_key(|rule| rule.order);
    let within = |range: &(String, String), code: &String| range.0 <= *code && *code <= range.1;
    rules
        .into_iter()
        .find(|rule| {
            within(&rule.accounts, &row.account)
                && rule.cost_centres.as_ref().is_none_or(|range| within(range, &row.cost_centre))
        })
        .map(|rule| rule.pool.as_str())
}

/// Cents per pool of a month, from the ledger.
pub fn pools(story: &Story, period: Period) -> BTreeMap<String, i64> {
    let mut pools: BTreeMap<String, i64> = BTreeMap::new();
    for row in loaded(story, AccountClass::Cost, period) {
        *pools.entry(pool_of(story, &row).expect("every line is mapped").to_owned()).or_default() +=
            row.cents;
    }
    pools
}

/// What the allocation makes of one month.
pub struct Month {
    pub allocation: allocation::Allocation,
    /// Cents by (pool, service).
    pub bands: BTreeMap<(String, String), i64>,
    /// Cents by service; 4G too.
    pub costs: BTreeMap<String, i64>,
    /// Cents by (customer, service), at the price where there is one, else at cost.
    pub charges: BTreeMap<(String, String), i64>,
}

impl Month {
    pub fn charged(&self, customer: &str) -> i64 {
        self.charges.iter().filter(|((key, _), _)| key == customer).map(|(_, cents)| cents).sum()
    }
}

/// Runs the rules of the month on the ledger of the month.
pub fn run(story: &Story, period: Period) -> Month {
    let allocation = allocation::allocate(&model(story, period)).unwrap();
    let (mut bands, mut costs, mut charges) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for line in &allocation.lines {
        let (from, to) = (line.from.to_string(), line.to.to_string());
        if let Some(customer) = to.strip_prefix("customer ") {
            *charges.entry((customer.to_owned(), from)).or_default() += line.amount;
        } else {
            *costs.entry(to.clone()).or_default() += line.amount;
            *bands.entry((from, to)).or_default() += line.amount;
        }
    }
    at_price(story, period, &mut charges);
    Month { allocation, bands, costs, charges }
}

/// Replaces cost by quantity × price where the offering has one.
fn at_price(story: &Story, period: Period, charges: &mut BTreeMap<(String, String), i64>) {
    let priced = |service: &str| {
        story.offerings.iter().any(|o| o.service == service && matches!(o.charging, Charging::Fixed(_)))
    };
    charges.retain(|(_, service), _| !priced(service));
    for offering in &story.offerings {
        let Charging::Fixed(versions) = &offering.charging else { continue };
        let price = versions.iter().rfind(|version| version.from <= period).unwrap().price;
        for (customer, quantity) in agreed(story, &offering.key, period) {
            let cents = price.times(quantity).unwrap().minor();
            *charges.entry((customer, offering.service.clone())).or_default() += cents;
        }
    }
}

/// Quantities agreed for an offering in a month.
fn agreed(story: &Story, offering: &str, period: Period) -> Vec<(String, Quantity)> {
    let of = story.agreements.iter().filter(|agreement| agreement.offering == offering);
    of.filter_map(|agreement| {
        let AgreedQuantity::Agreed(steps) = &agreement.quantity else { return None };
        let step = steps.iter().rfind(|(from, _)| *from <= period)?;
        Some((agreement.customer.clone(), step.1))
    })
    .collect()
}

pub fn in_force(story: &Story, period: Period) -> impl Iterator<Item = &AllocationRule> {
    story
        .allocation_rules
        .iter()
        .filter(move |rule| rule.from <= period && rule.to.is_none_or(|to| period <= to))
}

fn model(story: &Story, period: Period) -> Model {
    let node =
        |key: &str, name: &str, layer: &str| Node { key: key.into(), name: name.into(), layer: layer.into() };
    let layer = |key: &str| Layer { key: key.into(), name: key.into(), sharing: Sharing::Direct };
    let (service_rules, mut drivers) = (in_force(story, period), Vec::new());
    let mut rules: Vec<Rule> =
        service_rules.map(|rule| converted(story, period, rule, &mut drivers)).collect();
    let mut nodes: Vec<Node> =
        story.services.iter().map(|service| node(&service.key, &service.name, "service")).collect();
    for prepared in &story.preparations {
        nodes.push(node(&prepared.key, &prepared.name, "service"));
        let key = prepared.key.as_str().into();
        rules.push(Rule { key: "central".into(), from: key, basis: By::Central });
    }
    // The desktop's key is also a customer's: nodes share one space of keys.
    nodes.extend(story.customers.iter().map(|c| node(&customer_node(&c.key), &c.name, "customer")));
    for driver in &story.drivers {
        let of = story.driver_quantities.iter().filter(|q| q.driver == driver.key && q.period == period);
        let named = |key: &str| match driver.receivers {
            Receivers::Services => key.into(),
            Receivers::Customers => customer_node(key).as_str().into(),
        };
        drivers.push(Driver {
            key: driver.key.as_str().into(),
            unit: driver.unit.clone(),
            capacity: None,
            quantities: of.map(|q| (named(&q.receiver), q.quantity)).collect(),
        });
    }
    let amounts = pools(story, period);
    let pools = story.pools.iter().map(|pool| Pool {
        key: pool.key.as_str().into(),
        name: pool.name.clone(),
        amount: amounts[&pool.key],
    });
    Model {
        currency: Currency::EUR,
        layers: vec![layer("service"), layer("customer")],
        pools: pools.collect(),
        nodes,
        drivers,
        rules,
    }
}

/// Key of a customer among the nodes.
pub fn customer_node(key: &str) -> String {
    format!("customer {key}")
}

fn converted(story: &Story, period: Period, rule: &AllocationRule, drivers: &mut Vec<Driver>) -> Rule {
    let to = |key: &str| match rule.receivers {
        Receivers::Services => key.to_owned(),
        Receivers::Customers => customer_node(key),
    };
    let basis = match &rule.basis {
        Basis::FixedWeights(weights) => By::Fixed {
            weights: weights.iter().map(|(key, w)| (to(key).into(), Quantity::of_units(*w))).collect(),
        },
        Basis::Driver(driver) => By::Driver { driver: driver.as_str().into(), to: None },
        Basis::AgreedQuantity => {
            let mut sums: BTreeMap<String, i64> = BTreeMap::new();
            for offering in story.offerings.iter().filter(|offering| offering.service == rule.sender) {
                for (customer, quantity) in agreed(story, &offering.key, period) {
                    *sums.entry(to(&customer)).or_default() += quantity.millionths();
                }
            }
            let key = format!("agreed {}", rule.sender);
            drivers.push(Driver {
                key: key.as_str().into(),
                unit: "agreed".into(),
                capacity: None,
                quantities: sums
                    .into_iter()
                    .map(|(key, m)| (key.into(), Quantity::of_millionths(m)))
                    .collect(),
            });
            By::Driver { driver: key.into(), to: None }
        }
    };
    Rule { key: format!("{} v{}", rule.key, rule.version).into(), from: rule.sender.as_str().into(), basis }
}
