//! Add an offering to a service.

use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::{OfferingId, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::KEY_TAKEN;
use super::{Charging, NOUN, Offering, repo};
use crate::answers::Answers;
use crate::service::{self, Service};

/// What is asked for a new offering.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct OfferingInput {
    /// Key of the service.
    pub service: String,
    /// 2 to 12 capital letters and digits; the service's key if left out.
    #[serde(default)]
    pub key: Option<String>,
    /// Name as the customer knows it; the service's if left out.
    #[serde(default)]
    pub name: Option<String>,
    /// What is counted: `seat`.
    pub unit: String,
    /// `at cost`, `fixed` or `not charged`.
    #[schemars(extend("enum" = Charging::WORDS.map(|(word, _)| word)))]
    pub charging: String,
    /// Key in the source it was imported from.
    #[serde(default)]
    pub source_key: Option<String>,
}

/// Adds an offering. The same again changes nothing.
pub async fn add(cx: &mut Cx, _: &Params, input: OfferingInput) -> Result<Done, Refused> {
    let (service, offering) = read(cx, &input).await?;
    let location = format!("/offerings/{}", offering.key);
    if let Some(known) = repo::find_by_key(&mut cx.tx, &offering.key).await? {
        if (Offering { id: known.id, version: known.version, ..offering }) != known {
            return Err(KEY_TAKEN.with(&[&known.key]).into());
        }
        let says = format!("Offering {} is there already.", known.key);
        return Ok(Done::unchanged(location, known.key, says).at_version(known.version));
    }
    repo::insert(cx, &offering).await?;
    service::refresh(&mut cx.tx, service.id).await?;
    let event = Event {
        noun: &NOUN,
        id: offering.id.to_string(),
        key: offering.key.clone(),
        action: "added",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Added offering {}, {}, to {}.", offering.key, offering.name, service.key);
    Ok(Done::changed(location, offering.key, says).at_version(1))
}

/// The offering the answers describe, with its service; refused where they cannot be so.
pub(super) async fn read(cx: &mut Cx, input: &OfferingInput) -> Result<(Service, Offering), Refused> {
    let service = service::find_by_key(&mut cx.tx, input.service.trim()).await?;
    let service = service.ok_or_else(|| {
        Refusal::field("service", format!("There is no service “{}”.", input.service.trim()))
    })?;
    cx.require_service(Action::EditService, service.id)?;
    let mut answers = Answers::new();
    let key = input.key.as_deref().map(str::trim).filter(|key| !key.is_empty());
    let name = answers.words("name", input.name.as_deref(), 200);
    let offering = Offering {
        id: OfferingId::new(cx.uuid()),
        version: 1,
        key: key.map_or(service.key.clone(), |key| answers.key("key", key)),
        service: service.id,
        name: name.unwrap_or_else(|| service.name.clone()),
        unit: answers.needed("unit", &input.unit, 40),
        charging: answers.one_of("charging", &input.charging, &Charging::WORDS).unwrap_or(Charging::AtCost),
        source_key: answers.words("source_key", input.source_key.as_deref(), 200),
    };
    answers.fine()?;
    Ok((service, offering))
}
