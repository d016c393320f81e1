//! Set the open rejected lines of a written batch aside, with a reason.

use access::route::Ready;
use access::{Cx, Done, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{NO_OPEN_REJECTS, REASON_NEEDED};
use super::upload::told;
use super::{Batch, NOUN, repo};
use crate::say::counted;

/// Why they are not needed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleInput {
    /// In a few words.
    pub reason: String,
}

/// Sets every open rejected line aside. They stay listed with their batch.
pub async fn settle(cx: &mut Cx, params: &Params, input: SettleInput) -> Result<Done, Refused> {
    let (mut batch, open) = open(cx, params).await?;
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(REASON_NEEDED.plain().into());
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &batch.id.to_string()).await?;
    repo::set_aside(&mut cx.tx, batch.number).await?;
    repo::update(cx, &mut batch).await?;
    let lines = counted(open, "rejected line", "rejected lines");
    let action = format!("{lines} set aside");
    told(cx, &batch, &action, Some(reason), &before).await?;
    let says = format!("{lines} of {} set aside.", batch.label());
    Ok(Done::changed(batch.location(), batch.label(), says).at_version(batch.version))
}

/// Whether a batch has rejected lines to set aside.
pub async fn may_settle(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    open(cx, params).await?;
    Ok(Ready::Yes)
}

/// A batch of theirs and how many rejected lines of it are open.
async fn open(cx: &mut Cx, params: &Params) -> Result<(Batch, i64), Refused> {
    let batch = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_all(batch.target()?.action)?;
    match repo::open_lines(&mut cx.tx, batch.number).await? {
        0 => Err(NO_OPEN_REJECTS.with(&[&batch.label()]).into()),
        open => Ok((batch, open)),
    }
}
