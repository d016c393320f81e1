//! Add a cost object.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{CostObject, NOUN, repo};
use crate::input::{all_fine, read_key, read_words};

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
    let mut wrong = Vec::new();
    let key = read_key(&input.key, &mut wrong);
    let name = read_words("name", &input.name, &mut wrong);
    all_fine(wrong)?;
    if portfolio::service::find_by_key(&mut cx.tx, &key).await?.is_some() {
        return Err(Refusal::field("key", format!("“{key}” is a service already.")).into());
    }
    let object = CostObject { id: cx.uuid().to_string(), version: 1, key, name };
    repo::insert(cx, &object).await?;
    let event = Event {
        noun: &NOUN,
        id: object.id.clone(),
        key: object.key.clone(),
        action: "added",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Added cost object {}, {}.", object.key, object.name);
    Ok(Done::changed(object.location(), object.key, says).at_version(1))
}
