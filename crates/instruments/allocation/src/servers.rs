//! The nodes of a layer that serve others of it, in numbers; loops without an outlet among them.

use std::collections::BTreeSet;

use num_integer::Integer;

use crate::bounded::WIDTH;
use crate::plan::Plan;
use crate::weights::Weights;

/// One service that serves others of its layer, in numbers without common factor.
pub(crate) struct Server {
    pub total: i128,
    /// To other servers, by position.
    pub inside: Vec<(usize, i128)>,
    /// To nodes of the layer that serve nobody in it.
    pub ends: Vec<(usize, i128)>,
    pub kept: i128,
}

impl Server {
    pub fn new(plan: &Plan, layer: usize, sharers: &[(usize, Weights)], weights: &Weights) -> Server {
        let unused: i128 = weights.left.iter().map(|(_, weight)| weight).sum();
        let common = weights.receivers.iter().fold(unused, |gcd, (_, weight)| gcd.gcd(weight));
        let mut server = Server { total: weights.total / common, inside: vec![], ends: vec![], kept: 0 };
        for (to, weight) in &weights.receivers {
            let weight = weight / common;
            match sharers.binary_search_by_key(to, |(node, _)| *node) {
                Ok(at) => server.inside.push((at, weight)),
                Err(_) if plan.layer_of[*to] == layer => server.ends.push((*to, weight)),
                Err(_) => server.kept += weight,
            }
        }
        server.kept += unused / common;
        server
    }

    /// The same with a total of [`WIDTH`] bits, and by how many parts of `2^WIDTH` its shares together are
    /// off at most: none where its numbers were smaller.
    pub fn scaled(&self) -> (Server, usize) {
        let bits = 128 - self.total.leading_zeros();
        let change = |weight: i128| match bits <= WIDTH {
            true => weight << (WIDTH - bits),
            false => weight >> (bits - WIDTH),
        };
        let all = |list: &[(usize, i128)]| list.iter().map(|(to, w)| (*to, change(*w))).collect::<Vec<_>>();
        let (inside, ends, kept) = (all(&self.inside), all(&self.ends), change(self.kept));
        let total = inside.iter().chain(&ends).map(|(_, weight)| weight).sum::<i128>() + kept;
        // Each part lost less than one and the total less than their number, of at least 2^(WIDTH − 1) less
        // that number, which is more than 2^(WIDTH − 2).
        let parts = inside.len() + ends.len() + 1;
        let off = if bits <= WIDTH { 0 } else { 8 * parts };
        (Server { total, inside, ends, kept }, off)
    }
}

/// The members of loops that cost can enter and never leave.
pub(crate) fn closed_loop(servers: &[Server]) -> Vec<usize> {
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

fn reach(start: Vec<usize>, next: impl Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
    let mut seen: BTreeSet<usize> = start.iter().copied().collect();
    let mut open = start;
    while let Some(at) = open.pop() {
        open.extend(next(at).into_iter().filter(|to| seen.insert(*to)));
    }
    seen
}
