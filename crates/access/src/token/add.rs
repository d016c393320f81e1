//! Make an API token for oneself.

use chrono::{SecondsFormat, TimeDelta};
use kernel::{Fault, Refusal, Refused, TokenId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::NOUN;
use crate::{Cx, Done, Event, Params, Snapshot, history, secret};

/// What is asked for a token.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenInput {
    /// What it is for.
    pub name: String,
    /// Days it lasts, 1 to 366.
    pub days: String,
    /// `read` or `all`.
    #[schemars(extend("enum" = ["read", "all"]))]
    pub may: String,
}

/// Makes a token of the person signed in; its secret is in the answer once and never again.
pub async fn add(cx: &mut Cx, _: &Params, input: TokenInput) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let days: i64 = input.days.trim().parse().unwrap_or(0);
    if !(1..=366).contains(&days) {
        return Err(Refusal::field("days", "Enter how many days it lasts, 1 to 366.").into());
    }
    if input.name.trim().is_empty() {
        return Err(Refusal::field("name", "Say what the token is for.").into());
    }
    let reading_only = match input.may.trim() {
        "read" => true,
        "all" => false,
        _ => return Err(Refusal::field("may", "Choose “read” or “all”.").into()),
    };
    let (id, token) = (TokenId::new(cx.uuid()), secret::new(cx.chance.as_ref()));
    let expires = (cx.now + TimeDelta::days(days)).to_rfc3339_opts(SecondsFormat::Millis, true);
    let kept = Kept { id, token: &token, name: input.name.trim(), reading_only, expires: &expires };
    insert(cx, &kept).await?;
    let event = Event {
        noun: &NOUN,
        id: id.to_string(),
        key: input.name.trim().into(),
        action: "made",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let made = format!("Made the token “{}”, good until {}.", input.name.trim(), &expires[..10]);
    let done = Done::changed(
        "/records/tokens",
        id.to_string(),
        format!("{made} It was shown once and is kept nowhere."),
    )
    .at_version(1)
    .with(json!({ "expires_at": expires }));
    let body = json!({ "token": token, "expires_at": expires });
    Ok(done.telling_once(format!("{made} Keep it now: {token}"), body))
}

struct Kept<'t> {
    id: TokenId,
    token: &'t str,
    name: &'t str,
    reading_only: bool,
    expires: &'t str,
}

/// Stores the token's digest, never the token.
async fn insert(cx: &mut Cx, kept: &Kept<'_>) -> Result<(), Fault> {
    let person = cx.person();
    let sql = "insert into access_tokens (id, version, person_id, name, token_digest, reading_only, expires_at) \
               values ($1, 1, $2, $3, $4, $5, $6)";
    let query = cx.tx.query(sql).bind(kept.id).bind(person).bind(kept.name).bind(secret::digest(kept.token));
    query.bind(kept.reading_only).bind(kept.expires).execute().await?;
    Ok(())
}
