//! Set the open rejected lines of a written batch aside, with a reason.

use access::{Cx, Done, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{NO_OPEN_REJECTS, REASON_NEEDED};
use super::upload::told;
use super::{NOUN, repo};
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
    let mut batch = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_all(batch.target()?.action)?;
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(REASON_NEEDED.plain().into());
    }
    let open = repo::open_lines(&mut cx.tx, batch.number).await?;
    if open == 0 {
        return Err(NO_OPEN_REJECTS.with(&[&batch.label()]).into());
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
