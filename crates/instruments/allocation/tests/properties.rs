//! Random models, seeded: money is never lost or made, the order of rows changes nothing.

use allocation::{Allocation, Basis, Driver, Error, Key, Layer, Model, Node, Pool, Rule, Sharing, allocate};
use kernel::{Currency, Quantity};

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn amount(&mut self) -> i64 {
        i64::try_from(self.below(200_000_000)).unwrap() - 60_000_000
    }

    fn some<'a>(&mut self, from: &'a [Key]) -> Vec<Key> {
        let few = self.below(4) + 1;
        let chosen: Vec<&'a Key> = from.iter().filter(|_| self.below(from.len() as u64) < few).collect();
        chosen.into_iter().cloned().collect()
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, usize::try_from(self.below(end as u64 + 1)).unwrap());
        }
    }
}

fn keys(letter: char, count: u64) -> Vec<Key> {
    (0..count).map(|number| Key::from(format!("{letter}{number:02}"))).collect()
}

fn random_model(chance: &mut Chance) -> Model {
    let pools = keys('P', 1 + chance.below(6));
    let services = keys('S', 1 + chance.below(9));
    let customers = keys('C', 1 + chance.below(7));
    let onward: Vec<Key> = services.iter().chain(&customers).cloned().collect();
    let mut drivers = Vec::new();
    let mut rules = Vec::new();
    for from in pools.iter().chain(&services) {
        if chance.below(12) == 0 {
            continue;
        }
        let receivers = if chance.below(3) == 0 { &services } else { &onward };
        let basis = random_basis(chance, from, receivers, &mut drivers);
        rules.push(Rule { key: Key::from(format!("R-{from}")), from: from.clone(), basis });
    }
    let sharing = match chance.below(3) {
        0 => Sharing::Direct,
        1 => {
            let mut order = services.clone();
            chance.shuffle(&mut order);
            Sharing::StepDown { order }
        }
        _ => Sharing::Reciprocal,
    };
    let layer = |key: &str, sharing| Layer { key: Key::from(key), name: key.to_owned(), sharing };
    let node =
        |key: &Key, layer: &str| Node { key: key.clone(), name: key.to_string(), layer: Key::from(layer) };
    Model {
        currency: Currency::EUR,
        layers: vec![layer("service", sharing), layer("customer", Sharing::Direct)],
        pools: (pools.iter())
            .map(|key| Pool { key: key.clone(), name: key.to_string(), amount: chance.amount() })
            .collect(),
        nodes: (services.iter().map(|key| node(key, "service")))
            .chain(customers.iter().map(|key| node(key, "customer")))
            .collect(),
        drivers,
        rules,
    }
}

fn random_basis(chance: &mut Chance, from: &Key, onward: &[Key], drivers: &mut Vec<Driver>) -> Basis {
    let method = chance.below(5);
    let to = chance.some(onward);
    let mut quantities = |zero_in: u64| -> Vec<(Key, Quantity)> {
        (to.iter())
            .map(|key| {
                let zero = chance.below(zero_in) == 0;
                let number = if zero { 0 } else { i64::try_from(chance.below(5_000_000_000)).unwrap() };
                (key.clone(), Quantity::of_millionths(number))
            })
            .collect()
    };
    match method {
        0 => Basis::Even { to },
        1 => Basis::Fixed { weights: quantities(5) },
        2 => Basis::Proportional { to },
        _ => {
            let key = Key::from(format!("D-{from}"));
            let quantities = quantities(4);
            let capacity = (chance.below(3) == 0).then(|| Quantity::of_units(12_000));
            if chance.below(15) > 0 {
                drivers.push(Driver { key: key.clone(), unit: "units".into(), capacity, quantities });
            }
            Basis::Driver { driver: key, to: None }
        }
    }
}

fn shuffled(model: &Model, chance: &mut Chance) -> Model {
    let mut model = model.clone();
    chance.shuffle(&mut model.pools);
    chance.shuffle(&mut model.nodes);
    chance.shuffle(&mut model.rules);
    chance.shuffle(&mut model.drivers);
    model.drivers.iter_mut().for_each(|driver| chance.shuffle(&mut driver.quantities));
    for rule in &mut model.rules {
        match &mut rule.basis {
            Basis::Even { to } | Basis::Proportional { to } => chance.shuffle(to),
            Basis::Fixed { weights } => chance.shuffle(weights),
            Basis::Driver { .. } | Basis::Central => {}
        }
    }
    model
}

