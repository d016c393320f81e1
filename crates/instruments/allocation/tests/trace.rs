//! Sentences and chains, with values from the shared documents or reckoned by hand.

use allocation::{Allocation, Basis, Driver, Key, Layer, Model, Node, Pool, Rule, Sharing, allocate};
use kernel::{Currency, Quantity};

fn key(text: &str) -> Key {
    Key::from(text)
}

fn layer(name: &str, sharing: Sharing) -> Layer {
    Layer { key: key(name), name: name.to_owned(), sharing }
}

fn even(from: &str, to: &[&str]) -> Rule {
    Rule {
        key: key(&format!("R-{from}")),
        from: key(from),
        basis: Basis::Even { to: to.iter().map(|to| key(to)).collect() },
    }
}

fn by(from: &str, driver: &str) -> Rule {
    let basis = Basis::Driver { driver: key(driver), to: None };
    Rule { key: key(&format!("R-{from}")), from: key(from), basis }
}

fn model(layers: Vec<Layer>, pools: &[(&str, i64)], nodes: &[(&str, &str, &str)]) -> Model {
    Model {
        currency: Currency::EUR,
        layers,
        pools: pools
            .iter()
            .map(|(k, amount)| Pool { key: key(k), name: (*k).to_owned(), amount: *amount })
            .collect(),
        nodes: (nodes.iter())
            .map(|(k, name, layer)| Node { key: key(k), name: (*name).to_owned(), layer: key(layer) })
            .collect(),
        drivers: Vec::new(),
        rules: Vec::new(),
    }
}

fn sentences(result: &Allocation, receiver: &str) -> Vec<String> {
    result.trace(receiver).iter().map(|step| result.sentence(step)).collect()
}

fn workplace(pools: &[(&str, i64)]) -> Allocation {
    let layers = vec![layer("service", Sharing::Direct), layer("customer", Sharing::Direct)];
    let nodes = [
        ("WORK", "Workplace", "service"),
        ("SALES", "Business Sales", "customer"),
        ("CARE", "Customer Care", "customer"),
    ];
    let mut model = model(layers, pools, &nodes);
    model.drivers.push(Driver {
        key: key("SEATS"),
        unit: "seats".into(),
        capacity: None,
        quantities: vec![(key("SALES"), Quantity::of_units(122)), (key("CARE"), Quantity::of_units(1_235))],
    });
    model.rules = pools.iter().map(|(pool, _)| even(pool, &["WORK"])).collect();
    model.rules.push(by("WORK", "SEATS"));
    allocate(&model).unwrap()
}

/// The sentence of `screens.md` S13.
#[test]
fn an_amount_is_explained_by_its_share_and_its_driver() {
    let result = workplace(&[("STAFF", 52_505_189)]);
    assert_eq!(
        sentences(&result, "SALES"),
        [
            "€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales has 122 of 1,357 seats.",
            "€525,051.89 = all of €525,051.89, because rule R-STAFF sends it to Workplace alone.",
        ]
    );
}

/// Three pools of 5 cents: each gives Sales 5 × 122 ÷ 1,357 = 0.45 cents, by largest remainder
/// nothing, because Care's remainder 0.55 is larger; of 15 cents the share is 1.35, so one cent.
#[test]
fn cents_moved_by_splitting_pool_by_pool_are_named() {
    let result = workplace(&[("P1", 5), ("P2", 5), ("P3", 5)]);
    let first = |receiver: &str| sentences(&result, receiver)[0].clone();
    assert_eq!(
        first("SALES"),
        "€0.00 = 122 / 1,357 of €0.15, because Business Sales has 122 of 1,357 seats; rounding −€0.01."
    );
    assert_eq!(
        first("CARE"),
        "€0.15 = 1,235 / 1,357 of €0.15, because Customer Care has 1,235 of 1,357 seats; rounding €0.01."
    );
}

