//! Change a cost object's name.

use access::{Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, repo};
use crate::input::{all_fine, read_words};

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Changes a cost object; unchanged if every answer is what it was.
pub async fn change(cx: &mut Cx, params: &Params, input: ObjectChange) -> Result<Done, Refused> {
    let mut object = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_version(object.version)?;
    let mut wrong = Vec::new();
    let name = input.name.map_or_else(|| object.name.clone(), |name| read_words("name", &name, &mut wrong));
    all_fine(wrong)?;
    let location = object.location();
    if name == object.name {
        let says = format!("Cost object {} is as it was.", object.key);
        return Ok(Done::unchanged(location, object.key, says).at_version(object.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &object.id).await?;
    object.name = name;
    repo::update(cx, &mut object).await?;
    let event = Event {
        noun: &NOUN,
        id: object.id.clone(),
        key: object.key.clone(),
        action: "changed",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Changed cost object {}.", object.key);
    Ok(Done::changed(location, object.key, says).at_version(object.version))
}
