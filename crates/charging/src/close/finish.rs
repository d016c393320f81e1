//! Close a period for good, once its statements are issued.

use access::route::Nothing;
use access::{Cx, Done, Params};
use finance::period::{self, PeriodState, PeriodStep};
use kernel::Refused;

use super::error::STATEMENTS_WAIT;
use super::repo;

/// Soft-closed → closed: never re-opened again.
pub async fn finish(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let label = fiscal.period.label();
    let (issued, all) = repo::statements(&mut cx.tx, fiscal.period).await?;
    if fiscal.state == PeriodState::SoftClosed && (all == 0 || issued < all) {
        return Err(STATEMENTS_WAIT.with(&[&issued.to_string(), &all.to_string(), &label]).into());
    }
    let (location, key) = (format!("/money/close/{}", fiscal.period), fiscal.period.to_string());
    if !period::step(cx, &mut fiscal, PeriodStep::Close, None).await? {
        let done = Done::unchanged(location, key, format!("{label} is closed already."));
        return Ok(done.at_version(fiscal.version));
    }
    let says = format!("Closed {label} for good; late facts go to the open period.");
    Ok(Done::changed(location, key, says).at_version(fiscal.version))
}
