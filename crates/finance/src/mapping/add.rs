//! Write a mapping rule, or a new version of one.

use access::input::{YES_NO, or_none};
use access::route::Ready;
use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{Fault, FieldError, Period, Refusal, Refused, RuleId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{RawConditions, read_conditions};
use super::error::{NO_CONDITION, PERIOD_CLOSED, VERSION_OPEN};
use super::{Conditions, MappingRule, NOUN, RuleState, repo};
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
    #[schemars(extend("enum" = or_none(YES_NO.into_iter().chain([""]))))]
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
    let mut rule = read(cx, &input, Ending::No).await?;
    rule.number = repo::next_number(&mut cx.tx).await?;
    store(cx, rule, "added").await
}

/// Writes the next version of a rule as a draft; the one in force holds until it is approved.
pub async fn revise(cx: &mut Cx, params: &Params, input: MappingInput) -> Result<Done, Refused> {
    let newest = revisable(cx, params).await?;
    let rule = read(cx, &input, Ending::Maybe).await?;
    let rule = MappingRule { number: newest.number, rule_version: newest.rule_version + 1, ..rule };
    store(cx, rule, "revised").await
}

/// Whether the next version of a rule can be written.
pub async fn may_revise(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    revisable(cx, params).await?;
    Ok(Ready::Yes)
}

/// The newest version, where none is on its way.
async fn revisable(cx: &mut Cx, params: &Params) -> Result<MappingRule, Refused> {
    let newest = repo::load(&mut cx.tx, params.get("number")).await?;
    if newest.state != RuleState::Approved {
        return Err(VERSION_OPEN.with(&[&newest.label(), newest.state.word()]).into());
    }
    Ok(newest)
}

/// Whether a version without a pool is one: it ends the rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    No,
    Maybe,
}

async fn read(cx: &mut Cx, input: &MappingInput, ending: Ending) -> Result<MappingRule, Refused> {
    let mut wrong = Vec::new();
    let effective_from = read_period("effective_from", &input.effective_from, &mut wrong);
    let priority = read_priority(input.priority.as_deref(), &mut wrong);
    let pool = optional(input.pool.as_deref());
    if let Some(key) = &pool {
        if pool::find(&mut cx.tx, key).await?.is_none() {
            name_wrong(&mut wrong, "pool", format!("There is no cost pool “{key}”."));
        }
    } else if ending == Ending::No {
        name_wrong(&mut wrong, "pool", "Choose the cost pool the lines belong to.");
    }
    let raw = RawConditions {
        account: input.account.as_deref(),
        cost_centre: input.cost_centre.as_deref(),
        cost_element: input.cost_element.as_deref(),
        supplier: input.supplier.as_deref(),
        text_prefix: input.text_prefix.as_deref(),
        service_present: input.service_present.as_deref(),
    };
    let conditions = read_conditions(&raw, &mut wrong);
    let from = fine(cx, effective_from, &conditions, wrong).await?;
    Ok(MappingRule {
        id: RuleId::new(cx.uuid()),
        version: 1,
        number: 0,
        rule_version: 1,
        state: RuleState::Draft,
        priority,
        conditions,
        pool,
        effective_from: from,
        author: cx.person(),
        approved_by: None,
    })
}

fn read_priority(text: Option<&str>, wrong: &mut Vec<FieldError>) -> i64 {
    match optional(text).map(|text| text.parse::<i64>()) {
        None => USUAL_PRIORITY,
        Some(Ok(priority)) => priority,
        Some(Err(_)) => {
            name_wrong(wrong, "priority", "Enter a whole number; lower comes first.");
            USUAL_PRIORITY
        }
    }
}

/// The first month, where every answer is fine: what rules have against them is told with what is wrong.
async fn fine(
    cx: &mut Cx,
    from: Option<Period>,
    conditions: &Conditions,
    mut wrong: Vec<FieldError>,
) -> Result<Period, Refused> {
    let closed = match from {
        Some(from) => closed(cx, from).await?,
        None => None,
    };
    match (closed, conditions.is_empty()) {
        (None, true) => return Err(NO_CONDITION.plain().beside("account", wrong).into()),
        (Some(closed), none) => {
            if none {
                name_wrong(&mut wrong, "account", NO_CONDITION.says);
            }
            return Err(closed.beside("effective_from", wrong).into());
        }
        (None, false) => all_fine(wrong)?,
    }
    Ok(from.ok_or_else(Refusal::not_found)?)
}

/// Why no rule begins at `from`: that month is closed.
pub(super) async fn closed(cx: &mut Cx, from: Period) -> Result<Option<Refusal>, Fault> {
    let state = period::find(&mut cx.tx, from).await?.map(|found| found.state);
    let closed = state.filter(|state| state.is_closed());
    Ok(closed.map(|state| PERIOD_CLOSED.with(&[&from.label(), state.word()])))
}

async fn store(cx: &mut Cx, rule: MappingRule, action: &str) -> Result<Done, Refused> {
    repo::insert(cx, &rule).await?;
    let label = rule.label();
    history::record(cx, Event::of(&NOUN, rule.id, &label, action), &Snapshot::none()).await?;
    let says = format!("Wrote {label} version {}: {}.", rule.rule_version, rule.conditions.words());
    Ok(Done::changed(format!("/money/mapping/{label}"), label, says).at_version(1))
}
