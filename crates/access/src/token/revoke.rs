//! Revoke an API token: one's own, or anybody's as an administrator.

use kernel::{Fault, PersonId, Refusal, Refused};

use super::NOUN;
use crate::route::Nothing;
use crate::{Action, Cx, Done, Event, Params, Reach, history};

/// Revokes a token.
pub async fn revoke(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let id = params.get("id").to_owned();
    let sql = "select person_id, name, version, revoked_at from access_tokens where id = $1 for update";
    let row = cx.tx.query(sql).bind(id.as_str()).row().await?.ok_or_else(Refusal::not_found)?;
    let own = row.get::<PersonId>("person_id")? == cx.person();
    if !own && cx.who.reach(Action::Administer) != Reach::All {
        return Err(Refusal::not_found().into());
    }
    let (name, version): (String, i64) = (row.get("name")?, row.get("version")?);
    if row.get::<Option<String>>("revoked_at")?.is_some() {
        return Ok(Done::unchanged("/records/tokens", id, format!("“{name}” was revoked before."))
            .at_version(version));
    }
    revoked(cx, &id, &name, None).await?;
    Ok(Done::changed("/records/tokens", id, format!("Revoked “{name}”.")).at_version(version + 1))
}

async fn revoked(cx: &mut Cx, id: &str, name: &str, why: Option<&str>) -> Result<(), Fault> {
    let before = history::snapshot(&mut cx.tx, &NOUN, id).await?;
    let stamp = cx.stamp();
    let sql = "update access_tokens set version = version + 1, revoked_at = $2 where id = $1";
    cx.tx.query(sql).bind(id).bind(stamp).execute().await?;
    let (id, key) = (id.to_owned(), name.to_owned());
    history::record(cx, Event { noun: &NOUN, id, key, action: "revoked", why, customer: None }, &before).await
}

/// Revokes every token of a person who is shut out.
pub(crate) async fn revoke_all(cx: &mut Cx, person: PersonId) -> Result<(), Fault> {
    let sql = "select id, name from access_tokens where person_id = $1 and revoked_at is null order by id";
    for row in cx.tx.query(sql).bind(person).rows().await? {
        let (id, name): (String, String) = (row.get("id")?, row.get("name")?);
        revoked(cx, &id, &name, Some("The person was shut out.")).await?;
    }
    Ok(())
}
