//! Approve how services share: by somebody who did not state it.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::set::closed;
use super::{NOUN, Stated, repo};

/// Approves what was stated.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut stated = repo::load(&mut cx.tx, params.get("number")).await?;
    let (key, location) = (stated.label(), format!("/money/sharing/{}", stated.label()));
    let before = history::snapshot(&mut cx.tx, &NOUN, &stated.id).await?;
    if let Ready::Done(says) = decided(cx, &mut stated).await? {
        return Ok(Done::unchanged(location, key, says).at_version(stated.version));
    }
    repo::update(cx, &mut stated).await?;
    let id = stated.id.clone();
    let event = Event { noun: &NOUN, id, key: key.clone(), action: "approved", why: None, customer: None };
    history::record(cx, event, &before).await?;
    let says = format!("{key} approved, in force from {} on.", stated.effective_from.label());
    Ok(Done::changed(location, key, says).at_version(stated.version))
}

/// Whether this person can approve it.
pub async fn may_approve(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut stated = repo::load(&mut cx.tx, params.get("number")).await?;
    decided(cx, &mut stated).await
}

/// Approves it, where it is another's and its first month did not close while the approval waited.
async fn decided(cx: &mut Cx, stated: &mut Stated) -> Result<Ready, Refused> {
    cx.require_other_person(stated.author, "stated", "approve it")?;
    if !stated.approve(cx.person()) {
        return Ok(Ready::Done(format!("{} was approved before.", stated.label())));
    }
    match closed(cx, stated.effective_from).await? {
        Some(done) => Err(done.into()),
        None => Ok(Ready::Yes),
    }
}
