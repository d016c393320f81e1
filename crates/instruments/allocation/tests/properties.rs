//! Random models, seeded: money is never lost or made, the order of rows changes nothing.

mod random;

use allocation::{Allocation, Basis, Error, Key, Layer, Model, Node, Pool, Rule, Sharing, allocate};
use kernel::{Currency, Quantity};
use random::{Chance, Size, check, keys, random_model, shuffled};

#[test]
fn in_is_out_plus_residual_for_every_pool_and_stage_in_any_order_of_rows() {
    let mut chance = Chance(20_260_930);
    let (mut loops, mut negative, mut solved, mut steps) = (0, 0, 0, 0);
    for _ in 0..1_500 {
        let model = random_model(&mut chance, Size::SMALL);
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
    assert!(loops > 2 && negative > 100 && solved > 50 && steps > 100, "{loops} {negative} {solved} {steps}");
}

#[test]
fn a_model_that_is_written_and_read_again_is_the_same() {
    let mut chance = Chance(3);
    for _ in 0..200 {
        let model = random_model(&mut chance, Size::SMALL);
        assert_eq!(allocation::parse_model(&model.to_json().to_string()), Ok(model));
    }
}

/// Splitting pool by pool moves each receiver by less than one minor unit per pool and sender.
#[test]
fn a_step_is_off_its_exact_share_by_less_than_one_cent_per_pool() {
    let mut chance = Chance(7);
    for _ in 0..200 {
        let Ok(result) = allocate(&random_model(&mut chance, Size::SMALL)) else { continue };
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
        let model = random_model(&mut chance, Size::SMALL);
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
