//! Ask for a command that is done later.

use access::{Command, Cx, Done, Event, Snapshot, history};
use chrono::SecondsFormat;
use kernel::{JobId, Refused, TokenId};
use serde_json::{Value, json};

use super::entity::{Job, State, Work};
use super::{NOUN, repo};
use crate::Request;

/// Keeps the request as a job; what the person is told is where to look.
pub(crate) async fn ask(
    cx: &mut Cx,
    command: &Command,
    request: &Request,
    token: Option<TokenId>,
) -> Result<Done, Refused> {
    let job = enter(cx, command, request, token).await?;
    let says = "Asked for; it is done when its turn comes.".to_owned();
    let body = json!({ "job": job.to_string() });
    Ok(Done::changed(format!("{}{job}", super::AT), job.to_string(), says).at_version(1).with(body))
}

/// Stores the job and tells the history who asked for it.
pub(super) async fn enter(
    cx: &mut Cx,
    command: &Command,
    request: &Request,
    token: Option<TokenId>,
) -> Result<JobId, Refused> {
    let job = Job {
        id: JobId::new(cx.uuid()),
        version: 1,
        command: command.name.to_owned(),
        person: cx.person(),
        via: cx.who.actor.via,
        state: State::Asked,
        asked_at: cx.stamp(),
        ended_at: None,
        code: None,
    };
    let signed_in_at = cx.who.signed_in_at;
    let work = Work {
        token,
        signed_in_at: signed_in_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true)),
        expected: request.expected,
        params: request
            .params
            .0
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect(),
        body: request.body.clone(),
    };
    repo::insert(cx, &job, &work, command.summary).await?;
    told(cx, &job, "asked for", &Snapshot::none()).await?;
    Ok(job.id)
}

/// Tells the history.
pub(super) async fn told(cx: &mut Cx, job: &Job, action: &str, before: &Snapshot) -> Result<(), Refused> {
    let event = Event {
        noun: &NOUN,
        id: job.id.to_string(),
        key: job.command.clone(),
        action,
        why: None,
        customer: None,
    };
    Ok(history::record(cx, event, before).await?)
}
