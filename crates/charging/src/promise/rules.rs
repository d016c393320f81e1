//! What is known now of a cost promise, and how far it slipped. Pure.
//!
//! A year is *actual* when each of its months has a run and is closed; until then it is *expected*:
//! what came so far and the rest pro rata, rounded once, half away from zero.

use chrono::Months;
use kernel::{Decimal, FiscalCalendar, Period};
use portfolio::promise::{Aim, Due, Figure, Limits, Now, rules};

/// A month of the year or month a promise is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// What the service cost, minor units; `None` without a run.
    pub cost: Option<i64>,
    /// By how much of its driver or agreements it was shared, millionths.
    pub quantity: Option<i128>,
    /// Whether the period is closed.
    pub closed: bool,
}

/// The months of a year that a cost is promised for, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// How many months it has.
    pub months: usize,
    /// How many of them have a run.
    pub run: usize,
    /// Whether all of them are closed.
    pub closed: bool,
    /// What the service cost in those that have a run, minor units.
    pub cost: i64,
}

/// What is known now, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The figure.
    pub now: Now,
    /// Whether the time of the promise is over.
    pub due: bool,
    /// How it is known, where it is not simply what came.
    pub says: Option<String>,
}

/// The months a cost promise is for, of a year as `calendar` has it. One for every month, each judged by itself,
/// is for the newest of those with a `run`.
pub fn due_months(due: Due, calendar: FiscalCalendar, run: &[Period]) -> Vec<Period> {
    match due {
        Due::FiscalYear(year) => calendar.periods_of(year).collect(),
        Due::Month(period) => vec![period],
        Due::Day(day) => vec![Period::of(day)],
        Due::Monthly(from) => {
            let newest = run.iter().copied().filter(|period| *period >= from).max();
            vec![newest.unwrap_or(from)]
        }
    }
}

/// Decimals of a unit cost.
const PLACES: u32 = 4;
const MILLION: i128 = 1_000_000;

/// The cost of a year, where the currency has `digits`: what came so far, and the rest pro rata.
pub fn yearly_cost(year: Year, digits: u32) -> Known {
    let whole = half_away(i128::from(year.cost) * count(year.months), count(year.run));
    let whole = whole.map(|minor| Decimal::from_i128_with_scale(minor, digits));
    known(year.months, year.run, year.closed, whole)
}

/// Cost ÷ quantity of the months that have both: what a unit cost a month, to four decimals.
pub fn unit_cost(months: &[Month], digits: u32) -> Known {
    let both: Vec<(i64, i128)> =
        months.iter().filter_map(|month| Some((month.cost?, month.quantity.filter(|n| *n > 0)?))).collect();
    let cost: i128 = both.iter().map(|(cost, _)| i128::from(*cost)).sum();
    let quantity: i128 = both.iter().map(|(_, quantity)| quantity).sum();
    let closed = months.iter().all(|month| month.closed);
    known(months.len(), both.len(), closed, per_unit(cost, quantity, digits))
}

/// Minor units of a currency with `digits` ÷ millionths of a quantity, to four decimals; `None` for no quantity.
pub fn per_unit(cost: i128, quantity: i128, digits: u32) -> Option<Decimal> {
    let scaled = cost.checked_mul(10_i128.pow(PLACES) * MILLION);
    let quotient = scaled.zip(quantity.checked_mul(10_i128.pow(digits))).and_then(|(n, d)| half_away(n, d));
    quotient.map(|n| Decimal::from_i128_with_scale(n, PLACES))
}

fn known(all: usize, with_data: usize, closed: bool, figure: Option<Decimal>) -> Known {
    // What is half known is not judged for good, however long ago its months were closed.
    let due = all > 0 && with_data == all && closed;
    let Some(figure) = figure.map(|figure| Figure::Number(figure.normalize())) else {
        return Known { now: Now::NoData, due, says: Some("no month has a run yet".into()) };
    };
    if due {
        return Known { now: Now::Actual(figure), due, says: None };
    }
    let says = if with_data == all {
        "every month has a run, not all are closed".to_owned()
    } else if closed {
        format!("{with_data} of {all} months, closed without the others, so it is not judged for good")
    } else {
        format!("{with_data} of {all} months so far, the rest pro rata")
    };
    Known { now: Now::Expected(figure), due, says: Some(says) }
}

fn count(n: usize) -> i128 {
    i128::try_from(n).expect("a year has few months")
}

/// `n ÷ d` to the nearest integer, halves away from zero; `None` for d = 0.
fn half_away(n: i128, d: i128) -> Option<i128> {
    let (quotient, rest) = (n.checked_div(d)?, n.checked_rem(d)?);
    let up = rest.unsigned_abs() * 2 >= d.unsigned_abs() && rest != 0;
    Some(if up { quotient + n.signum() * d.signum() } else { quotient })
}

/// How far `now` is adverse, in watch limits: 1 is at the limit, negative is better; so that costs,
/// levels and dates rank in one list. `None` where the limit is nothing.
pub fn slip(promised: Figure, aim: Aim, limits: Limits, now: Figure) -> Option<Decimal> {
    match (promised, limits) {
        (Figure::Number(_), Limits::Shares(watch, _)) => {
            let adverse = rules::adverse_share(promised, aim, now)?;
            Some(adverse.checked_div(watch)?.round_dp(PLACES).normalize())
        }
        (Figure::Day(day), Limits::Months(watch, _)) => {
            let allowed =
                rules::slip_days(promised, Figure::Day(day.checked_add_months(Months::new(watch))?))?;
            let late = rules::slip_days(promised, now)?;
            Some(Decimal::from(late).checked_div(Decimal::from(allowed))?.round_dp(PLACES).normalize())
        }
        _ => None,
    }
}

/// `now` less `promised`: `154.00`, or days.
pub fn difference(promised: Figure, now: Figure) -> Option<String> {
    match (promised, now) {
        (Figure::Number(promised), Figure::Number(now)) => Some((now - promised).normalize().to_string()),
        (Figure::Day(_), Figure::Day(_)) => rules::slip_days(promised, now).map(|days| match days {
            1 | -1 => format!("{days} day"),
            _ => format!("{days} days"),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
