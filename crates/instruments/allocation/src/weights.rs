//! What a rule gives to whom at one stage, or the reason why it gives nothing.

use std::sync::Arc;

use kernel::Quantity;
use num_bigint::BigInt;

use crate::plan::{Measured, Plan, Ready, Ruled};
use crate::{DriverUse, Method, Ratio, Reason, Share};

/// Receivers by number with weights above zero, sorted; and the weight of unused capacity.
pub(crate) struct Weights {
    pub receivers: Vec<(usize, i128)>,
    pub unused: i128,
    /// Sum of both; above zero.
    pub total: i128,
}

/// Weighs the receivers of `ruled` that `may` receive at this stage. `received` is what each node
/// has received in the stages before, in minor units.
///
/// Unused capacity is what was provided less *all* measured use, also use of nodes that may not
/// receive at this stage.
pub(crate) fn weigh(
    plan: &Plan,
    ruled: &Ruled,
    received: &[i64],
    may: impl Fn(usize) -> bool,
) -> Result<Weights, Reason> {
    let all: Vec<(usize, i128)> = match &ruled.ready {
        Ready::Even(to) => to.iter().map(|node| (*node, 1)).collect(),
        Ready::Fixed(weights) => weights.iter().map(|(node, weight)| (*node, i128::from(*weight))).collect(),
        Ready::Proportional(to) => to.iter().map(|node| (*node, i128::from(received[*node]))).collect(),
        Ready::Driver { driver, only } => quantities(&plan.drivers[*driver], only.as_deref()),
        Ready::DriverMissing => return Err(Reason::DriverMissing),
        Ready::Central => return Err(Reason::KeptCentral),
    };
    if all.iter().any(|(_, weight)| *weight < 0) {
        return Err(Reason::DirectCostNegative);
    }
    let receivers: Vec<_> = all.into_iter().filter(|(node, _)| may(*node)).collect();
    let nobody = receivers.is_empty();
    let receivers: Vec<_> = receivers.into_iter().filter(|(_, weight)| *weight > 0).collect();
    let unused = unused_of(plan, &ruled.ready);
    let total = receivers.iter().map(|(_, weight)| *weight).sum::<i128>() + unused;
    match &ruled.ready {
        _ if total > 0 => Ok(Weights { receivers, unused, total }),
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

fn unused_of(plan: &Plan, ready: &Ready) -> i128 {
    let Ready::Driver { driver, .. } = ready else { return 0 };
    let measured = &plan.drivers[*driver];
    let capacity = measured.driver.capacity.unwrap_or(Quantity::ZERO);
    (i128::from(capacity.millionths()) - measured.used).max(0)
}

impl Weights {
    /// The share of one receiver, as the result tells it.
    pub fn share(&self, plan: &Plan, ruled: &Ruled, weight: i128) -> Share {
        let narrow = |weight: i128| i64::try_from(weight).expect("a single weight was read from 64 bits");
        let (method, driver) = match &ruled.ready {
            Ready::Fixed(_) => {
                let weight = Quantity::of_millionths(narrow(weight));
                (Method::Fixed { weight, total: self.total }, None)
            }
            Ready::Proportional(_) => {
                (Method::Proportional { cost: narrow(weight), total: self.total }, None)
            }
            Ready::Driver { driver, .. } => {
                let driver = plan.drivers[*driver].driver;
                let used = DriverUse {
                    driver: driver.key.clone(),
                    unit: Arc::from(driver.unit.as_str()),
                    quantity: Quantity::of_millionths(narrow(weight)),
                    total: self.total,
                    unused: self.unused,
                };
                (Method::Driver, Some(used))
            }
            Ready::Even(_) | Ready::DriverMissing | Ready::Central => (Method::Even, None),
        };
        let ratio = Ratio::new(BigInt::from(weight), BigInt::from(self.total));
        Share { rule: ruled.rule.key.clone(), method, ratio, driver }
    }
}
