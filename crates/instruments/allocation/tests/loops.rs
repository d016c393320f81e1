//! Loops of more services than are solved exactly; values by symmetry, reckoned by hand.

use allocation::{
    Allocation, Basis, Key, Layer, Model, Node, Pool, Rule, Sharing, Solution, Solving, allocate,
};
use kernel::{Currency, Quantity};

/// `size` services, each of which serves the `fan` after it by `inside` and the customer by `outside`.
/// `amounts` are the pools, one per service from the first.
fn ring(size: usize, fan: usize, inside: i64, outside: &str, amounts: &[i64]) -> Model {
    let key = |letter: char, at: usize| Key::from(format!("{letter}{at:04}"));
    let layer = |name: &str, sharing| Layer { key: Key::from(name), name: name.to_owned(), sharing };
    let node = |key: Key, layer: &str| Node { name: key.to_string(), key, layer: Key::from(layer) };
    let serve = |service: usize| {
        let others = (1..=fan).map(|step| (key('S', (service + step) % size), Quantity::of_units(inside)));
        let customer = (Key::from("CUSTOMER"), Quantity::parse(outside).unwrap());
        Rule {
            key: key('R', service),
            from: key('S', service),
            basis: Basis::Fixed { weights: others.chain([customer]).collect() },
        }
    };
    let own = |service: usize| Rule {
        key: key('O', service),
        from: key('P', service),
        basis: Basis::Even { to: vec![key('S', service)] },
    };
    Model {
        currency: Currency::EUR,
        layers: vec![layer("service", Sharing::Reciprocal), layer("customer", Sharing::Direct)],
        pools: (amounts.iter().enumerate())
            .map(|(at, amount)| Pool { key: key('P', at), name: String::new(), amount: *amount })
            .collect(),
        nodes: (0..size)
            .map(|at| node(key('S', at), "service"))
            .chain([node(Key::from("CUSTOMER"), "customer")])
            .collect(),
        drivers: Vec::new(),
        rules: (0..size).map(serve).chain((0..amounts.len()).map(own)).collect(),
    }
}

fn solved(result: &Allocation) -> Solution {
    assert_eq!(result.solutions.len(), 1);
    result.solutions[0]
}

/// Half of each service's cost goes round: 100.00 becomes 200.00 at each. A debug build is asked for 300.
#[test]
fn a_thousand_services_that_serve_each_other_are_solved_with_a_bound_far_below_a_cent() {
    let size = if cfg!(debug_assertions) { 300 } else { 1_000 };
    let result = allocate(&ring(size, 4, 1, "4", &vec![10_000; size])).unwrap();
    let solution = solved(&result);
    let Solving::Bounded { error_bits, uncertain } = solution.method else { panic!("{solution:?}") };
    assert!(error_bits >= 80, "no share is off by more than 2^-80: {error_bits}");
    assert!(uncertain * 20 < solution.splits, "{uncertain} of {}", solution.splits);
    assert_eq!((solution.nodes, solution.splits), (size, size as u64));
    assert_eq!(result.finals, [(Key::from("CUSTOMER"), size as i64 * 10_000)]);
    for solved in &result.solved {
        assert_eq!(solved.gross.of(1), Some(20_000), "{}", solved.node);
        // The error is a fraction of a cent that no printed figure shows.
        assert_eq!(solved.error.of(1_000_000_000), Some(0), "{}", solved.node);
    }
}

#[test]
fn two_hundred_services_are_solved_exactly_and_one_more_with_a_bound() {
    for (size, exact) in [(200, true), (201, false)] {
        let result = allocate(&ring(size, 1, 1, "1", &[10_000, -2_500])).unwrap();
        assert_eq!(solved(&result).method == Solving::Exact, exact, "{size}");
        let told = &result.to_json()["solutions"][0];
        assert_eq!(told["method"], if exact { "exact" } else { "bounded" });
        assert_eq!(told["share_error"] == "0", exact, "{told}");
        // 1 ÷ 2, 1 ÷ 4, … of each pool stays with the services in their order: of 100.00 and −25.00 that is
        // 50.00, then 25.00 − 12.50.
        let kept = |service: &str| {
            let lines = result.lines.iter().filter(|line| *line.to == *service && line.stage == 1);
            lines.map(|line| line.amount).sum::<i64>()
        };
        assert_eq!((kept("S0000"), kept("S0001"), kept("S0002")), (5_000, 1_250, 625), "{size}");
        assert_eq!(result.finals[0].1, 7_500, "{size}");
    }
}

/// A millionth of each service's cost leaves the ring in a round: the loop multiplies every cost by a million.
#[test]
fn a_loop_that_hardly_leaks_is_solved_as_well() {
    let result = allocate(&ring(201, 1, 1, "0.000001", &[1_000_000; 201])).unwrap();
    let Solving::Bounded { error_bits, .. } = solved(&result).method else { panic!("{result:?}") };
    assert!(error_bits >= 60, "{error_bits}");
    assert_eq!(result.finals[0].1, 201_000_000);
    for solved in &result.solved {
        // 10,000.00 × 1,000,001, of which a millionth and a bit is the service's own.
        assert_eq!(solved.gross.of(1), Some(1_000_001_000_000), "{}", solved.node);
    }
}
