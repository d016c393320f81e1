//! Charges at rates set beforehand, and what the cost was more or less: by spending and by volume.
//!
//! With `F` the budget of fixed cost, `r` the rate for a unit, `b` and `a` the quantities by which each
//! is charged, a receiver is charged `F·b ÷ B + r·a`, rounded in these two parts. Of the cost `H`,
//! *spending* is `H − F − Σ r·a`, what a flexible budget for this use would not explain, and *volume* or
//! *unused capacity* is `F − Σ F·b ÷ B` (Horngren, Datar & Rajan, *Cost Accounting*, 14th ed., ch. 15,
//! dual-rate method; ch. 8 for the two variances). Charges and residuals add up to `H`.

use kernel::{Quantity, divide_half_away};
use num_bigint::BigInt;

use crate::plan::{Measured, Plan};
use crate::ready::{Ready, Ruled};
use crate::split::split;
use crate::{Error, Method, Ratio, Reason, Share, Standing, Usage};

/// What a sender charges.
pub(crate) struct Charges {
    /// Sorted by receiver.
    pub receivers: Vec<Charge>,
    /// Fixed cost that nobody was charged, or that was charged beyond the budget, and its name.
    pub rest: (Reason, i64),
    of_drivers: [i128; 2],
}

/// What one receiver is charged, in minor units.
pub(crate) struct Charge {
    pub to: usize,
    fixed: i64,
    variable: i64,
}

impl Charge {
    pub fn amount(&self) -> i64 {
        self.fixed + self.variable
    }
}

type Fixed<'m> = Option<(&'m Standing, usize)>;
type Variable<'m> = Option<(&'m Usage, usize)>;

impl Charges {
    /// What the receivers that `may` receive are charged.
    pub fn new(plan: &Plan, fixed: Fixed, variable: Variable, may: impl Fn(usize) -> bool) -> Charges {
        let who = |driver: usize| counted(&plan.drivers[driver], &may);
        let (bases, uses) = (fixed.map(|(_, driver)| who(driver)), variable.map(|(_, driver)| who(driver)));
        let (bases, uses) = (bases.unwrap_or_default(), uses.unwrap_or_default());
        let (of_fixed, rest) = match fixed {
            None => (Vec::new(), (Reason::Volume, 0)),
            Some((standing, driver)) => by_budget(standing, &plan.drivers[driver], &bases),
        };
        let rate = |quantity: i128| match variable {
            Some((usage, _)) => times(usage, quantity).expect("the plan has looked at every charge"),
            None => 0,
        };
        let mut receivers: Vec<Charge> = (bases.iter().zip(of_fixed))
            .map(|((to, _), fixed)| Charge { to: *to, fixed, variable: 0 })
            .collect();
        for (to, quantity) in &uses {
            match receivers.binary_search_by_key(to, |charge| charge.to) {
                Ok(at) => receivers[at].variable = rate(*quantity),
                Err(at) => receivers.insert(at, Charge { to: *to, fixed: 0, variable: rate(*quantity) }),
            }
        }
        let sum = |list: &[(usize, i128)]| list.iter().map(|(_, quantity)| quantity).sum::<i128>();
        let unused = fixed.map_or(0, |(_, driver)| plan.drivers[driver].unused());
        Charges { receivers, rest, of_drivers: [sum(&uses), sum(&bases) + unused] }
    }

    /// The share of one receiver in a cost of `whole`, as the result tells it.
    pub fn share(&self, plan: &Plan, ruled: &Ruled, charge: &Charge, whole: i64) -> Share {
        let Ready::Budgeted { fixed, variable } = &ruled.ready else {
            unreachable!("charges come from budgeted rules");
        };
        let [of_variable, of_fixed] = self.of_drivers;
        let used = |driver: usize, total: i128| plan.drivers[driver].used_by(charge.to, total);
        let ratio = match whole {
            0 => Ratio::new(BigInt::ZERO, BigInt::from(1)),
            whole => {
                Ratio::new(BigInt::from(charge.amount()) * whole.signum(), BigInt::from(whole.unsigned_abs()))
            }
        };
        Share {
            rule: ruled.rule.key.clone(),
            method: Method::Budgeted { fixed: charge.fixed, variable: charge.variable },
            ratio,
            driver: variable.map(|(_, driver)| used(driver, of_variable)),
            standing: fixed.map(|(_, driver)| used(driver, of_fixed)),
        }
    }
}