/// What went in of each pool, what came out of it, and the sums of every stage, added up here anew.
fn check(model: &Model, result: &Allocation) {
    let is_last = |key: &Key| model.nodes.iter().any(|node| node.key == *key && &*node.layer == "customer");
    for pool in &model.pools {
        let finals: i64 = (result.lines.iter())
            .filter(|line| line.origin == pool.key && is_last(&line.to))
            .map(|line| line.amount)
            .sum();
        let left: i64 =
            result.residuals.iter().filter(|r| r.origin == pool.key).map(|residual| residual.amount).sum();
        assert_eq!(pool.amount, finals + left, "pool {}", pool.key);
    }
    let order =
        |line: &allocation::Line| (line.stage, line.from.clone(), line.to.clone(), line.origin.clone());
    assert!(result.lines.is_sorted_by_key(order), "lines are sorted by stage, sender, receiver, origin");
    let whole: i64 = model.pools.iter().map(|pool| pool.amount).sum();
    for row in &result.control {
        let lines: i64 =
            result.lines.iter().filter(|line| line.stage == row.stage).map(|line| line.amount).sum();
        let left: i64 = result.residuals.iter().filter(|r| r.stage == row.stage).map(|r| r.amount).sum();
        assert_eq!((row.allocated, row.residual, row.sent), (lines, left, lines + left));
        assert_eq!(row.held + row.last + row.residual_so_far, whole);
    }
    let end = result.control.last().unwrap();
    assert_eq!((end.held, end.last), (0, result.finals.iter().map(|(_, amount)| amount).sum()));
}

#[test]
fn in_is_out_plus_residual_for_every_pool_and_stage_in_any_order_of_rows() {
    let mut chance = Chance(20_260_930);
    let (mut loops, mut negative, mut solved, mut steps) = (0, 0, 0, 0);
    for _ in 0..1_500 {
        let model = random_model(&mut chance);
        let result = allocate(&model);
        assert_eq!(result, allocate(&shuffled(&model, &mut chance)), "the order of rows changed the result");
        assert_eq!(result, allocate(&model), "a second run came out differently");
        match result {
            Err(Error::ClosedLoop { .. }) => loops += 1,
            Err(error) => panic!("{error}"),
            Ok(result) => {
                check(&model, &result);
                negative += usize::from(model.pools.iter().any(|pool| pool.amount < 0));
                solved += usize::from(!result.solved.is_empty());
                steps += usize::from(result.stages.iter().any(|stage| &*stage.key == "service-1"));
            }
        }
    }
    assert!(loops > 5 && negative > 100 && solved > 50 && steps > 100, "{loops} {negative} {solved} {steps}");
}

/// Splitting pool by pool moves each receiver by less than one minor unit per pool and sender.
#[test]
fn a_model_that_is_written_and_read_again_is_the_same() {
    let mut chance = Chance(3);
    for _ in 0..200 {
        let model = random_model(&mut chance);
        assert_eq!(allocation::parse_model(&model.to_json().to_string()), Ok(model));
    }
}

#[test]
fn a_step_is_off_its_exact_share_by_less_than_one_cent_per_pool() {
    let mut chance = Chance(7);
    for _ in 0..200 {
        let Ok(result) = allocate(&random_model(&mut chance)) else { continue };
        for step in result.steps() {
            let parts = i64::try_from(step.parts.len()).unwrap();
            assert!(step.rounding.abs() <= parts, "{}", result.sentence(&step));
        }
    }
}

/// Every customer's trace adds up: what a sender passed on is what came into it, back to the pools.
#[test]
fn a_trace_adds_up_at_every_sender() {
    let mut chance = Chance(99);
    let mut checked = 0;
    for _ in 0..200 {
        let model = random_model(&mut chance);
        let Ok(result) = allocate(&model) else { continue };
        for (customer, amount) in &result.finals {
            let chain = result.trace(customer);
            let into: i64 = chain.iter().filter(|step| step.to == *customer).map(|step| step.amount).sum();
            assert_eq!(into, *amount);
            for step in &chain {
                let came: i64 = match model.pools.iter().find(|pool| pool.key == step.from) {
                    Some(pool) => pool.amount,
                    None => came_into(&result, &chain, step),
                };
                assert_eq!(step.of, came, "{customer}: {}", result.sentence(step));
                checked += 1;
            }
        }
    }
    assert!(checked > 1_000, "{checked}");
}

