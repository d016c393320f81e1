//! Take a written batch back: every line of it can be imported again.

use access::route::Ready;
use access::{Cx, Done, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Deed, label};
use super::error::{REASON_NEEDED, REPLACED_LATER};
use super::upload::told;
use super::{Batch, NOUN, State, repo};
use crate::say::counted;

/// Why it is taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevertInput {
    /// In a few words.
    pub reason: String,
}

/// Reverts a batch whole. The target refuses where its period is closed or a record is in use; a batch
/// whose lines a later one replaced waits for that one.
pub async fn revert(cx: &mut Cx, params: &Params, input: RevertInput) -> Result<Done, Refused> {
    let mut batch = repo::load(&mut cx.tx, params.get("number")).await?;
    revertible(cx, &batch).await?;
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(REASON_NEEDED.plain().into());
    }
    let target = batch.target()?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &batch.id.to_string()).await?;
    (target.revert)(cx, &batch.exchange()?, reason).await?;
    repo::let_go(&mut cx.tx, batch.number).await?;
    batch.state = State::Reverted;
    batch.reverted = Some(Deed { by: cx.person(), at: cx.stamp() });
    batch.reason = Some(reason.to_owned());
    repo::update(cx, &mut batch).await?;
    told(cx, &batch, "reverted", Some(reason), &before).await?;
    let lines = counted(batch.counts.written, "line", "lines");
    let says = format!("Reverted {}: {lines} can be imported again.", batch.label());
    Ok(Done::changed(batch.location(), batch.label(), says).at_version(batch.version))
}

/// Whether a batch can be taken back.
pub async fn may_revert(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let batch = repo::load(&mut cx.tx, params.get("number")).await?;
    revertible(cx, &batch).await?;
    Ok(Ready::Yes)
}

/// Refuses a batch that is not theirs, that does not count, whose lines a later one replaced, or that its target
/// keeps.
async fn revertible(cx: &mut Cx, batch: &Batch) -> Result<(), Refused> {
    let target = batch.target()?;
    cx.require_all(target.action)?;
    batch.may_be_reverted()?;
    if let Some(later) = repo::replaced_by(&mut cx.tx, batch.number).await? {
        return Err(REPLACED_LATER.with(&[&batch.label(), &label(later)]).into());
    }
    match target.may_revert {
        Some(asks) => asks(cx, &batch.exchange()?).await,
        None => Ok(()),
    }
}