fn counted(measured: &Measured, may: impl Fn(usize) -> bool) -> Vec<(usize, i128)> {
    let all = measured.quantities.iter().filter(|(node, quantity)| *quantity > 0 && may(*node));
    all.map(|(node, quantity)| (*node, i128::from(*quantity))).collect()
}

/// The charges for `bases`, and what of the budget they leave.
fn by_budget(standing: &Standing, measured: &Measured, bases: &[(usize, i128)]) -> (Vec<i64>, (Reason, i64)) {
    if let Some(over) = standing.over {
        let charge = |quantity: i128| at_rate(standing.budget, quantity, over);
        let charges: Vec<i64> = bases.iter().map(|(_, quantity)| charge(*quantity)).collect();
        let rest = standing.budget - charges.iter().sum::<i64>();
        return (charges, (Reason::Volume, rest));
    }
    let unused = measured.unused();
    let mut weights = bases.to_vec();
    weights.push((usize::MAX, unused));
    if weights.iter().all(|(_, weight)| *weight == 0) {
        return (Vec::new(), (Reason::Volume, standing.budget));
    }
    let mut charges = split(standing.budget, &weights);
    let rest = charges.pop().expect("the last weight is that of unused capacity");
    (charges, (Reason::UnusedCapacity, rest))
}

fn at_rate(budget: i64, quantity: i128, over: Quantity) -> i64 {
    let exact = divide_half_away(i128::from(budget) * quantity, i128::from(over.millionths()));
    i64::try_from(exact).expect("the plan has looked at every charge")
}

fn times(usage: &Usage, quantity: i128) -> Result<i64, Error> {
    let quantity = Quantity::of_millionths(i64::try_from(quantity).map_err(|_| Error::TooLarge)?);
    usage.rate.times(quantity).map(|charge| charge.minor()).map_err(|_| Error::TooLarge)
}

/// The most that `ready` could charge, in minor units: zero unless it charges at budgeted rates.
pub(crate) fn most(plan: &Plan, ready: &Ready) -> Result<u128, Error> {
    let Ready::Budgeted { fixed, variable } = ready else { return Ok(0) };
    let mut most = 0_u128;
    if let Some((standing, driver)) = fixed {
        most += u128::from(standing.budget.unsigned_abs());
        if let Some(over) = standing.over {
            for (_, quantity) in &plan.drivers[*driver].quantities {
                let charge =
                    i128::from(standing.budget) * i128::from(*quantity) / i128::from(over.millionths());
                most = most.saturating_add(charge.unsigned_abs() + 1);
            }
        }
    }
    if let Some((usage, driver)) = variable {
        for (_, quantity) in &plan.drivers[*driver].quantities {
            most += u128::from(times(usage, i128::from(*quantity))?.unsigned_abs());
        }
    }
    Ok(most)
}

/// Charges spread over the pools that the sender's cost came from, as `holdings` brought it: each
/// running total is rounded once, so that every charge is whole over all pools.
pub(crate) fn over_origins(holdings: &[(usize, i64)], charges: &[i64]) -> Vec<Vec<i64>> {
    let all: i128 = holdings.iter().map(|(_, amount)| i128::from(amount.unsigned_abs())).sum();
    let mut before = vec![0; charges.len()];
    let (mut so_far, last) = (0, holdings.len() - 1);
    let mut parts = Vec::with_capacity(holdings.len());
    for (place, (_, amount)) in holdings.iter().enumerate() {
        so_far += i128::from(amount.unsigned_abs());
        let up_to = |charge: i64| match place == last {
            true => charge,
            false => i64::try_from(divide_half_away(i128::from(charge) * so_far, all))
                .expect("no more than the charge"),
        };
        let now: Vec<i64> = charges.iter().map(|charge| up_to(*charge)).collect();
        parts.push(now.iter().zip(&before).map(|(now, before)| now - before).collect());
        before = now;
    }
    parts
}
