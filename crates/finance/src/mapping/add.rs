//! Write a mapping rule, or a new version of one.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{Period, Refused, RuleId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{RawConditions, read_conditions};
use super::error::{PERIOD_CLOSED, VERSION_OPEN};
use super::{MappingRule, NOUN, RuleState, repo};
use crate::input::{all_fine, name_wrong, optional, read_period};
use crate::{period, pool};

/// What is asked of a mapping rule.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingInput {
    /// Account code, or its beginning with a star: `64*`.
    #[serde(default)]
    pub account: Option<String>,
    /// Cost centre code, or its beginning with a star.
    #[serde(default)]
    pub cost_centre: Option<String>,
    /// Cost element, or its beginning with a star.
    #[serde(default)]
    pub cost_element: Option<String>,
    /// Supplier, or its beginning with a star; without case.
    #[serde(default)]
    pub supplier: Option<String>,
    /// What the text starts with; without case.
    #[serde(default)]
    pub text_prefix: Option<String>,
    /// `yes`: only lines that name a service; `no`: only others.
    #[serde(default)]
    pub service_present: Option<String>,
    /// Key of the cost pool; empty in a new version ends the rule.
    #[serde(default)]
    pub pool: Option<String>,
    /// First month it is in force, `2026-09`.
    pub effective_from: String,
    /// Lower comes first; 100 where left out.
    #[serde(default)]
    pub priority: Option<String>,
}

const USUAL_PRIORITY: i64 = 100;

/// Writes a new rule as a draft.
pub async fn add(cx: &mut Cx, _: &Params, input: MappingInput) -> Result<Done, Refused> {
    let mut rule = read(cx, &input).await?;
    if rule.pool.is_none() {
        return Err(kernel::Refusal::field("pool", "Choose the cost pool the lines belong to.").into());
    }
    rule.number = repo::next_number(&mut cx.tx).await?;
    store(cx, rule, "added").await
}

/// Writes the next version of a rule as a draft; the one in force holds until it is approved.
pub async fn revise(cx: &mut Cx, params: &Params, input: MappingInput) -> Result<Done, Refused> {
    let newest = repo::load(&mut cx.tx, params.get("number")).await?;
    if newest.state != RuleState::Approved {
        return Err(VERSION_OPEN.with(&[&newest.label(), newest.state.word()]).into());
    }
    let rule = read(cx, &input).await?;
    let rule = MappingRule { number: newest.number, rule_version: newest.rule_version + 1, ..rule };
    store(cx, rule, "revised").await
}

async fn read(cx: &mut Cx, input: &MappingInput) -> Result<MappingRule, Refused> {
    let mut wrong = Vec::new();
    let effective_from = read_period("effective_from", &input.effective_from, &mut wrong);
    let priority = match optional(input.priority.as_deref()).map(|text| text.parse::<i64>()) {
        None => USUAL_PRIORITY,
        Some(Ok(priority)) => priority,
        Some(Err(_)) => {
            name_wrong(&mut wrong, "priority", "Enter a whole number; lower comes first.");
            USUAL_PRIORITY
        }
    };
    let pool = optional(input.pool.as_deref());
    if let Some(key) = &pool
        && pool::find(&mut cx.tx, key).await?.is_none()
    {
        name_wrong(&mut wrong, "pool", format!("There is no cost pool “{key}”."));
    }
    let raw = RawConditions {
        account: input.account.as_deref(),
        cost_centre: input.cost_centre.as_deref(),
        cost_element: input.cost_element.as_deref(),
        supplier: input.supplier.as_deref(),
        text_prefix: input.text_prefix.as_deref(),
        service_present: input.service_present.as_deref(),
    };
    let conditions = read_conditions(&raw, &mut wrong)?;
    all_fine(wrong)?;
    let effective_from = effective_from.ok_or_else(kernel::Refusal::not_found)?;
    require_not_closed(cx, effective_from).await?;
    Ok(MappingRule {
        id: RuleId::new(cx.uuid()),
        version: 1,
        number: 0,
        rule_version: 1,
        state: RuleState::Draft,
        priority,
        conditions,
        pool,
        effective_from,
        author: cx.person(),
        approved_by: None,
    })
}

/// Refuses a rule that would begin in a closed period.
pub(super) async fn require_not_closed(cx: &mut Cx, from: Period) -> Result<(), Refused> {
    match period::find(&mut cx.tx, from).await?.map(|found| found.state) {
        Some(state) if state.is_closed() => Err(PERIOD_CLOSED.with(&[&from.label(), state.word()]).into()),
        _ => Ok(()),
    }
}

async fn store(cx: &mut Cx, rule: MappingRule, action: &str) -> Result<Done, Refused> {
    repo::insert(cx, &rule).await?;
    let label = rule.label();
    history::record(cx, Event::of(&NOUN, rule.id, &label, action), &Snapshot::none()).await?;
    let says = format!("Wrote {label} version {}: {}.", rule.rule_version, rule.conditions.words());
    Ok(Done::changed(format!("/money/mapping/{label}"), label, says).at_version(1))
}
