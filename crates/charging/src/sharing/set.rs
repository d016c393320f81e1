//! State how services share.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{Fault, FieldError, Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::PERIOD_DONE;
use super::{NOUN, Stated, entity, repo};
use crate::input::{all_fine, name_wrong, optional, read_period};
use crate::rule::{RuleState, closed_since};

/// What is asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharingInput {
    /// direct, step-down or reciprocal.
    #[schemars(extend("enum" = entity::methods()))]
    pub method: String,
    /// Keys of the serving services, first to last: step-down only.
    #[serde(default)]
    pub order: Option<String>,
    /// First period it is in force.
    pub effective_from: String,
}

/// States how services share among themselves from a period on, for another person to approve.
pub async fn set(cx: &mut Cx, _: &Params, input: SharingInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let order = optional(input.order.as_deref()).map(|order| order.replace([',', ';'], " "));
    let sharing = entity::read(input.method.trim(), order.as_deref().unwrap_or(""));
    if sharing.is_none() {
        name_wrong(&mut wrong, "method", "Choose direct, step-down or reciprocal.");
    }
    if (input.method.trim() == "step-down") != order.is_some() {
        name_wrong(&mut wrong, "order", "Name the order where the method is step-down, and nowhere else.");
    }
    require_services(cx, order.as_deref().unwrap_or(""), &mut wrong).await?;
    let from = read_period("effective_from", &input.effective_from, &mut wrong);
    if let Some(from) = from
        && let Some(done) = closed(cx, from).await?
    {
        return Err(done.beside("effective_from", wrong).into());
    }
    all_fine(wrong)?;
    let (Some(sharing), Some(effective_from)) = (sharing, from) else {
        return Err(Fault::because("an answer was wrong and not named").into());
    };
    let stated = Stated {
        id: cx.uuid().to_string(),
        version: 1,
        number: repo::next_number(&mut cx.tx).await?,
        sharing,
        effective_from,
        state: RuleState::Submitted,
        author: cx.person(),
        approved_by: None,
    };
    submitted(cx, &stated).await
}

/// Stores it and tells the history.
async fn submitted(cx: &mut Cx, stated: &Stated) -> Result<Done, Refused> {
    repo::insert(cx, stated).await?;
    let (id, key) = (stated.id.clone(), stated.label());
    let event = Event { noun: &NOUN, id, key: key.clone(), action: "submitted", why: None, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!(
        "{key} waits for another person's approval: services share by the {} method from {} on.",
        entity::word(&stated.sharing),
        stated.effective_from.label()
    );
    Ok(Done::changed(format!("/money/sharing/{key}"), key, says).at_version(1))
}

/// Why it cannot hold from `from` on: a month from there on is closed, computed as it is.
pub(super) async fn closed(cx: &mut Cx, from: Period) -> Result<Option<Refusal>, Fault> {
    let closed = closed_since(&mut cx.tx, from).await?;
    Ok(closed.map(|period| PERIOD_DONE.with(&[&period.label()])))
}

/// Names keys of an order that are no services, or stand there twice.
async fn require_services(cx: &mut Cx, order: &str, wrong: &mut Vec<FieldError>) -> Result<(), Fault> {
    let nodes = crate::run::nodes(&mut cx.tx).await?;
    let mut seen = Vec::new();
    for key in order.split_whitespace() {
        if nodes.iter().all(|node| node.key != key || node.kind != "service") {
            name_wrong(wrong, "order", format!("There is no service “{key}”."));
        }
        if seen.contains(&key) {
            name_wrong(wrong, "order", format!("“{key}” is named twice."));
        }
        seen.push(key);
    }
    Ok(())
}
