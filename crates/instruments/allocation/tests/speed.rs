//! How long it may take. Limits hold for a release build; a debug build gets thirty times as long.
//! Each figure is the best of several runs, because the machine is shared.

use std::time::{Duration, Instant};

use allocation::{Basis, Driver, Key, Layer, Model, Node, Pool, Rule, Sharing, allocate};
use kernel::{Currency, Quantity};

fn best_of(runs: u32, model: &Model) -> Duration {
    let run = |_| {
        let start = Instant::now();
        assert!(!allocate(model).unwrap().lines.is_empty());
        start.elapsed()
    };
    (0..runs).map(run).min().unwrap()
}

fn limit(release: Duration) -> Duration {
    if cfg!(debug_assertions) { release * 30 } else { release }
}

fn key(letter: char, number: usize) -> Key {
    Key::from(format!("{letter}{number:05}"))
}

/// `pools` over all services; each service by a driver over `fan` other services and all customers.
fn month(pools: usize, services: usize, fan: usize, customers: usize, sharing: Sharing) -> Model {
    let units = |seed: usize| Quantity::of_units(i64::try_from(seed * 7_919 % 1_357 + 1).unwrap());
    let node = |key: Key, layer: &str| Node { name: key.to_string(), key, layer: Key::from(layer) };
    let mut drivers = Vec::new();
    let mut rules = Vec::new();
    for pool in 0..pools {
        let weights = (0..services).map(|service| (key('S', service), units(pool * 31 + service))).collect();
        rules.push(Rule { key: key('R', pool), from: key('P', pool), basis: Basis::Fixed { weights } });
    }
    for service in 0..services {
        let others =
            (1..=fan).map(|step| (service + step * step) % services).filter(|other| *other != service);
        let mut quantities: Vec<(Key, Quantity)> =
            others.map(|other| (key('S', other), units(service * 17 + other))).collect();
        quantities.sort();
        quantities.dedup_by(|a, b| a.0 == b.0);
        quantities
            .extend((0..customers).map(|customer| (key('C', customer), units(service * 13 + customer))));
        let driver = key('D', service);
        drivers.push(Driver { key: driver.clone(), unit: "units".into(), capacity: None, quantities });
        let basis = Basis::Driver { driver, to: None };
        rules.push(Rule { key: key('Q', service), from: key('S', service), basis });
    }
    let layer = |name: &str, sharing| Layer { key: Key::from(name), name: name.to_owned(), sharing };
    Model {
        currency: Currency::EUR,
        layers: vec![layer("service", sharing), layer("customer", Sharing::Direct)],
        pools: (0..pools)
            .map(|pool| Pool {
                key: key('P', pool),
                name: format!("Pool {pool}"),
                amount: 84_036_090 + 7 * pool as i64,
            })
            .collect(),
        nodes: (0..services)
            .map(|service| node(key('S', service), "service"))
            .chain((0..customers).map(|customer| node(key('C', customer), "customer")))
            .collect(),
        drivers,
        rules,
    }
}

#[test]
fn a_normal_month_takes_less_than_five_milliseconds_by_every_method() {
    let order = (0..24).map(|service| key('S', service)).collect();
    for sharing in [Sharing::Direct, Sharing::StepDown { order }, Sharing::Reciprocal] {
        let model = month(9, 24, 4, 10, sharing);
        let best = best_of(20, &model);
        println!("{best:?} for {:?}", model.layers[0].sharing);
        assert!(best < limit(Duration::from_millis(5)), "{best:?} for {:?}", model.layers[0].sharing);
    }
}

/// Four times the receivers take about four times as long; sixteen times would be their square.
#[test]
fn time_grows_with_receivers_not_with_their_square() {
    let small = best_of(15, &month(3, 2, 0, 4_000, Sharing::Direct));
    let large = best_of(15, &month(3, 2, 0, 16_000, Sharing::Direct));
    assert!(large < small * 10, "{small:?} for 4,000 receivers, {large:?} for 16,000");
}

/// All in one loop, the hardest kind; a debug build is asked for 60.
#[test]
fn two_hundred_services_that_serve_each_other_are_solved_in_seconds() {
    let services = if cfg!(debug_assertions) { 60 } else { 200 };
    let best = best_of(1, &month(2, services, 5, 3, Sharing::Reciprocal));
    assert!(best < Duration::from_secs(10), "{best:?}");
}
