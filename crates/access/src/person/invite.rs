//! One-time links: how a person chooses their first password.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use db::Tx;
use kernel::{Fault, PersonId, RefusalKind, Refused, Status, Via};

use super::NOUN;
use super::repo::{Person, by_id, update};
use crate::{Cx, Event, Who, history, password, secret};

/// A link that was used, is too old or never was.
pub static LINK_SPENT: RefusalKind = RefusalKind {
    code: "link_spent",
    status: Status::Forbidden,
    says: "This link was used already or is too old.",
    way_out: "Ask your administrator for a new one.",
};

/// How long a one-time link lasts.
pub const INVITATION_DAYS: i64 = 7;

/// Makes a one-time link for `person`: `/welcome/{secret}`.
pub async fn invite(cx: &mut Cx, person: PersonId) -> Result<String, Fault> {
    let token = secret::new(cx.chance.as_ref());
    let ends = cx.now + TimeDelta::days(INVITATION_DAYS);
    let sql = "insert into access_invitations (token_digest, person_id, expires_at) values ($1, $2, $3)";
    let query = cx.tx.query(sql).bind(secret::digest(&token)).bind(person);
    query.bind(ends.to_rfc3339_opts(SecondsFormat::Millis, true)).execute().await?;
    Ok(format!("/welcome/{token}"))
}

/// Who may still come in by the link; `None` where it was used, is too old or never was.
pub async fn invitee(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Option<Person>, Fault> {
    let sql = "select person_id from access_invitations \
               where token_digest = $1 and used_at is null and expires_at > $2";
    let stamp = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let row = tx.query(sql).bind(secret::digest(token)).bind(stamp).row().await?;
    let Some(row) = row else { return Ok(None) };
    Ok(by_id(tx, row.get("person_id")?).await?.filter(|person| person.state != "disabled"))
}

/// Spends the link and makes its person active with `password_hash`.
pub async fn accept(cx: &mut Cx, token: &str, chosen: &str) -> Result<PersonId, Refused> {
    password::require_good(chosen)?;
    let sql = "update access_invitations set used_at = $2 \
               where token_digest = $1 and used_at is null and expires_at > $2 returning person_id";
    let stamp = cx.stamp();
    let row = cx.tx.query(sql).bind(secret::digest(token)).bind(stamp).row().await?;
    let id: PersonId = row.ok_or_else(|| LINK_SPENT.plain())?.get("person_id")?;
    let person = by_id(&mut cx.tx, id).await?;
    let mut person = person.filter(|person| person.state != "disabled").ok_or_else(|| LINK_SPENT.plain())?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &id.to_string()).await?;
    person.password_hash = Some(password::hash(chosen, cx.chance.as_ref())?);
    person.state = "active".into();
    update(&mut cx.tx, &mut person).await?;
    cx.who = Who {
        actor: kernel::Actor { person: id, via: Via::Session },
        name: person.name.clone(),
        grants: Vec::new(),
        signed_in_at: Some(cx.now),
    };
    let event = Event {
        noun: &NOUN,
        id: id.to_string(),
        key: person.username,
        action: "chose a password",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    Ok(id)
}

/// Makes an invited person active without a password: only while a demo or a pack sets up a database
/// whose people come in by one click or not at all.
pub async fn activate(cx: &mut Cx, username: &str) -> Result<PersonId, Refused> {
    let person = super::repo::by_username(&mut cx.tx, username).await?;
    let mut person = person.ok_or_else(kernel::Refusal::not_found)?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &person.id.to_string()).await?;
    person.state = "active".into();
    update(&mut cx.tx, &mut person).await?;
    let (id, key) = (person.id, person.username);
    let event =
        Event { noun: &NOUN, id: id.to_string(), key, action: "made active", why: None, customer: None };
    history::record(cx, event, &before).await?;
    Ok(id)
}
