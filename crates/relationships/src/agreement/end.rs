//! End an agreement: its last day, with the notice agreed on.

use access::{Action, Cx, Done, Event, Params, history};
use chrono::{Days, NaiveDate};
use kernel::typed::day_label;
use kernel::{Fault, Refused};
use portfolio::answers::Answers;
use portfolio::{closed, offering};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::{NOTICE, OUTSIDE, OVERLAPS};
use super::{Agreement, NOUN, repo};
use crate::customer;

/// When it ends.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementEnd {
    /// Its last day.
    pub to_day: String,
    /// Why both sides agree to less than the notice.
    #[serde(default)]
    pub why: Option<String>,
}

/// Ends an agreement.
pub async fn end(cx: &mut Cx, params: &Params, input: AgreementEnd) -> Result<Done, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let mut agreement = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    cx.require_customer(Action::ConfirmOrder, agreement.customer)?;
    cx.require_version(agreement.version)?;
    let mut answers = Answers::new();
    let to = answers.needed_day("to_day", &input.to_day);
    let why = answers.words("why", input.why.as_deref(), 500);
    answers.fine()?;
    let location = format!("/agreements/{}", agreement.number);
    if agreement.to == Some(to) {
        let says = format!("{} ends on {} already.", agreement.number, day_label(to));
        return Ok(Done::unchanged(location, agreement.number, says).at_version(agreement.version));
    }
    if to < agreement.from {
        return Err(OUTSIDE.with(&[&agreement.number, &day_label(to)]).into());
    }
    let earliest = cx.today().checked_add_days(Days::new(u64::from(agreement.notice_days)));
    let earliest = earliest.ok_or_else(|| Fault::because("days of notice lead beyond the calendar"))?;
    if to < earliest && why.is_none() {
        let (notice, day) = (in_words(agreement.notice_days), day_label(earliest));
        return Err(NOTICE.with(&[&agreement.number, &notice, &day]).into());
    }
    require_alone(cx, &agreement, to).await?;
    require_uncharged(cx, &agreement, to).await?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &agreement.id.to_string()).await?;
    agreement.to = Some(to);
    repo::update(cx, &mut agreement).await?;
    let event = Event {
        noun: &NOUN,
        id: agreement.id.to_string(),
        key: agreement.number.clone(),
        action: "ended",
        why: why.as_deref(),
        customer: Some(agreement.customer),
    };
    history::record(cx, event, &before).await?;
    let says = format!("{} ends on {}.", agreement.number, day_label(to));
    Ok(Done::changed(location, agreement.number, says).at_version(agreement.version))
}

/// A notice as the refusal says it: `1 day's`, `30 days'`.
fn in_words(days: u32) -> String {
    if days == 1 { "1 day's".to_owned() } else { format!("{days} days'") }
}

/// Refuses another last day that would change what was charged in a closed month.
pub(super) async fn require_uncharged(cx: &mut Cx, known: &Agreement, to: NaiveDate) -> Result<(), Refused> {
    let first_changed = known.to.map_or(to, |known| known.min(to)).succ_opt();
    let first_changed = first_changed.ok_or_else(|| Fault::because("the last day is the last of all"))?;
    let what = format!("{} to end on {}", known.number, day_label(to));
    closed::require_open(&mut cx.tx, &what, first_changed).await
}

/// Refuses a last day that reaches into another agreement on the same offering.
async fn require_alone(cx: &mut Cx, known: &Agreement, to: NaiveDate) -> Result<(), Refused> {
    let (who, what, own) = (known.customer, known.offering, Some(known.id));
    let other = repo::overlapping(&mut cx.tx, who, what, known.from, Some(to), own).await?;
    let Some(other) = other else { return Ok(()) };
    let scope = cx.scope(Action::ReadCustomers);
    let customer = customer::find(&mut cx.tx, &scope, who).await?.map(|customer| customer.key);
    let offering = offering::find(&mut cx.tx, what).await?.map(|offering| offering.key);
    let (customer, offering) = (customer.unwrap_or_default(), offering.unwrap_or_default());
    Err(OVERLAPS.with(&[&customer, &offering, &other.number]).into())
}
