//! Give a person a new one-time link: theirs was lost, or their password is forgotten.

use kernel::{Refusal, RefusalKind, Refused, Status};

use super::invite::linked;
use super::{NOUN, invite, repo};
use crate::route::Nothing;
use crate::{Cx, Done, Event, Params, history};

/// Who was shut out is not let in by a link.
pub static SHUT_OUT: RefusalKind = RefusalKind {
    code: "person_disabled",
    status: Status::Rule,
    says: "{0} is disabled.",
    way_out: "Invite them again under another username.",
};

/// Makes a new link. Earlier links, the password and open sessions end at once; roles stay, and count again once
/// the person has chosen a password.
pub async fn reset(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let person = repo::by_username(&mut cx.tx, params.get("username")).await?;
    let mut person = person.ok_or_else(Refusal::not_found)?;
    if person.state == "disabled" {
        return Err(SHUT_OUT.with(&[&person.name]).into());
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &person.id.to_string()).await?;
    person.state = "invited".into();
    person.password_hash = None;
    repo::update(&mut cx.tx, &mut person).await?;
    let sessions = "delete from access_sessions where person_id = $1";
    cx.tx.query(sessions).bind(person.id).execute().await?;
    let link = invite(cx, person.id).await?;
    let event = Event {
        noun: &NOUN,
        id: person.id.to_string(),
        key: person.username.clone(),
        action: "invited again",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    Ok(linked(&person, &format!("Invited {} again.", person.name), &link))
}