#[test]
fn an_even_share_and_a_share_of_direct_cost_are_said_as_such() {
    let nodes = [("A", "Alpha", "customer"), ("B", "Beta", "customer"), ("C", "Gamma", "customer")];
    let pools = [("RENT", 10_000), ("DISK", 3_000), ("MGMT", 4_400)];
    let mut model = model(vec![layer("customer", Sharing::Direct)], &pools, &nodes);
    let to = vec![key("A"), key("B")];
    model.rules = vec![even("RENT", &["A", "B", "C"]), even("DISK", &["A"])];
    model.rules.push(Rule { key: key("R-M"), from: key("MGMT"), basis: Basis::Proportional { to } });
    let result = allocate(&model).unwrap();
    assert_eq!(
        sentences(&result, "B"),
        [
            "€33.33 = 1 / 3 of €100.00, because rule R-RENT gives each of its 3 receivers the same.",
            "€15.17 = €33.33 / €96.67 of €44.00, because Beta already carries €33.33 of €96.67 direct cost.",
        ]
    );
}

#[test]
fn unused_capacity_is_in_the_total_and_is_said() {
    let mut model = model(
        vec![layer("customer", Sharing::Direct)],
        &[("DISK", 50_000)],
        &[("A", "Alpha", "customer"), ("B", "Beta", "customer")],
    );
    model.drivers.push(Driver {
        key: key("GB"),
        unit: "GB".into(),
        capacity: Some(Quantity::of_units(1_000)),
        quantities: vec![(key("A"), Quantity::of_units(600)), (key("B"), Quantity::parse("199.5").unwrap())],
    });
    model.rules.push(by("DISK", "GB"));
    let result = allocate(&model).unwrap();
    assert_eq!(
        sentences(&result, "B"),
        ["€99.75 = 199.5 / 1,000 of €500.00, because Beta has 199.5 of 1,000 GB, 200.5 of them unused."]
    );
    assert_eq!(result.residuals[0].amount, 10_025);
}

/// Robinson: 40 / 49 of what PM costs leaves the loop at PM (0.8 ÷ 0.98), 9 / 49 at IS.
#[test]
fn a_solved_layer_is_followed_through_to_the_pool() {
    let layers = vec![layer("support", Sharing::Reciprocal), layer("operating", Sharing::Direct)];
    let nodes = [
        ("PM", "Maintenance", "support"),
        ("IS", "Systems", "support"),
        ("MACH", "Machining", "operating"),
        ("ASSY", "Assembly", "operating"),
    ];
    let mut model = model(layers, &[("C-PM", 630_000_000), ("C-IS", 145_215_000)], &nodes);
    let fixed = |from: &str, weights: &[(&str, i64)]| Rule {
        key: key(&format!("R-{from}")),
        from: key(from),
        basis: Basis::Fixed {
            weights: weights.iter().map(|(k, w)| (key(k), Quantity::of_units(*w))).collect(),
        },
    };
    model.rules = vec![
        even("C-PM", &["PM"]),
        even("C-IS", &["IS"]),
        fixed("PM", &[("IS", 20), ("MACH", 30), ("ASSY", 50)]),
        fixed("IS", &[("PM", 10), ("MACH", 80), ("ASSY", 10)]),
    ];
    let result = allocate(&model).unwrap();
    let said = sentences(&result, "MACH");
    for sentence in [
        // 0.3 × 6,576,750 = 3 / 8 of the 5,261,400 that maintenance keeps.
        "€1,973,025.00 = 30 / 80 of €5,261,400.00, because rule R-PM gives Machining 30 of 80 parts.",
        // 0.8 × 2,767,500 = 8 / 9 of the 2,490,750 that systems keeps.
        "€2,214,000.00 = 80 / 90 of €2,490,750.00, because rule R-IS gives Machining 80 of 90 parts.",
        "€5,142,857.14 = 40 / 49 of €6,300,000.00, because Maintenance keeps that much for those it serves in later layers.",
        "€1,157,142.86 = 9 / 49 of €6,300,000.00, because that much of what Maintenance costs ends at Systems when all who serve each other are solved together.",
    ] {
        assert!(said.iter().any(|line| line == sentence), "{sentence}\nis not in\n{}", said.join("\n"));
    }
    assert_eq!(said.len(), 8);
    // One statement line: what systems alone charges machining, without what maintenance charges.
    let line = result.trace_from("IS", "MACH");
    assert_eq!(line.iter().filter(|step| *step.to == *"MACH").count(), 1);
    // A support department's own trace is what it keeps in the end, from both.
    assert_eq!(
        result.trace("IS").iter().filter(|step| *step.to == *"IS").map(|step| step.amount).sum::<i64>(),
        249_075_000 + 145_215_000
    );
}
