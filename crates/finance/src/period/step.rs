//! Moving one period on: the close calls this for review, soft close, re-opening and close.

use access::{Cx, Event, history};
use kernel::{Fault, Period, Refused};

use super::{FiscalPeriod, NOUN, PeriodStep, repo};

/// Takes `step` with `period`, stores and records it; false where it was taken already. Authority,
/// the second person and what blocks are the caller's.
pub async fn step(
    cx: &mut Cx,
    period: &mut FiscalPeriod,
    step: PeriodStep,
    why: Option<&str>,
) -> Result<bool, Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &period.id).await?;
    if !period.take(step)? {
        return Ok(false);
    }
    repo::update(cx, period).await?;
    history::record(cx, event(period, step.word(), why), &before).await?;
    Ok(true)
}

/// Locks `period` because the accounts of its year are signed; false where it was locked already.
pub async fn lock(cx: &mut Cx, period: &mut FiscalPeriod) -> Result<bool, Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &period.id).await?;
    if !period.lock()? {
        return Ok(false);
    }
    repo::update(cx, period).await?;
    history::record(cx, event(period, "locked", None), &before).await?;
    Ok(true)
}

/// Tells the history of `period` that mapping by hand gave `lines` of its lines another pool: lines have
/// no history of their own.
pub(crate) async fn mapped_again(cx: &mut Cx, period: Period, lines: u64) -> Result<(), Refused> {
    let period = repo::load(&mut cx.tx, &period.to_string()).await?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &period.id).await?;
    let why = format!("{lines} lines have another pool");
    Ok(history::record(cx, event(&period, "mapped again", Some(&why)), &before).await?)
}

/// Stores a new period and tells the history.
pub(super) async fn found(cx: &mut Cx, period: &FiscalPeriod) -> Result<(), Fault> {
    repo::insert(cx, period).await?;
    history::record(cx, event(period, "added", None), &access::Snapshot::none()).await
}

fn event<'e>(period: &FiscalPeriod, action: &'e str, why: Option<&'e str>) -> Event<'e> {
    Event { noun: &NOUN, id: period.id.clone(), key: period.period.to_string(), action, why, customer: None }
}
