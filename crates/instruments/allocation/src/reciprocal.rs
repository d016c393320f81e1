//! Services that serve each other, all at once.
//!
//! With `T` what a service gives in all, `Q` what it gives to others of its layer and `R` what it
//! keeps for later layers, the gross costs `x` solve `xₖ = ownₖ + Σᵢ xᵢ·Qᵢₖ ÷ Tᵢ` (Horngren, *Cost
//! Accounting*, reciprocal method). Written in whole numbers, with `A = diag(T) − Q`, of one unit
//! that service `i` holds, `adjᵢₖ·Rₖ ÷ det` leaves the loop at service `k` for later layers and
//! `Σₖ adjᵢₖ·Qₖₒ ÷ det` at a service `o` that serves nobody of its layer. These shares add up to
//! one exactly, so that each (service, origin) amount can be split in whole minor units.

use std::sync::Arc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::exact::{Equations, Solution};
use crate::plan::Plan;
use crate::weights::Weights;
use crate::{Error, Key, Method, Ratio, Share};

/// The solved layer.
pub(crate) struct Outcome {
    /// One per service that serves others and holds money.
    pub rows: Vec<Row>,
    /// Position of each row's service among all that serve others.
    wanted: Vec<usize>,
    solution: Solution,
    totals: Vec<i128>,
}

/// Where one service's own cost leaves the loop.
pub(crate) struct Row {
    /// The service.
    pub from: usize,
    /// Where it leaves, sorted by node, with weights above zero.
    outlets: Vec<(usize, BigInt)>,
    /// Their sum.
    total: BigInt,
}

/// One service that serves others of its layer, in numbers without common factor.
struct Server {
    total: i128,
    /// To other servers, by position.
    inside: Vec<(usize, i128)>,
    /// To nodes of the layer that serve nobody in it.
    ends: Vec<(usize, i128)>,
    kept: i128,
}

/// Solves the services `sharers` of `layer`; `holds` says whether a node holds money.
pub(crate) fn solve(
    plan: &Plan,
    layer: usize,
    sharers: &[(usize, Weights)],
    holds: impl Fn(usize) -> bool,
) -> Result<Outcome, Error> {
    let servers: Vec<Server> =
        sharers.iter().map(|(_, weights)| Server::new(plan, layer, sharers, weights)).collect();
    let members = closed_loop(&servers);
    if !members.is_empty() {
        let members = members.into_iter().map(|at| plan.nodes[sharers[at].0].key.clone()).collect();
        return Err(Error::ClosedLoop { layer: plan.model.layers[layer].key.clone(), members });
    }
    let wanted: Vec<usize> = (0..sharers.len()).filter(|at| holds(sharers[*at].0)).collect();
    let equations = Equations { rows: servers.iter().map(|s| (s.total, s.inside.clone())).collect() };
    let solution = equations.solve(&wanted);
    let rows = (wanted.iter().zip(&solution.adjugate))
        .map(|(at, adjugate)| Row::new(sharers, &servers, sharers[*at].0, adjugate, &solution.determinant))
        .collect();
    let totals = servers.iter().map(|server| server.total).collect();
    Ok(Outcome { rows, wanted, solution, totals })
}

impl Server {
    fn new(plan: &Plan, layer: usize, sharers: &[(usize, Weights)], weights: &Weights) -> Server {
        let common = weights.receivers.iter().fold(weights.unused, |gcd, (_, weight)| gcd.gcd(weight));
        let mut server = Server { total: weights.total / common, inside: vec![], ends: vec![], kept: 0 };
        for (to, weight) in &weights.receivers {
            let weight = weight / common;
            match sharers.binary_search_by_key(to, |(node, _)| *node) {
                Ok(at) => server.inside.push((at, weight)),
                Err(_) if plan.layer_of[*to] == layer => server.ends.push((*to, weight)),
                Err(_) => server.kept += weight,
            }
        }
        server.kept += weights.unused / common;
        server
    }
}

/// The members of loops that cost can enter and never leave.
fn closed_loop(servers: &[Server]) -> Vec<usize> {
    let mut givers: Vec<Vec<usize>> = vec![Vec::new(); servers.len()];
    for (from, server) in servers.iter().enumerate() {
        server.inside.iter().for_each(|(to, _)| givers[*to].push(from));
    }
    let outlets: Vec<usize> =
        (0..servers.len()).filter(|at| servers[*at].kept > 0 || !servers[*at].ends.is_empty()).collect();
    let leaves = reach(outlets, |at| givers[at].clone());
    let takers = |at: usize| servers[at].inside.iter().map(|(to, _)| *to).collect::<Vec<_>>();
    (0..servers.len())
        .filter(|at| !leaves.contains(at))
        .filter(|at| {
            let after = reach(vec![*at], takers);
            let before = reach(vec![*at], |node| givers[node].clone());
            after.is_subset(&before)
        })
        .collect()
}

