//! Remove the target of an offering for a measure.

use access::{Action, Cx, Done, Event, Params, history};
use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::NOUN;
use super::repo::{delete, find};
use crate::{offering, service};

/// Which target.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetRemoval {
    /// What it measures.
    pub measure: String,
}

/// Removes a target; the history keeps what it was.
pub async fn remove(cx: &mut Cx, params: &Params, input: TargetRemoval) -> Result<Done, Refused> {
    let offering = offering::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditService, offering.service)?;
    let target = find(&mut cx.tx, offering.id, input.measure.trim()).await?.ok_or_else(Refusal::not_found)?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &target.id).await?;
    delete(cx, &target.id).await?;
    service::refresh(&mut cx.tx, offering.service).await?;
    let key = format!("{} {}", offering.key, target.measure);
    let event = Event { noun: &NOUN, id: target.id, key, action: "removed", why: None, customer: None };
    history::record(cx, event, &before).await?;
    let says = format!("{} is no longer promised in {}.", target.measure, offering.key);
    Ok(Done::changed(format!("/offerings/{}", offering.key), offering.key, says))
}
