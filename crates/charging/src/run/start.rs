//! Run the allocation of a period.

use access::route::Ready;
use access::{Cx, Done, Event, Params, history};
use allocation::{Allocation, Model};
use kernel::{Fault, Money, Period, Refused, RunId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{MODEL_REFUSED, PERIOD_FINAL};
use super::inputs::inputs_digest;
use super::repo::{self, RunRow};
use super::rules::model;
use super::{Facts, NOUN};
use crate::input::{all_fine, read_period};
use crate::{rule, sharing};

/// What is asked for a run.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunInput {
    /// The period, 2026-09.
    pub period: String,
}

/// Runs the allocation of a period and keeps it as the period's draft.
pub async fn start(cx: &mut Cx, _: &Params, input: RunInput) -> Result<Done, Refused> {
    let period = not_final(cx, &input.period).await?;
    let facts = facts(cx, period).await?;
    let model = model(&facts);
    let out = allocated(&model)?;
    let before = repo::live(&mut cx.tx, period).await?;
    let run = run_of(cx, period, before.as_ref(), (&facts, &model, &out));
    let id = run.id;
    let snapshot = history::snapshot(&mut cx.tx, &NOUN, &id.to_string()).await?;
    let lines = i64::try_from(out.lines.len()).unwrap_or(i64::MAX);
    repo::keep(cx, &run, lines, before.is_some()).await?;
    repo::keep_shares(cx, id, &out).await?;
    let event = Event {
        noun: &NOUN,
        id: id.to_string(),
        key: period.to_string(),
        action: "run",
        why: None,
        customer: None,
    };
    history::record(cx, event, &snapshot).await?;
    let money = |minor| Money::of_minor(minor, facts.currency).spoken();
    let says = format!(
        "Allocated {} of {} for {}; {} stays as named residuals.",
        money(run.allocated),
        money(run.ledger),
        period.label(),
        money(run.unallocated)
    );
    Ok(Done::changed(format!("/money/flow?period={period}"), period.to_string(), says)
        .at_version(run.version))
}

/// Whether a period's allocation can be run.
pub async fn may_start(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    not_final(cx, params.get("period")).await?;
    Ok(Ready::Yes)
}

/// The period of that name, whose allocation is not final.
async fn not_final(cx: &mut Cx, period: &str) -> Result<Period, Refused> {
    let mut wrong = Vec::new();
    let period = read_period("period", period, &mut wrong);
    all_fine(wrong)?;
    let period = period.ok_or_else(|| Fault::because("a period was wrong and not named"))?;
    let fiscal = finance::period::load(&mut cx.tx, &period.to_string()).await?;
    if fiscal.state.is_closed() {
        return Err(PERIOD_FINAL.with(&[&period.label(), fiscal.state.word()]).into());
    }
    Ok(period)
}

/// The period's run as it stands now: the same row where there was one before.
fn run_of(
    cx: &mut Cx,
    period: Period,
    before: Option<&RunRow>,
    (facts, model, out): (&Facts, &Model, &Allocation),
) -> RunRow {
    let costs = facts.costs.iter().map(|(_, _, amount)| amount);
    let ledger: i64 = costs.chain(facts.billed.iter().map(|billed| &billed.amount)).sum();
    let unallocated: i64 = out.residuals.iter().map(|left| left.amount).sum();
    RunRow {
        id: before.map_or_else(|| RunId::new(cx.uuid()), |run| run.id),
        version: before.map_or(1, |run| run.version + 1),
        period,
        state: "draft".into(),
        run_at: cx.stamp(),
        inputs: inputs_digest(model),
        currency: facts.currency,
        ledger,
        allocated: ledger - unallocated,
        unallocated,
    }
}

/// The facts a run of the period would start from.
pub async fn facts(cx: &mut Cx, period: Period) -> Result<Facts, Fault> {
    repo::facts(&mut cx.tx, period, cx.organisation.currency).await
}

/// What a computation takes as approved that is not yet.
#[derive(Clone, Copy, Default)]
pub(super) struct WhatIf<'a> {
    /// The newest version of a rule: `R-02`.
    pub(super) rule: Option<&'a str>,
    /// A statement of how services share: `SH-2`.
    pub(super) sharing: Option<&'a str>,
}

impl<'a> WhatIf<'a> {
    /// As asked by `rule` and `sharing`.
    pub(super) fn of(params: &'a Params) -> WhatIf<'a> {
        WhatIf { rule: params.optional("rule"), sharing: params.optional("sharing") }
    }
}

/// The facts of a period and what the model makes of them. Keeps nothing.
pub(super) async fn compute(
    cx: &mut Cx,
    period: Period,
    what_if: WhatIf<'_>,
) -> Result<(Facts, Allocation), Refused> {
    let mut facts = facts(cx, period).await?;
    if let Some(label) = what_if.rule {
        facts.rules = rule::as_if_approved(&mut cx.tx, period, label).await?;
    }
    if let Some(label) = what_if.sharing {
        facts.sharing = sharing::as_if_approved(&mut cx.tx, label).await?;
    }
    let out = allocated(&model(&facts))?;
    Ok((facts, out))
}

/// What the model comes to; refused where it cannot be computed, with what is in the way.
pub(crate) fn allocated(model: &Model) -> Result<Allocation, Refused> {
    Ok(allocation::allocate(model).map_err(|error| MODEL_REFUSED.with(&[&said(&error.to_string())]))?)
}

/// What the allocation says, with keys as people know them and as part of a sentence.
fn said(error: &str) -> String {
    let plain = |word: &str| {
        let at = word.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
        let (before, key) = word.split_at(at);
        let mark = ["p:", "s:", "o:", "c:"].into_iter().find_map(|mark| key.strip_prefix(mark));
        format!("{before}{}", mark.unwrap_or(key))
    };
    error.trim_end_matches('.').split(' ').map(plain).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn a_model_that_is_refused_names_keys_as_people_know_them_and_ends_in_one_stop() {
        let told =
            "layer service: “s:S2” serves others of its layer, but is not in the order of s:S1, c:CARE.";
        let plain = "layer service: “S2” serves others of its layer, but is not in the order of S1, CARE";
        assert_eq!(said(told), plain);
    }
}