/// The sum of the chain's steps into the sender of `step`, after it last sent and before `step`.
fn came_into(result: &Allocation, chain: &[allocation::Step], step: &allocation::Step) -> i64 {
    let sent = result.lines.iter().filter(|line| line.from == step.from && line.stage < step.stage);
    let last = sent.map(|line| line.stage).max().unwrap_or(0);
    (chain.iter())
        .filter(|input| input.to == step.from && (last..step.stage).contains(&input.stage))
        .map(|input| input.amount)
        .sum()
}

/// The same by another way: cost sent round and round until nothing moves (the method of repeated
/// distribution), in floating point, for services that all serve each other and two customers.
#[test]
fn solving_agrees_with_sending_cost_round_until_nothing_moves() {
    const SERVICES: usize = 7;
    let mut chance = Chance(41);
    for _ in 0..40 {
        let services = keys('S', SERVICES as u64);
        let receivers: Vec<Key> = services.iter().cloned().chain(keys('C', 2)).collect();
        let own: Vec<i64> = services.iter().map(|_| chance.amount()).collect();
        let weights: Vec<Vec<u32>> = (0..SERVICES)
            .map(|from| {
                (0..SERVICES + 2)
                    .map(|to| if to == from { 0 } else { chance.below(100) as u32 + 1 })
                    .collect()
            })
            .collect();
        let result = allocate(&mutual_model(&services, &receivers, &own, &weights)).unwrap();

        let mut gross: Vec<f64> = own.iter().map(|own| *own as f64).collect();
        let share = |from: usize, to: usize| {
            f64::from(weights[from][to]) / f64::from(weights[from].iter().sum::<u32>())
        };
        let sent_to =
            |gross: &[f64], to: usize| (0..SERVICES).map(|from| gross[from] * share(from, to)).sum::<f64>();
        for _ in 0..3_000 {
            gross = (0..SERVICES).map(|to| own[to] as f64 + sent_to(&gross, to)).collect();
        }
        for (solved, expected) in result.solved.iter().zip(&gross) {
            let exact: f64 = solved.gross.numerator().to_string().parse::<f64>().unwrap()
                / solved.gross.denominator().to_string().parse::<f64>().unwrap();
            assert!((exact - expected).abs() < 0.01, "{} {exact} {expected}", solved.node);
        }
        for (number, (_, amount)) in result.finals.iter().enumerate() {
            let expected = sent_to(&gross, SERVICES + number);
            // Each (sender, origin) amount is off by less than a cent, in two stages.
            assert!(
                (*amount as f64 - expected).abs() < (SERVICES * SERVICES * 2) as f64,
                "{amount} {expected}"
            );
        }
    }
}

fn mutual_model(services: &[Key], receivers: &[Key], own: &[i64], weights: &[Vec<u32>]) -> Model {
    let layer = |key: &str, sharing| Layer { key: Key::from(key), name: key.to_owned(), sharing };
    let node = |key: &Key| Node {
        key: key.clone(),
        name: key.to_string(),
        layer: Key::from(if key.starts_with('S') { "service" } else { "customer" }),
    };
    let pool = |(key, amount): (&Key, &i64)| Pool {
        key: Key::from(format!("P-{key}")),
        name: String::new(),
        amount: *amount,
    };
    let rules = services.iter().zip(weights).flat_map(|(key, weights)| {
        let weighted =
            receivers.iter().zip(weights).map(|(to, w)| (to.clone(), Quantity::of_units(i64::from(*w))));
        let own = Basis::Even { to: vec![key.clone()] };
        let onward = Basis::Fixed { weights: weighted.collect() };
        [
            Rule { key: Key::from(format!("O-{key}")), from: Key::from(format!("P-{key}")), basis: own },
            Rule { key: Key::from(format!("R-{key}")), from: key.clone(), basis: onward },
        ]
    });
    Model {
        currency: Currency::EUR,
        layers: vec![layer("service", Sharing::Reciprocal), layer("customer", Sharing::Direct)],
        pools: services.iter().zip(own).map(pool).collect(),
        nodes: receivers.iter().map(node).collect(),
        drivers: Vec::new(),
        rules: rules.collect(),
    }
}
