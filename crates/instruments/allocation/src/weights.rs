//! What a rule gives to whom at one stage, or the reason why it gives nothing.

use std::collections::BTreeMap;

use kernel::Quantity;
use num_integer::Integer;

use crate::plan::{Measured, Plan};
use crate::ready::{Half, Ready, Ruled};
use crate::{DriverUse, Method, Ratio, Reason, Share};

/// Receivers by number with weights above zero, sorted; and what stays, by reason.
pub(crate) struct Weights {
    pub receivers: Vec<(usize, i128)>,
    pub left: Vec<(Reason, i128)>,
    /// Sum of both; above zero.
    pub total: i128,
    /// Per driver of the rule, a variable one first, the sum that its receivers' quantities are parts of.
    of_drivers: [i128; 2],
}

/// Who may receive at a stage.
pub(crate) struct Who<M, S> {
    /// Whom the rule counts: who may not is left out, and the shares of the others rise.
    pub may: M,
    /// Of these, who has not received already: in a layer that was solved together the others have
    /// their share, and what was kept is for these.
    pub still: S,
}

/// Weighs the receivers of `ruled`. `received` is what each node has received in the stages before, in
/// minor units.
///
/// Unused capacity is what was provided less *all* measured use, also use of nodes that may not
/// receive at this stage.
pub(crate) fn weigh<M: Fn(usize) -> bool, S: Fn(usize) -> bool>(
    plan: &Plan,
    ruled: &Ruled,
    received: &[i64],
    who: &Who<M, S>,
) -> Result<Weights, Reason> {
    let may = |to: usize| (who.may)(to) && (who.still)(to);
    let all: Vec<(usize, i128)> = match &ruled.ready {
        Ready::Even(to) => to.iter().map(|node| (*node, 1)).collect(),
        Ready::Fixed(weights) => weights.iter().map(|(node, weight)| (*node, i128::from(*weight))).collect(),
        Ready::Proportional(to) => to.iter().map(|node| (*node, i128::from(received[*node]))).collect(),
        Ready::Driver { driver, only } => quantities(&plan.drivers[*driver], only.as_deref()),
        Ready::DualRate(halves) => return both_halves(plan, halves, who),
        Ready::DriverMissing | Ready::Budgeted { .. } => return Err(Reason::DriverMissing),
        Ready::Central => return Err(Reason::KeptCentral),
    };
    if all.iter().any(|(_, weight)| *weight < 0) {
        return Err(Reason::DirectCostNegative);
    }
    let receivers: Vec<_> = all.into_iter().filter(|(node, _)| may(*node)).collect();
    let nobody = receivers.is_empty();
    let receivers: Vec<_> = receivers.into_iter().filter(|(_, weight)| *weight > 0).collect();
    let unused = match &ruled.ready {
        Ready::Driver { driver, .. } => plan.drivers[*driver].unused(),
        _ => 0,
    };
    let total = receivers.iter().map(|(_, weight)| *weight).sum::<i128>() + unused;
    let left = if unused > 0 { vec![(Reason::UnusedCapacity, unused)] } else { Vec::new() };
    match &ruled.ready {
        _ if total > 0 => Ok(Weights { receivers, left, total, of_drivers: [total, 0] }),
        Ready::Driver { driver, .. } if plan.drivers[*driver].used == 0 => Err(Reason::DriverZero),
        _ if nobody => Err(Reason::NoReceiver),
        Ready::Driver { .. } => Err(Reason::DriverZero),
        Ready::Proportional(_) => Err(Reason::DirectCostZero),
        _ => Err(Reason::WeightsZero),
    }
}

fn quantities(measured: &Measured, only: Option<&[usize]>) -> Vec<(usize, i128)> {
    (measured.quantities.iter())
        .filter(|(node, _)| only.is_none_or(|only| only.binary_search(node).is_ok()))
        .map(|(node, quantity)| (*node, i128::from(*quantity)))
        .collect()
}

/// One half of a dual rate in the largest unit that divides its numbers.
struct Halved {
    receivers: Vec<(usize, i128)>,
    unused: i128,
    /// Of both, above zero.
    sum: i128,
    unit: i128,
}

impl Halved {
    fn new(plan: &Plan, half: &Half, may: impl Fn(usize) -> bool) -> Result<Halved, Reason> {
        let measured = &plan.drivers[half.driver.ok_or(Reason::DriverMissing)?];
        let mut receivers = quantities(measured, None);
        receivers.retain(|(node, quantity)| *quantity > 0 && may(*node));
        let unused = measured.unused();
        let unit = receivers.iter().fold(unused, |gcd, (_, quantity)| gcd.gcd(quantity));
        match unit {
            0 if measured.used == 0 => Err(Reason::DriverZero),
            0 => Err(Reason::NoReceiver),
            unit => {
                receivers.iter_mut().for_each(|(_, quantity)| *quantity /= unit);
                let sum = receivers.iter().map(|(_, quantity)| quantity).sum::<i128>() + unused / unit;
                Ok(Halved { receivers, unused: unused / unit, sum, unit })
            }
        }
    }
}

