//! Services that serve each other, all at once.
//!
//! With `T` what a service gives in all, `Q` what it gives to others of its layer and `R` what it
//! keeps for later layers, the gross costs `x` solve `xₖ = ownₖ + Σᵢ xᵢ·Qᵢₖ ÷ Tᵢ` (Horngren, *Cost
//! Accounting*, reciprocal method). Written in whole numbers, with `A = diag(T) − Q`, of one unit
//! that service `i` holds, `adjᵢₖ·Rₖ ÷ det` leaves the loop at service `k` for later layers and
//! `Σₖ adjᵢₖ·Qₖₒ ÷ det` at a service `o` that serves nobody of its layer. These shares add up to
//! one exactly, so that each (service, origin) amount can be split in whole minor units.
//!
//! Up to [`EXACT_UP_TO`] services this is done exactly (`exact`); the work grows with the fourth power
//! of their number, so that more are solved with a proven bound (`bounded`), or exactly all the same
//! where loops leak so little that the bound would say nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::bounded::{Near, Refinery, WIDTH};
use crate::exact::{self, Equations};
use crate::plan::Plan;
use crate::servers::{Server, closed_loop};
use crate::split::{Split, split_wide};
use crate::weights::Weights;
use crate::{Error, Key, Method, Ratio, Share, Solution, Solving};

/// So many services that serve each other are always solved exactly.
pub(crate) const EXACT_UP_TO: usize = 200;

/// A bound above `2^−40`, a cent in ten thousand million, is not worth having.
const WORTH_BITS: u64 = 40;

/// The solved layer.
pub(crate) struct Outcome<'p> {
    sharers: &'p [(usize, Weights)],
    servers: Vec<Server>,
    /// Positions among the sharers of those that hold money.
    wanted: Vec<usize>,
    found: Found,
}

enum Found {
    Exact(exact::Solution),
    /// One per wanted; and what one unit at a server comes to there in the end at most, for all of them.
    Near {
        rows: Vec<Near>,
        comes_to: Vec<Binary>,
        error_bits: u32,
    },
}

/// `size ÷ 2^point`.
struct Binary {
    size: BigUint,
    point: u32,
}

/// The magnitude of a unit's gross cost at `place`, in units of the row's point.
fn gross(near: &Near, servers: &[Server], place: usize) -> BigUint {
    BigUint::from(near.row[place].unsigned_abs()) * servers[place].total.unsigned_abs()
}

/// What rounding the weights did to each server's shares at most, for all that passes through it: once to
/// the equations and once to the shares that leave.
fn rounded(near: &Near, servers: &[Server], off: &[usize]) -> BigUint {
    let rounded = off.iter().enumerate().filter(|(_, off)| **off > 0);
    let parts: BigUint = rounded.map(|(place, off)| gross(near, servers, place) * (2 * off)).sum();
    if parts.is_zero() { parts } else { (parts >> WIDTH) + 1_u8 }
}

/// Where one service's own cost leaves the loop.
pub(crate) struct Row {
    /// The service.
    pub from: usize,
    /// Where it leaves, sorted by node, with weights above zero.
    outlets: Vec<(usize, BigInt)>,
    /// Their sum.
    total: BigInt,
    error_bits: Option<u32>,
}

/// Solves the services `sharers` of `layer`; `holds` says whether a node holds money.
pub(crate) fn solve<'p>(
    plan: &Plan,
    layer: usize,
    sharers: &'p [(usize, Weights)],
    holds: impl Fn(usize) -> bool,
) -> Result<Outcome<'p>, Error> {
    let servers: Vec<Server> =
        sharers.iter().map(|(_, weights)| Server::new(plan, layer, sharers, weights)).collect();
    let members = closed_loop(&servers);
    if !members.is_empty() {
        let members = members.into_iter().map(|at| plan.nodes[sharers[at].0].key.clone()).collect();
        return Err(Error::ClosedLoop { layer: plan.model.layers[layer].key.clone(), members });
    }
    let wanted: Vec<usize> = (0..sharers.len()).filter(|at| holds(sharers[*at].0)).collect();
    Ok(Outcome::bounded(sharers, &servers, &wanted).unwrap_or_else(|| {
        let solution = equations(&servers).solve(&wanted);
        Outcome { sharers, servers, wanted, found: Found::Exact(solution) }
    }))
}

fn equations(servers: &[Server]) -> Equations {
    Equations { rows: servers.iter().map(|s| (s.total, s.inside.clone())).collect() }
}

