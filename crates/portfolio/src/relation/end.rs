//! End a relation: retire it, with its last day.

use access::{Action, Cx, Done, Event, Params, history};
use kernel::typed::day_label;
use kernel::{Fault, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::ENDED;
use super::{NOUN, repo};
use crate::answers::Answers;
use crate::service;
use crate::sql::require_version_if_given;

/// When it ends.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndRelation {
    /// Its last day; today if left out.
    #[serde(default)]
    pub to_day: Option<String>,
}

/// Ends a relation.
pub async fn end(cx: &mut Cx, params: &Params, input: EndRelation) -> Result<Done, Refused> {
    let mut relation = repo::load(&mut cx.tx, params.get("id")).await?.ok_or_else(Refusal::not_found)?;
    cx.require_service(Action::EditService, relation.service)?;
    require_version_if_given(cx, relation.version)?;
    if let Some(day) = relation.to {
        return Err(ENDED.with(&[&day.to_string()]).into());
    }
    let mut answers = Answers::new();
    let to = answers.day("to_day", input.to_day.as_deref()).unwrap_or(cx.today());
    if to < relation.from {
        answers.wrong(
            "to_day",
            format!("It began on {}; enter that day or a later one.", day_label(relation.from)),
        );
    }
    answers.fine()?;
    let id = relation.id.to_string();
    let before = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
    relation.to = Some(to);
    repo::update(cx, &mut relation).await?;
    service::refresh(&mut cx.tx, relation.other).await?;
    let gone = || Fault::because("a relation leads to no service");
    let service = service::find(&mut cx.tx, relation.service).await?.ok_or_else(gone)?;
    let other = service::find(&mut cx.tx, relation.other).await?.ok_or_else(gone)?;
    let said = format!("{} {} {}", service.key, relation.kind.word(), other.key);
    let event = Event { noun: &NOUN, id, key: said.clone(), action: "ended", why: None, customer: None };
    history::record(cx, event, &before).await?;
    let says = format!("“{said}” ends on {}.", day_label(to));
    Ok(Done::changed(format!("/services/{}", service.key), service.key, says).at_version(relation.version))
}
