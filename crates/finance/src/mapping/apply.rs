//! Mapping the lines of a period again.

use access::route::Ready;
use access::{Cx, Done, Params};
use kernel::{Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{RuleState, repo};
use crate::input::{all_fine, read_period};
use crate::period;

/// Which period to map.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingRun {
    /// The month, `2026-09`.
    pub period: String,
}

/// Gives every cost line of an open period its pool by the rules in force then. Called after each
/// import, after each approval, and by hand; running it again changes nothing. Returns how many
/// lines changed.
pub async fn apply(cx: &mut Cx, period: Period) -> Result<u64, Refused> {
    period::require_open(&mut cx.tx, period).await?;
    let versions = repo::all(&mut cx.tx).await?;
    Ok(repo::map_lines(&mut cx.tx, &versions, period).await?)
}

/// Gives the amounts of a budget that name no pool their pool, in each of `periods`.
pub(crate) async fn apply_to_budget(cx: &mut Cx, budget_id: &str, periods: &[Period]) -> Result<(), Refused> {
    let versions = repo::all(&mut cx.tx).await?;
    if versions.iter().any(|rule| rule.state == RuleState::Approved) {
        for period in periods {
            repo::map_amounts(&mut cx.tx, &versions, budget_id, *period).await?;
        }
    }
    Ok(())
}

fn named(period: &str) -> Result<Period, Refusal> {
    let mut wrong = Vec::new();
    let period = read_period("period", period, &mut wrong);
    all_fine(wrong)?;
    period.ok_or_else(Refusal::not_found)
}

/// Whether the lines of a period can be mapped again.
pub async fn may_run(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let period = named(params.get("period"))?;
    period::require_open(&mut cx.tx, period).await?;
    Ok(Ready::Yes)
}

/// Maps a period and says how far it got; the history of the period tells how many lines moved.
pub async fn run(cx: &mut Cx, _: &Params, input: MappingRun) -> Result<Done, Refused> {
    let period = named(&input.period)?;
    let moved = apply(cx, period).await?;
    let coverage = repo::coverage(&mut cx.tx, period).await?;
    let says = format!(
        "Mapped {} of {} lines of {}.",
        coverage.lines - coverage.unmapped_lines,
        coverage.lines,
        period.label()
    );
    let location = format!("/money/coverage?period={period}");
    if moved == 0 {
        return Ok(Done::unchanged(location, period.to_string(), format!("{says} Nothing moved.")));
    }
    period::mapped_again(cx, period, moved).await?;
    Ok(Done::changed(location, period.to_string(), says))
}
