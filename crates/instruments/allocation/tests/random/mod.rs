//! Random models, seeded.

use std::collections::{BTreeMap, BTreeSet};

use allocation::{
    Allocation, Basis, Driver, Key, Layer, Line, Model, Node, Pool, Portion, Rule, Sharing, Standing, Usage,
};
use kernel::{Currency, Decimal, Price, Quantity};

/// How many of each there are at most.
#[derive(Clone, Copy)]
pub struct Size {
    pub pools: u64,
    pub services: u64,
    pub customers: u64,
}

impl Size {
    pub const SMALL: Size = Size { pools: 6, services: 9, customers: 7 };
}

/// SplitMix64 (Steele, Lea & Flood 2014).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn amount(&mut self) -> i64 {
        i64::try_from(self.below(200_000_000)).unwrap() - 60_000_000
    }

    fn some<'a>(&mut self, from: &'a [Key]) -> Vec<Key> {
        let few = self.below((from.len() as u64).div_ceil(4).max(4)) + 1;
        let chosen: Vec<&'a Key> = from.iter().filter(|_| self.below(from.len() as u64) < few).collect();
        chosen.into_iter().cloned().collect()
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, usize::try_from(self.below(end as u64 + 1)).unwrap());
        }
    }
}

pub fn keys(letter: char, count: u64) -> Vec<Key> {
    (0..count).map(|number| Key::from(format!("{letter}{number:03}"))).collect()
}

pub fn random_model(chance: &mut Chance, size: Size) -> Model {
    let pools = keys('P', 1 + chance.below(size.pools));
    let services = keys('S', 1 + chance.below(size.services));
    let customers = keys('C', 1 + chance.below(size.customers));
    let onward: Vec<Key> = services.iter().chain(&customers).cloned().collect();
    let sharing = chance.below(3);
    let together = sharing == 2;
    let mut drivers = Vec::new();
    let mut rules = Vec::new();
    for from in pools.iter().chain(&services) {
        if chance.below(12) == 0 {
            continue;
        }
        let receivers = if chance.below(3) == 0 { &services } else { &onward };
        // Loops refuse budgeted rates.
        let budgeted = !together || from.starts_with('P');
        let basis = random_basis(chance, from, receivers, budgeted, &mut drivers);
        rules.push(Rule { key: Key::from(format!("R-{from}")), from: from.clone(), basis });
    }
    let sharing = random_sharing(chance, sharing, &services);
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

fn random_sharing(chance: &mut Chance, kind: u64, services: &[Key]) -> Sharing {
    match kind {
        0 => Sharing::Direct,
        1 => {
            let mut order = services.to_vec();
            chance.shuffle(&mut order);
            Sharing::StepDown { order }
        }
        _ => Sharing::Reciprocal,
    }
}

/// Any kind of rule, `budgeted` rates too.
fn random_basis(
    chance: &mut Chance,
    from: &Key,
    onward: &[Key],
    budgeted: bool,
    drivers: &mut Vec<Driver>,
) -> Basis {
    let method = chance.below(if budgeted { 17 } else { 15 });
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
        0 => Basis::Central,
        1..=3 => Basis::Even { to },
        4..=6 => Basis::Fixed { weights: quantities(5) },
        7 | 8 => Basis::Proportional { to },
        9..=11 => {
            let key = Key::from(format!("D-{from}"));
            let quantities = quantities(4);
            let capacity = (chance.below(3) == 0).then(|| Quantity::of_units(12_000));
            if chance.below(15) > 0 {
                drivers.push(Driver { key: key.clone(), unit: "units".into(), capacity, quantities });
            }
            Basis::Driver { driver: key, to: None }
        }
        _ => {
            let both = [quantities(4), quantities(3)];
            two_rates(chance, from, both, method >= 15, drivers)
        }
    }
}

/// Two rates at cost or budgeted, whose drivers may be missing, zero, or have unused capacity.
fn two_rates(
    chance: &mut Chance,
    from: &Key,
    both: [Vec<(Key, Quantity)>; 2],
    budgeted: bool,
    drivers: &mut Vec<Driver>,
) -> Basis {
    let keys = ["planned", "used"].map(|name| Key::from(format!("D-{from}-{name}")));
    for (key, quantities) in keys.iter().zip(both) {
        let capacity = (chance.below(4) == 0).then(|| Quantity::of_units(15_000));
        if chance.below(12) > 0 {
            drivers.push(Driver { key: key.clone(), unit: "units".into(), capacity, quantities });
        }
    }
    let [fixed, variable] = keys;
    if !budgeted {
        let mut portion = |driver| Portion { part: Quantity::of_units(chance.below(100) as i64), driver };
        return Basis::DualRate { fixed: portion(fixed), variable: portion(variable) };
    }
    let over = (chance.below(2) == 0).then(|| Quantity::of_units(9_000));
    let standing = Standing { budget: chance.below(50_000_000) as i64, driver: fixed, over };
    let rate = Price::new(Decimal::new(chance.below(1_000_000) as i64, 4), Currency::EUR);
    let usage = Usage { rate, driver: variable };
    match chance.below(4) {
        0 => Basis::Budgeted { fixed: Some(standing), variable: None },
        1 => Basis::Budgeted { fixed: None, variable: Some(usage) },
        _ => Basis::Budgeted { fixed: Some(standing), variable: Some(usage) },
    }
}

/// The same rows in another order, as from other files.
pub fn shuffled(model: &Model, chance: &mut Chance) -> Model {
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
            Basis::Driver { .. } | Basis::DualRate { .. } | Basis::Budgeted { .. } | Basis::Central => {}
        }
    }
    model
}

/// What went in of each pool, what came out of it, and the sums of every stage, added up here anew.
pub fn check(model: &Model, result: &Allocation) {
    let last: BTreeSet<&Key> =
        model.nodes.iter().filter(|node| &*node.layer == "customer").map(|node| &node.key).collect();
    let mut out: BTreeMap<&Key, i64> = BTreeMap::new();
    let mut stages = vec![(0, 0); result.stages.len()];
    for line in &result.lines {
        stages[line.stage].0 += line.amount;
        if last.contains(&line.to) {
            *out.entry(&line.origin).or_default() += line.amount;
        }
    }
    for residual in &result.residuals {
        stages[residual.stage].1 += residual.amount;
        *out.entry(&residual.origin).or_default() += residual.amount;
    }
    for pool in &model.pools {
        assert_eq!(pool.amount, out.get(&pool.key).copied().unwrap_or_default(), "pool {}", pool.key);
    }
    let order = |line: &Line| (line.stage, line.from.clone(), line.to.clone(), line.origin.clone());
    assert!(result.lines.is_sorted_by_key(order), "lines are sorted by stage, sender, receiver, origin");
    let whole: i64 = model.pools.iter().map(|pool| pool.amount).sum();
    for row in &result.control {
        let (lines, left) = stages[row.stage];
        assert_eq!((row.allocated, row.residual, row.sent), (lines, left, lines + left));
        assert_eq!(row.held + row.last + row.residual_so_far, whole);
    }
    let end = result.control.last().unwrap();
    assert_eq!((end.held, end.last), (0, result.finals.iter().map(|(_, amount)| amount).sum()));
}
