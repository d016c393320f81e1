//! From direct cost to lines: each month's total in whole cents over its services, each service's over its
//! customers. Pure, exact; the work is small whatever the usage was.
//!
//! 1. A month's total, matched by rules or not, is rounded once to the smallest unit of its currency (cents, yen, fils),
//!    half away from zero.
//! 2. It is split over the month's services in proportion to their direct cost by largest remainder, ties by
//!    service, so that what no rule matched is shared in proportion; where that is kept, it is a service like others.
//! 3. Each service's amount is split over customers in proportion to their units by largest remainder, ties by
//!    customer.
//!
//! Where some services have a credit and others a cost in one month, the side that is smaller in sum keeps its own
//! amounts, each rounded, and the other shares the rest: a proportion to amounts of both signs means nothing.

use std::collections::BTreeMap;

use allocation::split_whole;
use arrow::datatypes::i256;
use kernel::Currency;
use kernel::split::largest_remainder;
use num_bigint::BigInt;

use crate::drivers::Drivers;
use crate::month::Month;
use crate::plan::cells;
use crate::plan::totals::Totals;
use crate::usage::cost::{self, spoken};
use crate::wrong::Wrong;

/// What a customer carries of a service in a month. Customer and service are codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    pub(crate) customer: u32,
    pub(crate) service: u32,
    pub(crate) month: Month,
    pub(crate) cents: i64,
}

/// A service's month: what its rows sum to, and what it carries with its share of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    /// In units of 10⁻³⁸.
    pub(crate) direct: i256,
    pub(crate) cents: i64,
}

/// What services carry, before customers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Carrying {
    /// By month and service.
    pub(crate) services: BTreeMap<(Month, u32), Carried>,
    /// All cost, in units of 10⁻³⁸.
    pub(crate) total: i256,
    /// What no rule matched, in units of 10⁻³⁸.
    pub(crate) unmatched: i256,
    /// The total in cents, each month rounded.
    pub(crate) cents: i64,
}

/// The digits of a currency's smallest unit: two where there is none, or one that nobody knows.
pub(crate) fn digits(currency: Option<&str>) -> u32 {
    currency.and_then(|code| Currency::parse(code).ok()).map_or(2, |currency| currency.digits())
}

/// Each month of `totals` over its services, in units of so many `digits`. Services are those of the drivers, and, where
/// it is not kept, one more for what no rule matched.
///
/// # Errors
/// A month has cost and no service to share it by; an amount is beyond 64 bits.
pub(crate) fn carrying(totals: &Totals, drivers: &Drivers, digits: u32) -> Result<Carrying, Wrong> {
    let unmatched = drivers.unmatched();
    let add = |sum: i256, more: i256| sum.checked_add(more).ok_or_else(|| Wrong(cells::TOO_LARGE.to_owned()));
    let mut months: BTreeMap<Month, Direct> = BTreeMap::new();
    for ((month, service), cell) in &totals.cells {
        let direct = months.entry(*month).or_default();
        direct.total = add(direct.total, cell.sum)?;
        if *service == unmatched {
            direct.unmatched = cell.sum;
        }
        if *service != unmatched || drivers.kept.is_some() {
            direct.services.push((*service, cell.sum));
        }
    }
    let mut carrying = Carrying::default();
    for (month, direct) in &months {
        carrying.total = add(carrying.total, direct.total)?;
        carrying.unmatched = add(carrying.unmatched, direct.unmatched)?;
        let (whole, amounts) = direct.amounts(digits).map_err(|says| Wrong(format!("{month}: {says}")))?;
        carrying.cents = carrying.cents.checked_add(whole).ok_or_else(|| Wrong(TOO_LARGE.to_owned()))?;
        for ((service, direct), cents) in direct.services.iter().zip(amounts) {
            carrying.services.insert((*month, *service), Carried { direct: *direct, cents });
        }
    }
    Ok(carrying)
}

/// Direct cost of a month, in units of 10⁻³⁸.
#[derive(Debug, Default)]
struct Direct {
    /// By code, so by name.
    services: Vec<(u32, i256)>,
    unmatched: i256,
    total: i256,
}

const TOO_LARGE: &str = "its costs are beyond what 64 bits of cents hold. Is the cost column the right one?";

