//! Disable a person: their sessions and tokens end at once; what they did stays.

use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, repo};
use crate::{Cx, Done, Event, Params, history, token};

/// Why somebody is shut out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disable {
    /// The reason, for the history.
    pub why: String,
}

/// Disables a person.
pub async fn disable(cx: &mut Cx, params: &Params, input: Disable) -> Result<Done, Refused> {
    let person = repo::by_username(&mut cx.tx, params.get("username")).await?;
    let mut person = person.ok_or_else(Refusal::not_found)?;
    let location = format!("/records/people/{}", person.username);
    if person.state == "disabled" {
        let says = format!("{} was disabled before.", person.name);
        return Ok(Done::unchanged(location, person.username, says).at_version(person.version));
    }
    cx.require_version(person.version)?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &person.id.to_string()).await?;
    person.state = "disabled".into();
    repo::update(&mut cx.tx, &mut person).await?;
    for table in ["access_sessions", "access_invitations"] {
        cx.tx.query(&format!("delete from {table} where person_id = $1")).bind(person.id).execute().await?;
    }
    token::revoke_all(cx, person.id).await?;
    let event = Event {
        noun: &NOUN,
        id: person.id.to_string(),
        key: person.username.clone(),
        action: "disabled",
        why: Some(&input.why),
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Disabled {}.", person.name);
    Ok(Done::changed(location, person.username, says).at_version(person.version))
}
