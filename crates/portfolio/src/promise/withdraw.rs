//! Withdraw a promise that was entered wrongly. It stays on the list with the reason: a promise that
//! disappears is a promise broken in silence.

use access::{Action, Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::State;
use super::{NOUN, Promise, repo};
use crate::answers::Answers;
use crate::service;
use crate::sql::require_version_if_given;

/// Why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why it is withdrawn.
    pub why: String,
}

/// Withdraws a promise: the portfolio manager does, never the service's owner, who would be judged by it.
pub async fn withdraw(cx: &mut Cx, params: &Params, input: Withdrawal) -> Result<Done, Refused> {
    let promise = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_all(Action::TakeOver)?;
    require_version_if_given(cx, promise.version)?;
    let mut answers = Answers::new();
    let why = answers.needed("why", &input.why, 500);
    answers.fine()?;
    let location = format!("/promises/{}", promise.number);
    if promise.state == State::Withdrawn {
        let says = format!("{} is withdrawn already.", promise.number);
        return Ok(Done::unchanged(location, promise.number, says).at_version(promise.version));
    }
    let promise = put_away(cx, promise, &why).await?;
    let says = format!("Withdrew {}.", promise.number);
    Ok(Done::changed(location, promise.number, says).at_version(promise.version))
}

/// Withdraws a promise that is held, as given, with the reason.
pub(super) async fn put_away(cx: &mut Cx, promise: Promise, why: &str) -> Result<Promise, Refused> {
    if let Some(service) = service::find(&mut cx.tx, promise.service).await?
        && let Some(owner) = service.owner
    {
        cx.require_other_person(owner, "are judged by", "withdraw it")?;
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &promise.id.to_string()).await?;
    let mut promise = Promise { state: State::Withdrawn, ..promise };
    repo::update_state(cx, &mut promise).await?;
    service::refresh(&mut cx.tx, promise.service).await?;
    let event = Event {
        noun: &NOUN,
        id: promise.id.to_string(),
        key: promise.number.clone(),
        action: "withdrawn",
        why: Some(why),
        customer: None,
    };
    history::record(cx, event, &before).await?;
    Ok(promise)
}
