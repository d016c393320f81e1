//! Approve how services share: by somebody who did not state it.

use access::route::Nothing;
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::set::require_open;
use super::{NOUN, repo};

/// Approves what was stated.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut stated = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_other_person(stated.author, "stated", "approve it")?;
    let (key, location) = (stated.label(), format!("/money/sharing/{}", stated.label()));
    let before = history::snapshot(&mut cx.tx, &NOUN, &stated.id).await?;
    if !stated.approve(cx.person()) {
        let says = format!("{key} was approved before.");
        return Ok(Done::unchanged(location, key, says).at_version(stated.version));
    }
    // It may have closed while the approval waited.
    require_open(cx, stated.effective_from).await?;
    repo::update(cx, &mut stated).await?;
    let id = stated.id.clone();
    let event = Event { noun: &NOUN, id, key: key.clone(), action: "approved", why: None, customer: None };
    history::record(cx, event, &before).await?;
    let says = format!("{key} approved, in force from {} on.", stated.effective_from.label());
    Ok(Done::changed(location, key, says).at_version(stated.version))
}
