//! Re-open a soft-closed period: asked by finance, confirmed by another person.

use access::{Cx, Done, Params, Role};
use finance::period::{self, FiscalPeriod, PeriodState, PeriodStep};
use kernel::{Fault, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Close, Deed};
use super::error::{REASON_NEEDED, STATEMENTS_OUT};
use super::{posting, repo, soft_close};
use crate::input::optional;
use crate::run;

/// Why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenInput {
    /// Why, in a few words; needed of who asks, not of who confirms.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Asks for a re-opening, or confirms what another person asked for: then what the close posted is
/// reversed once, the run is a draft again and the period in review.
pub async fn reopen(cx: &mut Cx, params: &Params, input: ReopenInput) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    if fiscal.state != PeriodState::SoftClosed {
        return not_soft_closed(cx, fiscal).await;
    }
    let (issued, all) = repo::statements(&mut cx.tx, fiscal.period).await?;
    if issued > 0 {
        let figures = [issued.to_string(), all.to_string()];
        return Err(STATEMENTS_OUT.with(&[&figures[0], &figures[1], &fiscal.period.label()]).into());
    }
    let mut close = repo::load(cx, fiscal.period).await?;
    match close.reopening.clone() {
        None => ask(cx, &fiscal, close, input).await,
        Some((_, asked)) if asked.by == cx.person() => {
            let says =
                format!("Re-opening {} waits for another person to confirm it.", fiscal.period.label());
            let (location, key) = place(&fiscal);
            Ok(Done::unchanged(location, key, says).at_version(close.version))
        }
        Some((why, _)) => confirm(cx, &mut fiscal, &mut close, &why).await,
    }
}

fn place(fiscal: &FiscalPeriod) -> (String, String) {
    (format!("/money/close/{}", fiscal.period), fiscal.period.to_string())
}

/// A retry finds it in review again; anything else cannot be re-opened.
async fn not_soft_closed(cx: &mut Cx, mut fiscal: FiscalPeriod) -> Result<Done, Refused> {
    period::step(cx, &mut fiscal, PeriodStep::Reopen, None).await?;
    let (location, key) = place(&fiscal);
    let says = format!("{} is in review already.", fiscal.period.label());
    Ok(Done::unchanged(location, key, says).at_version(fiscal.version))
}

async fn ask(
    cx: &mut Cx,
    fiscal: &FiscalPeriod,
    mut close: Close,
    input: ReopenInput,
) -> Result<Done, Refused> {
    if !cx.who.has(Role::FinanceManager) {
        let asks = [access::Action::ReopenPeriod.words(), Role::FinanceManager.word()];
        return Err(access::error::NOT_ALLOWED.with(&asks).into());
    }
    let why = optional(input.reason.as_deref());
    let why = why.ok_or_else(|| -> Refusal { REASON_NEEDED.with(&[&fiscal.period.label()]) })?;
    let deed = Deed { by: cx.person(), at: cx.stamp() };
    close.reopening = Some((why.clone(), deed));
    repo::save(cx, &mut close, "asked to re-open", Some(&why)).await?;
    let (location, key) = place(fiscal);
    let says = format!("Asked to re-open {}; another person confirms it.", fiscal.period.label());
    Ok(Done::changed(location, key, says).at_version(close.version))
}

async fn confirm(
    cx: &mut Cx,
    fiscal: &mut FiscalPeriod,
    close: &mut Close,
    why: &str,
) -> Result<Done, Refused> {
    let run = run::live(&mut cx.tx, fiscal.period).await?;
    let run = run.ok_or_else(|| Fault::because("a closed period has a run"))?;
    posting::reverse(cx, &run, why).await?;
    soft_close::turn(cx, &run, "draft").await?;
    close.reopened();
    repo::save(cx, close, "re-opened", Some(why)).await?;
    period::step(cx, fiscal, PeriodStep::Reopen, Some(why)).await?;
    let (location, key) = place(fiscal);
    let says = format!("Re-opened {}: it is in review, its allocation a draft.", fiscal.period.label());
    Ok(Done::changed(location, key, says).at_version(fiscal.version))
}