impl<'p> Outcome<'p> {
    fn bounded(sharers: &'p [(usize, Weights)], servers: &[Server], wanted: &[usize]) -> Option<Outcome<'p>> {
        if servers.len() <= EXACT_UP_TO {
            return None;
        }
        let (servers, off): (Vec<Server>, Vec<usize>) = servers.iter().map(Server::scaled).unzip();
        let equations = equations(&servers);
        let refinery = Refinery::new(&equations);
        let (mut rows, mut comes_to, mut error_bits) = (Vec::new(), Vec::new(), u64::MAX);
        for at in 0..servers.len() {
            let mut near = refinery.row(at)?;
            near.error += rounded(&near, &servers, &off);
            // Shares below zero are none, and all are brought back to a sum of one: each moves them by no
            // more than the error again.
            error_bits = error_bits.min(u64::from(near.point).saturating_sub(near.error.bits() + 1));
            // A unit is at least so near, so that it comes to less than twice of what was found.
            comes_to.push(Binary { size: gross(&near, &servers, at) * 2_u8, point: near.point });
            if wanted.binary_search(&at).is_ok() {
                rows.push(near);
            }
        }
        let error_bits = u32::try_from(error_bits).ok().filter(|bits| u64::from(*bits) >= WORTH_BITS)?;
        Some(Outcome {
            sharers,
            servers,
            wanted: wanted.to_vec(),
            found: Found::Near { rows, comes_to, error_bits },
        })
    }

    /// One row per service that serves others and holds money.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        self.wanted.iter().enumerate().map(|(number, at)| {
            let from = self.sharers[*at].0;
            match &self.found {
                Found::Exact(solution) => {
                    let row = self.row(from, &solution.adjugate[number], &solution.determinant);
                    let left: BigInt = row.outlets.iter().map(|(_, weight)| weight).sum();
                    assert_eq!(left, row.total, "what leaves a solved layer is all that entered it");
                    row
                }
                Found::Near { rows, error_bits, .. } => {
                    let shares: Vec<BigInt> =
                        rows[number].row.iter().map(|share| BigInt::from((*share).max(0))).collect();
                    let mut row = self.row(from, &shares, &BigInt::ZERO);
                    row.total = row.outlets.iter().map(|(_, weight)| weight).sum();
                    row.error_bits = Some(*error_bits);
                    row
                }
            }
        })
    }

    fn row(&self, from: usize, adjugate: &[BigInt], determinant: &BigInt) -> Row {
        let mut at_node: BTreeMap<usize, BigInt> = BTreeMap::new();
        for ((node, _), (server, cofactor)) in self.sharers.iter().zip(self.servers.iter().zip(adjugate)) {
            if !cofactor.is_zero() {
                *at_node.entry(*node).or_default() += cofactor * server.kept;
                for (end, weight) in &server.ends {
                    *at_node.entry(*end).or_default() += cofactor * *weight;
                }
            }
        }
        at_node.retain(|_, weight| weight.is_positive());
        let reduced = determinant.bits() <= Ratio::REDUCED_BITS && !determinant.is_zero();
        let gcd = |common: BigInt, weight: &BigInt| if common.is_one() { common } else { common.gcd(weight) };
        let common = if reduced { at_node.values().fold(determinant.clone(), gcd) } else { BigInt::one() };
        let outlets = at_node.into_iter().map(|(node, weight)| (node, weight / &common)).collect();
        Row { from, outlets, total: determinant / common, error_bits: None }
    }

    /// Gross cost of every service that serves others, given what each holds, and its error at most.
    pub fn gross(&self, own: &[i64]) -> Vec<(Ratio, Ratio)> {
        (0..self.servers.len())
            .map(|at| match &self.found {
                Found::Exact(solution) => {
                    let sum: BigInt = (self.wanted.iter().zip(&solution.adjugate))
                        .map(|(holder, adjugate)| &adjugate[at] * own[*holder])
                        .sum();
                    (Ratio::new(sum * self.servers[at].total, solution.determinant.clone()), Ratio::zero())
                }
                Found::Near { rows, comes_to, .. } => self.near_gross(at, own, rows, &comes_to[at]),
            })
            .collect()
    }

    /// A unit at server `j` is off by `Σ |r|` at most wherever it passes, times what a unit comes to there:
    /// `|eₖ|·Tₖ ≤ Σⱼ |rⱼ|·Nⱼₖ ≤ Nₖₖ·Σⱼ |rⱼ|`, as `Nⱼₖ` is `Nₖₖ` times the chance to get there.
    fn near_gross(&self, at: usize, own: &[i64], rows: &[Near], comes_to: &Binary) -> (Ratio, Ratio) {
        let point = rows.iter().map(|near| near.point).max().unwrap_or(0);
        let (mut sum, mut error) = (BigInt::ZERO, BigUint::ZERO);
        for (holder, near) in self.wanted.iter().zip(rows) {
            sum += (BigInt::from(near.row[at]) * own[*holder]) << (point - near.point);
            error += (&near.error * own[*holder].unsigned_abs()) << (point - near.point);
        }
        let unit = |point: u32| BigInt::one() << point;
        let gross = Ratio::unreduced(sum * self.servers[at].total, unit(point));
        (gross, Ratio::unreduced(BigInt::from(error * &comes_to.size), unit(point + comes_to.point)))
    }

    /// How it was solved: `splits` amounts, of which `uncertain` might be another by one minor unit.
    pub fn solution(&self, stage: usize, splits: u64, uncertain: u64) -> Solution {
        let method = match &self.found {
            Found::Exact(_) => Solving::Exact,
            Found::Near { error_bits, .. } => Solving::Bounded { error_bits: *error_bits, uncertain },
        };
        Solution { stage, nodes: self.servers.len(), splits, method }
    }
}

impl Row {
    /// The nodes where the cost leaves, sorted.
    pub fn receivers(&self) -> impl Iterator<Item = usize> {
        self.outlets.iter().map(|(node, _)| *node)
    }

    /// `amount` over the receivers by largest remainder, ties by key.
    pub fn split(&self, amount: i64) -> Split {
        let weights: Vec<&BigInt> = self.outlets.iter().map(|(_, weight)| weight).collect();
        split_wide(amount, &weights, &self.total, self.error_bits)
    }

    /// One share per outlet.
    pub fn shares(&self, rule: &Key) -> impl Iterator<Item = Arc<Share>> {
        self.outlets.iter().map(|(_, weight)| {
            Arc::new(Share {
                rule: rule.clone(),
                method: Method::Reciprocal,
                ratio: match self.error_bits {
                    None => Ratio::new(weight.clone(), self.total.clone()),
                    Some(_) => Ratio::unreduced(weight.clone(), self.total.clone()),
                },
                driver: None,
                standing: None,
            })
        })
    }
}