/// `part₁ × q₁ ÷ Σq₁ + part₂ × q₂ ÷ Σq₂` on one denominator; a plan is refused where it could be too
/// large. A half that reaches nobody stays whole.
fn both_halves<M: Fn(usize) -> bool, S: Fn(usize) -> bool>(
    plan: &Plan,
    halves: &[Half; 2],
    who: &Who<M, S>,
) -> Result<Weights, Reason> {
    let weighed = halves.each_ref().map(|half| Halved::new(plan, half, &who.may));
    let whole: i128 = weighed.iter().flatten().map(|half| half.sum).product();
    let mut receivers: BTreeMap<usize, i128> = BTreeMap::new();
    let mut left: BTreeMap<Reason, i128> = BTreeMap::new();
    let mut nobody = Err(Reason::WeightsZero);
    for (half, weighed) in halves.iter().zip(&weighed).filter(|(half, _)| half.part > 0) {
        let part = i128::from(half.part);
        match weighed {
            Err(reason) => {
                *left.entry(*reason).or_default() += part * whole;
                nobody = nobody.or(Err(*reason));
            }
            Ok(weighed) => {
                let factor = part * (whole / weighed.sum);
                for (to, quantity) in &weighed.receivers {
                    *receivers.entry(*to).or_default() += factor * quantity;
                }
                *left.entry(Reason::UnusedCapacity).or_default() += factor * weighed.unused;
                nobody = Ok(());
            }
        }
    }
    nobody?;
    receivers.retain(|to, _| (who.still)(*to));
    left.retain(|_, weight| *weight > 0);
    let common = receivers.values().chain(left.values()).fold(0, |gcd: i128, weight| gcd.gcd(weight)).max(1);
    let receivers: Vec<_> = receivers.into_iter().map(|(to, weight)| (to, weight / common)).collect();
    let left: Vec<_> = left.into_iter().map(|(reason, weight)| (reason, weight / common)).collect();
    let total = receivers.iter().map(|(_, weight)| weight).chain(left.iter().map(|(_, weight)| weight)).sum();
    let [fixed, variable] = weighed.map(|half| half.map_or(0, |half| half.sum * half.unit));
    match total {
        0 => Err(Reason::NoReceiver),
        total => Ok(Weights { receivers, left, total, of_drivers: [variable, fixed] }),
    }
}

impl Weights {
    /// The share of one receiver, as the result tells it.
    pub fn share(&self, plan: &Plan, ruled: &Ruled, (to, weight): (usize, i128)) -> Share {
        let narrow = || i64::try_from(weight).expect("a single weight was read from 64 bits");
        let used = |driver: usize, total: i128| plan.drivers[driver].used_by(to, total);
        let (method, driver, standing) = match &ruled.ready {
            Ready::Fixed(_) => {
                let weight = Quantity::of_millionths(narrow());
                (Method::Fixed { weight, total: self.total }, None, None)
            }
            Ready::Proportional(_) => {
                (Method::Proportional { cost: narrow(), total: self.total }, None, None)
            }
            Ready::Driver { driver, .. } => (Method::Driver, Some(used(*driver, self.of_drivers[0])), None),
            Ready::DualRate([fixed, variable]) => {
                let method = Method::DualRate { fixed: fixed.part, variable: variable.part };
                let [of_variable, of_fixed] = self.of_drivers;
                let standing = fixed.driver.map(|driver| used(driver, of_fixed));
                (method, variable.driver.map(|driver| used(driver, of_variable)), standing)
            }
            Ready::Even(_) | Ready::Budgeted { .. } | Ready::DriverMissing | Ready::Central => {
                (Method::Even, None, None)
            }
        };
        let ratio = Ratio::of_parts(weight, self.total);
        Share { rule: ruled.rule.key.clone(), method, ratio, driver, standing }
    }
}

impl Measured<'_> {
    /// What `node` used of `total`.
    pub fn used_by(&self, node: usize, total: i128) -> DriverUse {
        let at = self.quantities.binary_search_by_key(&node, |(receiver, _)| *receiver);
        DriverUse {
            driver: self.driver.key.clone(),
            unit: self.unit.clone(),
            quantity: Quantity::of_millionths(at.map_or(0, |at| self.quantities[at].1)),
            total,
            unused: self.unused(),
        }
    }
}
