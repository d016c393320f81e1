//! Re-open a soft-closed period: asked by finance, confirmed by another person.

use access::route::Ready;
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
    let (mut fiscal, mut close, ready) = standing(cx, params).await?;
    if let Ready::Done(says) = ready {
        let version = if fiscal.state.is_closed() { close.version } else { fiscal.version };
        let (location, key) = place(&fiscal);
        return Ok(Done::unchanged(location, key, says).at_version(version));
    }
    match close.reopening.clone() {
        None => ask(cx, &fiscal, close, input).await,
        Some((why, _)) => confirm(cx, &mut fiscal, &mut close, &why).await,
    }
}

/// Whether this person can ask for a re-opening, or confirm the one that was asked for.
pub async fn may_reopen(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    Ok(standing(cx, params).await?.2)
}

/// The period, its close, and whether it is this person's to re-open. A retry finds it in review again.
async fn standing(cx: &mut Cx, params: &Params) -> Result<(FiscalPeriod, Close, Ready), Refused> {
    let fiscal = period::load(&mut cx.tx, params.get("period")).await?;
    let close = repo::load(cx, fiscal.period).await?;
    let label = fiscal.period.label();
    if fiscal.state != PeriodState::SoftClosed {
        let reopens = fiscal.clone().take(PeriodStep::Reopen)?;
        return Ok((fiscal, close, Ready::of(reopens, format!("{label} is in review already."))));
    }
    let (issued, all) = repo::statements(&mut cx.tx, fiscal.period).await?;
    if issued > 0 {
        return Err(STATEMENTS_OUT.with(&[&issued.to_string(), &all.to_string(), &label]).into());
    }
    let ready = match &close.reopening {
        None if !cx.who.has(Role::FinanceManager) => {
            let asks = [access::Action::ReopenPeriod.words(), Role::FinanceManager.word()];
            return Err(access::error::NOT_ALLOWED.with(&asks).into());
        }
        Some((_, asked)) if asked.by == cx.person() => {
            Ready::Done(format!("Re-opening {label} waits for another person to confirm it."))
        }
        _ => Ready::Yes,
    };
    Ok((fiscal, close, ready))
}

fn place(fiscal: &FiscalPeriod) -> (String, String) {
    (format!("/money/close/{}", fiscal.period), fiscal.period.to_string())
}

async fn ask(
    cx: &mut Cx,
    fiscal: &FiscalPeriod,
    mut close: Close,
    input: ReopenInput,
) -> Result<Done, Refused> {
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
