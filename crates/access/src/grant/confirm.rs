//! Confirm a grant of executive, board member, chair or finance manager.

use kernel::{RefusalKind, Refused, Status};

use super::{NOUN, repo};
use crate::route::Nothing;
use crate::{Cx, Done, Event, Params, Role, history};

/// Only an executive confirms.
pub static NEEDS_EXECUTIVE: RefusalKind = RefusalKind {
    code: "grant_needs_executive",
    status: Status::Forbidden,
    says: "Only an executive may confirm a grant of {0}.",
    way_out: "Ask an executive.",
};

/// Whether a grant of `role` waits for an executive (`domain.md` §6).
pub const fn needs_confirmation(role: Role) -> bool {
    matches!(role, Role::Executive | Role::BoardMember | Role::Chair | Role::FinanceManager)
}

/// Confirms a grant that was asked for.
pub async fn confirm(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut grant = repo::load(&mut cx.tx, params.get("id")).await?;
    let location = "/records/grants";
    if grant.state != "asked" {
        let says = format!("The grant of {} is {} already.", grant.role.word(), grant.state);
        return Ok(Done::unchanged(location, grant.id.to_string(), says).at_version(grant.version));
    }
    if !cx.who.has(Role::Executive) {
        return Err(NEEDS_EXECUTIVE.with(&[grant.role.word()]).into());
    }
    cx.require_other_person(grant.granted_by, "gave", "confirm it")?;
    cx.require_other_person(grant.person, "would hold", "confirm it")?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &grant.id.to_string()).await?;
    grant.state = "active".into();
    let confirmed_by = cx.person();
    repo::update(cx, &mut grant, Some(confirmed_by)).await?;
    let key = repo::key_of(&mut cx.tx, grant.id).await?;
    let event =
        Event { noun: &NOUN, id: grant.id.to_string(), key, action: "confirmed", why: None, customer: None };
    history::record(cx, event, &before).await?;
    let says = format!("Confirmed the grant of {}.", grant.role.word());
    Ok(Done::changed(location, grant.id.to_string(), says).at_version(grant.version))
}
