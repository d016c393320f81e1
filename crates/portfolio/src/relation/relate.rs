//! Relate one service to another.

use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::REPLACES_ITSELF;
use super::{NOUN, Relation, RelationKind, repo};
use crate::answers::Answers;
use crate::service;

/// What the service is to which other.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relate {
    /// `replaces`, `depends on` or `enables`.
    #[schemars(extend("enum" = RelationKind::WORDS.map(|(word, _)| word)))]
    pub kind: String,
    /// Key of the other service.
    pub other: String,
    /// From which day; today if left out.
    #[serde(default)]
    pub from_day: Option<String>,
}

/// Relates the services; unchanged if they are related so already.
pub async fn relate(cx: &mut Cx, params: &Params, input: Relate) -> Result<Done, Refused> {
    let service = service::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditService, service.id)?;
    let mut answers = Answers::new();
    let kind = answers.one_of("kind", &input.kind, &RelationKind::WORDS).unwrap_or(RelationKind::Replaces);
    let from = answers.day("from_day", input.from_day.as_deref()).unwrap_or(cx.today());
    answers.fine()?;
    let other = service::find_by_key(&mut cx.tx, input.other.trim()).await?;
    let other = other
        .ok_or_else(|| Refusal::field("other", format!("There is no service “{}”.", input.other.trim())))?;
    if other.id == service.id {
        return Err(Refusal::field("other", "Choose another service than this one.").into());
    }
    let location = format!("/services/{}", service.key);
    let said = format!("{} {} {}", service.key, kind.word(), other.key);
    if repo::open(&mut cx.tx, service.id, kind, other.id).await?.is_some() {
        return Ok(Done::unchanged(location, service.key, format!("{said} already.")));
    }
    if kind == RelationKind::Replaces && repo::reaches(&mut cx.tx, other.id, service.id).await? {
        return Err(REPLACES_ITSELF.with(&[&service.key, &other.key]).into());
    }
    let id = cx.uuid();
    let relation = Relation { id, version: 1, service: service.id, kind, other: other.id, from, to: None };
    repo::insert(cx, &relation).await?;
    // Who is replaced may now be complete.
    service::refresh(&mut cx.tx, other.id).await?;
    let event = Event {
        noun: &NOUN,
        id: id.to_string(),
        key: said.clone(),
        action: "added",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(Done::changed(location, service.key, format!("{said}."))
        .with(serde_json::json!({ "relation": id.to_string() })))
}
