//! Close a period: the run becomes final, the allocation is posted once, the period is soft-closed.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Event, Params, history};
use finance::period::{self, FiscalPeriod, PeriodState, PeriodStep};
use kernel::{Fault, Refusal, Refused};
use serde_json::json;

use super::entity::{Deed, Evidence, Step};
use super::rules::{open, steps};
use super::sign::{refuse_open, require_review};
use super::{evidence, posting, repo};
use crate::run::{self, Compared, RunRow};

/// Closes a period in review whose blocking steps are done; by nobody who imported for it. The answer
/// holds a checkpoint of the history, to be kept off this machine.
pub async fn close(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let (location, key) = (format!("/money/close/{}", fiscal.period), fiscal.period.to_string());
    if let Some(says) = closed_before(&fiscal) {
        return Ok(Done::unchanged(location, key, says).at_version(fiscal.version));
    }
    require_review(&fiscal)?;
    let (mut close, evidence) = evidence::gather(cx, &fiscal, Compared::Always).await?;
    closable(cx, &fiscal, &evidence, &steps(&evidence))?;
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

/// Whether it can be closed by this person as things stand.
pub async fn may_close(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    if let Some(says) = closed_before(&fiscal) {
        return Ok(Ready::Done(says));
    }
    require_review(&fiscal)?;
    let (_, evidence) = evidence::gather(cx, &fiscal, Compared::IfTold).await?;
    closable(cx, &fiscal, &evidence, &steps(&evidence))?;
    Ok(Ready::Yes)
}

fn closed_before(fiscal: &FiscalPeriod) -> Option<String> {
    let label = fiscal.period.label();
    (fiscal.state == PeriodState::SoftClosed).then(|| format!("{label} is soft-closed already."))
}

/// Refuses who imported for it, and whoever it is while a blocking step is open.
pub(super) fn closable(
    cx: &Cx,
    fiscal: &FiscalPeriod,
    evidence: &Evidence,
    steps: &[Step],
) -> Result<(), Refusal> {
    require_review(fiscal)?;
    for importer in &evidence.people.importers {
        cx.require_other_person(*importer, "imported for", "close it")?;
    }
    refuse_open("close", fiscal, &open(steps))
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
