//! Change a cost centre's name. Its code is the ledger's and never changes.

use access::{Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, repo};
use crate::input::{all_fine, read_words};

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostCentreChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
}

/// Changes a cost centre; unchanged if every answer is what it was.
pub async fn change(cx: &mut Cx, params: &Params, input: CostCentreChange) -> Result<Done, Refused> {
    let mut centre = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_version(centre.version)?;
    let mut wrong = Vec::new();
    let name = input.name.map_or_else(|| centre.name.clone(), |name| read_words("name", &name, &mut wrong));
    all_fine(wrong)?;
    let location = centre.location();
    if name == centre.name {
        let says = format!("Cost centre {} is as it was.", centre.key);
        return Ok(Done::unchanged(location, centre.key, says).at_version(centre.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &centre.id).await?;
    centre.name = name;
    repo::update(cx, &mut centre).await?;
    let event = Event {
        noun: &NOUN,
        id: centre.id.clone(),
        key: centre.key.clone(),
        action: "changed",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Changed cost centre {}.", centre.key);
    Ok(Done::changed(location, centre.key, says).at_version(centre.version))
}
