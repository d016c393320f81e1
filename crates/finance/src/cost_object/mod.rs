//! A cost object: what carries cost and is no service in the catalogue yet, such as a service being
//! built. Its cost is kept central, as a named residual of every run.

mod repo;
mod view;

pub use repo::all_keys;
pub use view::list;

use access::{Cx, Done, Event, Noun, Params, Snapshot, history};
use db::DbError;
use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "cost object", table: "finance_objects", personal: &[], secret: &[], children: &[] };

/// What is asked for a cost object.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectInput {
    /// 2 to 12 capital letters and digits.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// Adds a cost object.
pub async fn add(cx: &mut Cx, _: &Params, input: ObjectInput) -> Result<Done, Refused> {
    let (key, name) = (input.key.trim(), input.name.trim());
    let fits =
        (2..=12).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !fits {
        return Err(Refusal::field("key", "Enter a key of 2 to 12 capital letters and digits.").into());
    }
    if name.is_empty() {
        return Err(Refusal::field("name", "Enter a name.").into());
    }
    if portfolio::service::find_by_key(&mut cx.tx, key).await?.is_some() {
        return Err(Refusal::field("key", format!("“{key}” is a service already.")).into());
    }
    let id = cx.uuid().to_string();
    match repo::insert(cx, &id, key, name).await {
        Err(DbError::Unique(_)) => return Err(Refusal::field("key", format!("“{key}” is taken.")).into()),
        other => drop(other?),
    }
    let event = Event { noun: &NOUN, id, key: key.into(), action: "added", why: None, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(Done::changed("/money/objects", key, format!("Added cost object {key}, {name}.")).at_version(1))
}
