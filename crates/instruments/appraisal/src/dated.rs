//! Worth of amounts on dates: act/365, as the `XNPV` and `XIRR` of spreadsheets count.

use chrono::NaiveDate;

use crate::discount::{check_flows, check_rate, growth};
use crate::returns::polished;
use crate::roots::{Term, rates};
use crate::{Error, Irr};

/// An amount on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dated {
    /// The day.
    pub date: NaiveDate,
    /// The amount: out negative, in positive.
    pub amount: f64,
}

/// Σ xᵢ ÷ (1 + rate)^(days from the first flow ÷ 365), the first in the list being the day of the worth.
///
/// # Errors
/// [`Error::Rate`] at −100 % or less; [`Error::NoFlows`], [`Error::NotFinite`].
pub fn xnpv(rate: f64, flows: &[Dated]) -> Result<f64, Error> {
    check_rate(rate)?;
    let terms = terms(flows)?;
    Ok(terms.iter().map(|term| term.amount / growth(rate, term.years)).sum())
}

/// The yearly rates at which [`xnpv`] is nought.
///
/// # Errors
/// [`Error::NoFlows`], [`Error::NotFinite`].
pub fn xirr(flows: &[Dated]) -> Result<Irr, Error> {
    let terms = terms(flows)?;
    let mut sorted = flows.to_vec();
    sorted.sort_by_key(|flow| flow.date);
    let last = sorted[sorted.len() - 1].date;
    let back = |flow: &Dated| (u32::try_from(days(flow.date, last)).unwrap_or(u32::MAX), flow.amount);
    let back: Vec<(u32, f64)> = sorted.iter().map(back).collect();
    let amounts: Vec<f64> = sorted.iter().map(|flow| flow.amount).collect();
    Ok(Irr::of(&amounts, rates(&terms).into_iter().map(|rate| polished(&back, 365, rate)).collect()))
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

fn terms(flows: &[Dated]) -> Result<Vec<Term>, Error> {
    let amounts: Vec<f64> = flows.iter().map(|flow| flow.amount).collect();
    check_flows(&amounts)?;
    let first = flows[0].date;
    let years = |flow: &Dated| days(first, flow.date) as f64 / 365.0;
    Ok(flows.iter().map(|flow| Term { years: years(flow), amount: flow.amount }).collect())
}
