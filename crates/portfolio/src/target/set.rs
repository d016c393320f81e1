//! Set the target of an offering for a measure: a new one, or another level.

use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::NOUN;
use super::repo::{Target, find, save};
use crate::answers::Answers;
use crate::{offering, service};

/// What level is promised.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetInput {
    /// What is measured: `Availability`.
    pub measure: String,
    /// The level in words: `99.5 %, 07:00–22:00`.
    pub level: String,
    /// Unit of the value: `%`.
    #[serde(default)]
    pub unit: Option<String>,
    /// The level as a number: `99.5`.
    #[serde(default)]
    pub value: Option<String>,
}

/// Sets a target; unchanged if it stands so already.
pub async fn set(cx: &mut Cx, params: &Params, input: TargetInput) -> Result<Done, Refused> {
    let offering = offering::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditService, offering.service)?;
    let mut answers = Answers::new();
    let measure = answers.needed("measure", &input.measure, 80);
    let level = answers.needed("level", &input.level, 200);
    let unit = answers.words("unit", input.unit.as_deref(), 40);
    let value =
        answers.words("value", input.value.as_deref(), 40).map(|value| answers.decimal("value", &value));
    answers.fine()?;
    let known = find(&mut cx.tx, offering.id, &measure).await?;
    let target = Target {
        id: known.as_ref().map_or_else(|| cx.uuid().to_string(), |known| known.id.clone()),
        version: known.as_ref().map_or(1, |known| known.version + 1),
        offering: offering.id,
        measure,
        level,
        unit,
        value,
    };
    let location = format!("/offerings/{}", offering.key);
    if known.as_ref().is_some_and(|known| Target { version: known.version, ..target.clone() } == *known) {
        let says = format!("{} of {} is so already.", target.measure, offering.key);
        return Ok(Done::unchanged(location, offering.key, says));
    }
    let before = match known {
        Some(_) => history::snapshot(&mut cx.tx, &NOUN, &target.id).await?,
        None => Snapshot::none(),
    };
    let action = if target.version == 1 { "added" } else { "changed" };
    save(cx, &target).await?;
    service::refresh(&mut cx.tx, offering.service).await?;
    let key = format!("{} {}", offering.key, target.measure);
    history::record(
        cx,
        Event { noun: &NOUN, id: target.id, key, action, why: None, customer: None },
        &before,
    )
    .await?;
    let says = format!("{} of {}: {}.", target.measure, offering.key, target.level);
    Ok(Done::changed(location, offering.key, says))
}
