//! Approve a submitted price: another person than all who wrote it.

use access::route::Nothing;
use access::{Action, Cx, Done, Params};
use kernel::Refused;
use kernel::typed::day_label;

use super::submit::{load, step};
use super::{PriceState, repo};
use crate::closed;
use crate::service;
use crate::sql::require_version_if_given;

/// Approves a price; it holds from its first day. One approved before for that day is superseded.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let (mut price, offering) = load(cx, params).await?;
    cx.require_all(Action::ApprovePrice)?;
    require_version_if_given(cx, price.version)?;
    if price.state == PriceState::Approved {
        let says = format!("Price {} is approved already.", price.number);
        let location = format!("/offerings/{}", offering.key);
        return Ok(Done::unchanged(location, price.number, says).at_version(price.version));
    }
    price.needs(PriceState::Submitted, "approved")?;
    for editor in &price.editors {
        cx.require_other_person(*editor, "edited", "approve it")?;
    }
    // The month may have been closed since it was drafted.
    closed::require_open(&mut cx.tx, &format!("A price from {}", day_label(price.from)), price.from).await?;
    if let Some(earlier) = repo::approved_from(&mut cx.tx, price.offering, price.from).await? {
        let why = format!("{} was approved for the same day.", price.number);
        step(cx, earlier, &offering, PriceState::Superseded, "superseded", Some(&why)).await?;
    }
    price.approved = Some((cx.person(), cx.stamp()));
    let done = step(cx, price, &offering, PriceState::Approved, "approved", None).await?;
    service::refresh(&mut cx.tx, offering.service).await?;
    Ok(done)
}
