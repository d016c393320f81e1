//! Register a cost centre.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{CostCentre, NOUN, repo};
use crate::input::{all_fine, name_wrong, read_words};

/// What is asked for a new cost centre.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostCentreInput {
    /// Its code in the ledger, at most 40 characters.
    pub key: String,
    /// Name as people say it.
    pub name: String,
}

/// Registers a cost centre.
pub async fn add(cx: &mut Cx, _: &Params, input: CostCentreInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let key = input.key.trim().to_owned();
    if key.is_empty() || key.chars().count() > 40 {
        name_wrong(&mut wrong, "key", "Enter the code the ledger uses, at most 40 characters.");
    }
    let name = read_words("name", &input.name, &mut wrong);
    all_fine(wrong)?;
    let centre = CostCentre { id: cx.uuid().to_string(), version: 1, key, name };
    repo::insert(cx, &centre).await?;
    let event = Event {
        noun: &NOUN,
        id: centre.id.clone(),
        key: centre.key.clone(),
        action: "added",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Added cost centre {}, {}.", centre.key, centre.name);
    Ok(Done::changed(centre.location(), centre.key, says).at_version(1))
}