impl Direct {
    /// The month's total and each service's amount, in cents or what has so many `digits`.
    fn amounts(&self, digits: u32) -> Result<(i64, Vec<i64>), String> {
        let too_large = || TOO_LARGE.to_owned();
        let cents = |amount: i256| cents(amount, digits);
        let whole = cents(self.total).ok_or_else(too_large)?;
        let sum = |positive: bool| {
            let side = self.services.iter().filter(|(_, cost)| cost.is_positive() == positive);
            side.fold(i256::ZERO, |sum, (_, cost)| sum.wrapping_add(*cost))
        };
        let (costs, credits) = (sum(true), sum(false));
        let mixed = costs != i256::ZERO && credits != i256::ZERO;
        let costs_share = costs >= credits.wrapping_neg();
        let keeps = |cost: i256| mixed && cost.is_positive() != costs_share;
        let (mut amounts, mut weights, mut rest) = (Vec::new(), Vec::new(), whole);
        for (_, cost) in &self.services {
            let kept = if keeps(*cost) { cents(*cost).ok_or_else(too_large)? } else { 0 };
            rest = rest.checked_sub(kept).ok_or_else(too_large)?;
            amounts.push(kept);
            weights.push(if keeps(*cost) { BigInt::ZERO } else { big(cost.wrapping_abs()) });
        }
        let shares = match split_whole(rest, &weights) {
            Some(shares) => shares,
            None if rest == 0 => vec![0; amounts.len()],
            None => {
                let (total, unmatched) = (spoken(self.total), spoken(self.unmatched));
                return Err(format!(
                    "no service has a cost to share {total} by, {unmatched} of it matched by no rule. \
                     Add a rule for its tags or accounts."
                ));
            }
        };
        Ok((whole, amounts.iter().zip(shares).map(|(kept, share)| kept + share).collect()))
    }
}

fn big(amount: i256) -> BigInt {
    BigInt::from_signed_bytes_le(&amount.to_le_bytes())
}

/// Whole cents, or what has so many `digits`, half away from zero.
fn cents(amount: i256, digits: u32) -> Option<i64> {
    let unit = cost::power(u32::from(cost::DECIMALS).checked_sub(digits)?)?;
    let (whole, rest) = (amount.checked_div(unit)?, amount.checked_rem(unit)?);
    let up = rest.wrapping_abs() >= unit.wrapping_sub(rest.wrapping_abs());
    let one = if amount.is_negative() { -1 } else { 1 };
    i64::try_from(whole.to_i128()?).ok()?.checked_add(if up { one } else { 0 })
}

/// What services carry over their customers: by customer, service, month.
///
/// # Errors
/// A service has cost and no units.
pub(crate) fn lines(
    services: &BTreeMap<(Month, u32), Carried>,
    drivers: &Drivers,
    digits: u32,
) -> Result<Vec<Line>, Wrong> {
    let units_of = |month: &Month, service: &u32| drivers.units_of(*service, *month);
    // Ten million lines are not to be moved while they grow.
    let count = services.keys().map(|(month, service)| units_of(month, service).len()).sum();
    let (mut lines, mut undriven) = (Vec::with_capacity(count), Vec::new());
    for ((month, service), carried) in services {
        let units = units_of(month, service);
        let weights: Vec<(u32, i128)> =
            units.iter().map(|(customer, units)| (*customer, i128::from(*units))).collect();
        let shares = match largest_remainder(carried.cents, &weights) {
            Some(shares) => shares,
            None if carried.cents == 0 => vec![0; weights.len()],
            None => {
                undriven.push((*month, *service, carried.cents, weights.is_empty()));
                continue;
            }
        };
        let line = |((customer, _), cents): (&(u32, i64), i64)| Line {
            customer: *customer,
            service: *service,
            month: *month,
            cents,
        };
        lines.extend(units.iter().zip(shares).map(line));
    }
    if !undriven.is_empty() {
        return Err(without_drivers(&undriven, drivers, digits));
    }
    lines.sort_unstable();
    Ok(lines)
}

/// Amounts that nobody can carry, the first few by name.
fn without_drivers(undriven: &[(Month, u32, i64, bool)], drivers: &Drivers, digits: u32) -> Wrong {
    const NAMED: usize = 3;
    let say = |(month, service, cents, none): &(Month, u32, i64, bool)| {
        let (service, has) =
            (&drivers.services[*service as usize], if *none { "no units" } else { "units that sum to zero" });
        format!("{service} in {month} has {} to share and {has}", money(*cents, digits))
    };
    let named: Vec<String> = undriven.iter().take(NAMED).map(say).collect();
    let more = match undriven.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Wrong(format!(
        "{}: {}{more}. Add their units, or give the rows to another service.",
        drivers.file,
        named.join("; ")
    ))
}

/// Cents, or what has so many `digits`, as an amount.
pub(crate) fn money(cents: i64, digits: u32) -> String {
    let (sign, cents) = (if cents < 0 { "-" } else { "" }, cents.unsigned_abs());
    let one = 10_u64.pow(digits);
    match digits {
        0 => format!("{sign}{cents}"),
        digits => format!("{sign}{}.{:0width$}", cents / one, cents % one, width = digits as usize),
    }
}

#[cfg(test)]
mod tests;
