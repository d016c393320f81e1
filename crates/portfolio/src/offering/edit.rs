//! Edit an offering.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::IN_USE;
use super::{Charging, NOUN, Offering, repo};
use crate::answers::Answers;
use crate::service;

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct OfferingChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
    /// What is counted.
    #[serde(default)]
    pub unit: Option<String>,
    /// `at cost`, `fixed` or `not charged`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Charging::WORDS.map(|(word, _)| word))))]
    pub charging: Option<String>,
}

/// Edits an offering; unchanged if every answer is what it was.
pub async fn edit(cx: &mut Cx, params: &Params, input: OfferingChange) -> Result<Done, Refused> {
    let known = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditService, known.service)?;
    cx.require_version(known.version)?;
    let mut offering = read_change(cx, &known, &input).await?;
    let location = format!("/offerings/{}", offering.key);
    if offering == known {
        let says = format!("Offering {} is as it was.", offering.key);
        return Ok(Done::unchanged(location, offering.key, says).at_version(offering.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &offering.id.to_string()).await?;
    repo::update(cx, &mut offering).await?;
    service::refresh(&mut cx.tx, offering.service).await?;
    let event = Event {
        noun: &NOUN,
        id: offering.id.to_string(),
        key: offering.key.clone(),
        action: "changed",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Changed offering {}.", offering.key);
    Ok(Done::changed(location, offering.key, says).at_version(offering.version))
}

/// The offering as it would be with the answers; refused where they cannot be so, or where customers
/// agreed to what they would change.
pub(super) async fn read_change(
    cx: &mut Cx,
    known: &Offering,
    input: &OfferingChange,
) -> Result<Offering, Refused> {
    let mut answers = Answers::new();
    let mut offering = known.clone();
    if let Some(name) = &input.name {
        offering.name = answers.needed("name", name, 200);
    }
    if let Some(unit) = &input.unit {
        offering.unit = answers.needed("unit", unit, 40);
    }
    if let Some(charging) = &input.charging {
        offering.charging = answers.one_of("charging", charging, &Charging::WORDS).unwrap_or(known.charging);
    }
    answers.fine()?;
    let agreed = (&offering.unit, offering.charging) != (&known.unit, known.charging);
    if agreed && repo::in_use(&mut cx.tx, offering.id).await? {
        return Err(IN_USE.with(&[&offering.key]).into());
    }
    Ok(offering)
}
