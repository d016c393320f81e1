//! One-time links: how a person chooses their first password.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use db::Tx;
use kernel::{Fault, PersonId, RefusalKind, Refused, Status, Via};
use serde_json::json;

use super::NOUN;
use super::repo::{Person, by_id, update};
use crate::{Cx, Done, Event, Who, history, secret};

/// A link that was used, is too old or never was.
pub static LINK_SPENT: RefusalKind = RefusalKind {
    code: "link_spent",
    status: Status::Forbidden,
    says: "This link was used already or is too old.",
    way_out: "Ask your administrator for a new one.",
};

/// How long a one-time link lasts.
pub const INVITATION_DAYS: i64 = 7;

/// Makes a one-time link for `person`, the only one that counts from now on: `/welcome/{secret}`.
pub async fn invite(cx: &mut Cx, person: PersonId) -> Result<String, Fault> {
    cx.tx.query("delete from access_invitations where person_id = $1").bind(person).execute().await?;
    let token = secret::new(cx.chance.as_ref());
    let ends = cx.now + TimeDelta::days(INVITATION_DAYS);
    let sql = "insert into access_invitations (token_digest, person_id, expires_at) values ($1, $2, $3)";
    let query = cx.tx.query(sql).bind(secret::digest(&token)).bind(person);
    query.bind(ends.to_rfc3339_opts(SecondsFormat::Millis, true)).execute().await?;
    Ok(format!("/welcome/{token}"))
}

/// The answer of an invitation: the link is told once, as a path: doors that know their address put it before.
pub(super) fn linked(person: &Person, done: &str, link: &str) -> Done {
    let location = format!("/records/people/{}", person.username);
    let says = format!("{done} The one-time link was shown once; “user reset” makes another.");
    let told = format!("{done} Their one-time link, which opens once within {INVITATION_DAYS} days: {link}");
    Done::changed(location, person.username.as_str(), says)
        .at_version(person.version)
        .telling_once(told, json!({ "link": link }))
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

/// Spends the link and makes its person active with the password of `hash`: hashing takes long, so it is done
/// before the transaction begins.
pub async fn accept(cx: &mut Cx, token: &str, hash: String) -> Result<PersonId, Refused> {
    let sql = "update access_invitations set used_at = $2 \
               where token_digest = $1 and used_at is null and expires_at > $2 returning person_id";
    let stamp = cx.stamp();
    let row = cx.tx.query(sql).bind(secret::digest(token)).bind(stamp).row().await?;
    let id: PersonId = row.ok_or_else(|| LINK_SPENT.plain())?.get("person_id")?;
    let person = by_id(&mut cx.tx, id).await?;
    let mut person = person.filter(|person| person.state != "disabled").ok_or_else(|| LINK_SPENT.plain())?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &id.to_string()).await?;
    person.password_hash = Some(hash);
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