fn reach(start: Vec<usize>, next: impl Fn(usize) -> Vec<usize>) -> std::collections::BTreeSet<usize> {
    let mut seen: std::collections::BTreeSet<usize> = start.iter().copied().collect();
    let mut open = start;
    while let Some(at) = open.pop() {
        open.extend(next(at).into_iter().filter(|to| seen.insert(*to)));
    }
    seen
}

impl Outcome {
    /// Gross cost of every service that serves others, given what each holds.
    pub fn gross(&self, own: &[i64]) -> Vec<Ratio> {
        (self.totals.iter().enumerate())
            .map(|(at, total)| {
                let sum: BigInt = (self.wanted.iter().zip(&self.solution.adjugate))
                    .map(|(holder, adjugate)| &adjugate[at] * own[*holder])
                    .sum();
                Ratio::new(sum * *total, self.solution.determinant.clone())
            })
            .collect()
    }
}

impl Row {
    fn new(
        sharers: &[(usize, Weights)],
        servers: &[Server],
        from: usize,
        adjugate: &[BigInt],
        determinant: &BigInt,
    ) -> Row {
        let mut at_node: std::collections::BTreeMap<usize, BigInt> = std::collections::BTreeMap::new();
        for ((node, _), (server, cofactor)) in sharers.iter().zip(servers.iter().zip(adjugate)) {
            if !cofactor.is_zero() {
                *at_node.entry(*node).or_default() += cofactor * server.kept;
                for (end, weight) in &server.ends {
                    *at_node.entry(*end).or_default() += cofactor * *weight;
                }
            }
        }
        at_node.retain(|_, weight| weight.is_positive());
        let reduced = determinant.bits() <= Ratio::REDUCED_BITS;
        let gcd = |common: BigInt, weight: &BigInt| if common.is_one() { common } else { common.gcd(weight) };
        let common = if reduced { at_node.values().fold(determinant.clone(), gcd) } else { BigInt::one() };
        let outlets: Vec<(usize, BigInt)> =
            at_node.into_iter().map(|(node, weight)| (node, weight / &common)).collect();
        let total: BigInt = outlets.iter().map(|(_, weight)| weight).sum();
        assert_eq!(total, determinant / common, "what leaves a solved layer is all that entered it");
        Row { from, outlets, total }
    }

    /// The nodes where the cost leaves, sorted.
    pub fn receivers(&self) -> impl Iterator<Item = usize> {
        self.outlets.iter().map(|(node, _)| *node)
    }

    /// `amount` over the receivers by largest remainder, ties by key; a negative amount as the mirror
    /// image of the positive one. [`kernel::split`] does the same where 128 bits are enough.
    pub fn split(&self, amount: i64) -> Vec<i64> {
        let magnitude = amount.unsigned_abs();
        let narrow = |part: &BigInt| part.to_i64().expect("a part of 64 bits fits 64 bits");
        let mut parts = Vec::with_capacity(self.outlets.len());
        let mut remainders = Vec::with_capacity(self.outlets.len());
        for (index, (_, weight)) in self.outlets.iter().enumerate() {
            let (part, remainder) = (weight * magnitude).div_rem(&self.total);
            parts.push(narrow(&part));
            remainders.push((remainder, index));
        }
        let left = magnitude - parts.iter().map(|part| part.unsigned_abs()).sum::<u64>();
        remainders.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, index) in remainders.iter().take(usize::try_from(left).expect("fewer left than receivers")) {
            parts[*index] += 1;
        }
        if amount < 0 {
            parts.iter_mut().for_each(|part| *part = -*part);
        }
        parts
    }

    /// One share per outlet.
    pub fn shares(&self, rule: &Key) -> Vec<Arc<Share>> {
        (self.outlets.iter())
            .map(|(_, weight)| {
                Arc::new(Share {
                    rule: rule.clone(),
                    method: Method::Reciprocal,
                    ratio: Ratio::new(weight.clone(), self.total.clone()),
                    driver: None,
                })
            })
            .collect()
    }
}
