//! Close a period: the run becomes final, the allocation is posted once, the period is soft-closed.

use access::route::Nothing;
use access::{Cx, Done, Event, Params, history};
use finance::period::{self, PeriodState, PeriodStep};
use kernel::{Fault, Refused};
use serde_json::json;

use super::entity::Deed;
use super::rules::{open, steps};
use super::sign::{in_review, refuse_open};
use super::{evidence, posting, repo};
use crate::run::{self, Compared, RunRow};

/// Closes a period in review whose blocking steps are done; by nobody who imported for it. The answer
/// holds a checkpoint of the history, to be kept off this machine.
pub async fn close(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let found = period::load(&mut cx.tx, params.get("period")).await?;
    let (location, key) = (format!("/money/close/{}", found.period), found.period.to_string());
    if found.state == PeriodState::SoftClosed {
        let says = format!("{} is soft-closed already.", found.period.label());
        return Ok(Done::unchanged(location, key, says).at_version(found.version));
    }
    let mut fiscal = in_review(cx, params).await?;
    for importer in repo::importers(&mut cx.tx, fiscal.period).await? {
        cx.require_other_person(importer, "imported for", "close it")?;
    }
    let (mut close, evidence) = evidence::gather(cx, &fiscal, Compared::Always).await?;
    refuse_open("close", &fiscal, &open(&steps(&evidence)))?;
    let run = run::live(&mut cx.tx, fiscal.period).await?;
    let run = run.ok_or_else(|| Fault::because("a period without a run has its sixth step open"))?;
    turn(cx, &run, "final").await?;
    let posted = posting::post(cx, &run).await?;
    close.closed = Some(Deed { by: cx.person(), at: cx.stamp() });
    repo::save(cx, &mut close, "closed", None).await?;
    period::step(cx, &mut fiscal, PeriodStep::SoftClose, None).await?;
    let checkpoint = history::checkpoint(&mut cx.tx).await?;
    let transaction = posted.map(|posted| format!("T-{}", posted.number));
    let says = format!(
        "Soft-closed {}: its allocation is final{}. It can be re-opened by two people until statements are issued.",
        fiscal.period.label(),
        transaction.as_ref().map(|number| format!(" and posted as {number}")).unwrap_or_default()
    );
    let body = json!({ "checkpoint": checkpoint, "transaction": transaction });
    Ok(Done::changed(location, key, says).at_version(fiscal.version).with(body))
}

/// Makes the run `final`, or a `draft` again.
pub(super) async fn turn(cx: &mut Cx, run: &RunRow, state: &str) -> Result<(), Fault> {
    let id = run.id.to_string();
    let before = history::snapshot(&mut cx.tx, &run::NOUN, &id).await?;
    repo::turn(&mut cx.tx, run.id, state).await?;
    let action = if state == "final" { "made final" } else { "made a draft again" };
    let key = run.period.to_string();
    let event = Event { noun: &run::NOUN, id, key, action, why: None, customer: None };
    history::record(cx, event, &before).await
}
