//! Close a period for good, once its statements are issued.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Params};
use finance::period::{self, FiscalPeriod, PeriodState, PeriodStep};
use kernel::Refused;

use super::error::STATEMENTS_WAIT;
use super::repo;

/// Soft-closed → closed: never re-opened again.
pub async fn finish(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let (mut fiscal, ready) = standing(cx, params).await?;
    let label = fiscal.period.label();
    let (location, key) = (format!("/money/close/{}", fiscal.period), fiscal.period.to_string());
    if let Ready::Done(says) = ready {
        return Ok(Done::unchanged(location, key, says).at_version(fiscal.version));
    }
    period::step(cx, &mut fiscal, PeriodStep::Close, None).await?;
    let says = format!("Closed {label} for good; late facts go to the open period.");
    Ok(Done::changed(location, key, says).at_version(fiscal.version))
}

/// Whether it can be closed for good.
pub async fn may_finish(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    Ok(standing(cx, params).await?.1)
}

async fn standing(cx: &mut Cx, params: &Params) -> Result<(FiscalPeriod, Ready), Refused> {
    let fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let label = fiscal.period.label();
    let (issued, all) = repo::statements(&mut cx.tx, fiscal.period).await?;
    if fiscal.state == PeriodState::SoftClosed && (all == 0 || issued < all) {
        return Err(STATEMENTS_WAIT.with(&[&issued.to_string(), &all.to_string(), &label]).into());
    }
    let closes = fiscal.clone().take(PeriodStep::Close)?;
    Ok((fiscal, Ready::of(closes, format!("{label} is closed already."))))
}
