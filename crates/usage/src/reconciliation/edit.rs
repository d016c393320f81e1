//! Begin a reconciliation with a bill; say which ledger lines it is about, tax, credits and accrual.

use access::route::Ready;
use access::{Cx, Done, Event, Params, Snapshot, history};
use finance::period::{self, PeriodState};
use kernel::{Currency, FieldError, Money, Period, ReconciliationId, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::CLOSED;
use super::{NOUN, Reconciliation, repo, view};
use crate::input::{all_fine, name_wrong};

/// Makes sure that a month's bill of a supplier is reconciled: with the lines that its newest one names, else with
/// those whose supplier is `ledger_supplier`, or the supplier's own key.
pub(crate) async fn begin(
    cx: &mut Cx,
    supplier: &str,
    period: Period,
    ledger_supplier: Option<&str>,
) -> Result<(), Refused> {
    if repo::find(&mut cx.tx, period, supplier).await?.is_some() {
        return Ok(());
    }
    let earlier = repo::newest(&mut cx.tx, supplier).await?;
    let named = ledger_supplier.map(str::trim).filter(|named| !named.is_empty());
    let base = Reconciliation {
        id: ReconciliationId::new(cx.uuid()),
        version: 1,
        supplier: supplier.to_owned(),
        period,
        ledger_supplier: Some(named.unwrap_or(supplier).to_owned()),
        account: None,
        cost_centre: None,
        tax: 0,
        credits: 0,
        accrual: 0,
        note: None,
        own_source: None,
    };
    let new = match earlier.filter(|_| named.is_none()) {
        None => base,
        Some(Reconciliation { ledger_supplier, account, cost_centre, .. }) => {
            Reconciliation { ledger_supplier, account, cost_centre, ..base }
        }
    };
    repo::save(cx, &new).await?;
    tell(cx, &new, "begun", &Snapshot::none()).await
}

/// What may change; what is left out stays, and what is empty is taken away.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReconciliationChange {
    /// The supplier as the ledger lines write it.
    #[serde(default)]
    pub ledger_supplier: Option<String>,
    /// The lines' account.
    #[serde(default)]
    pub account: Option<String>,
    /// The lines' cost centre.
    #[serde(default)]
    pub cost_centre: Option<String>,
    /// Tax in the ledger's lines that the bill leaves out: `190.00`.
    #[serde(default)]
    pub tax: Option<String>,
    /// Credits that the bill leaves out: `-5.00`.
    #[serde(default)]
    pub credits: Option<String>,
    /// Accrual or prepayment movement: what the ledger booked for another month, or did not book yet.
    #[serde(default)]
    pub accrual: Option<String>,
    /// What the unexplained rest is.
    #[serde(default)]
    pub note: Option<String>,
}

/// Changes a reconciliation; unchanged if every answer is what it was.
pub async fn edit(cx: &mut Cx, params: &Params, input: ReconciliationChange) -> Result<Done, Refused> {
    let (period, before) = view::load(cx, params).await?;
    cx.require_version(before.version)?;
    require_open(cx, period).await?;
    let mut after = changed(&before, &input, cx.organisation.currency)?;
    let (supplier, location) =
        (after.supplier.clone(), format!("/money/reconciliations/{period}/{}", after.supplier));
    if after == before {
        let says = format!("{supplier} of {} is reconciled so already.", period.label());
        return Ok(Done::unchanged(location, supplier, says).at_version(after.version));
    }
    let snapshot = history::snapshot(&mut cx.tx, &NOUN, &after.id.to_string()).await?;
    after.version += 1;
    repo::save(cx, &after).await?;
    tell(cx, &after, "changed", &snapshot).await?;
    let left = Money::of_minor(view::standing(cx, &after).await?.0.unexplained, cx.organisation.currency);
    let says = format!("{supplier} of {}: {} is unexplained.", period.label(), left.spoken());
    Ok(Done::changed(location, supplier, says).at_version(after.version))
}

/// Whether it can be changed.
pub async fn may_edit(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let (period, _) = view::load(cx, params).await?;
    require_open(cx, period).await?;
    Ok(Ready::Yes)
}

/// Refuses where the month takes no facts any more.
pub(super) async fn require_open(cx: &mut Cx, period: Period) -> Result<(), Refused> {
    let state = period::find(&mut cx.tx, period).await?.map_or(PeriodState::Future, |found| found.state);
    match state.takes_facts() {
        true => Ok(()),
        false => Err(CLOSED.with(&[&period.label(), state.word()]).into()),
    }
}

fn changed(
    before: &Reconciliation,
    input: &ReconciliationChange,
    currency: Currency,
) -> Result<Reconciliation, Refusal> {
    let mut wrong = Vec::new();
    let mut after = before.clone();
    for (field, at, answer) in [
        ("ledger_supplier", &mut after.ledger_supplier, &input.ledger_supplier),
        ("account", &mut after.account, &input.account),
        ("cost_centre", &mut after.cost_centre, &input.cost_centre),
        ("note", &mut after.note, &input.note),
    ] {
        let Some(answer) = answer.as_deref().map(str::trim) else { continue };
        if answer.chars().count() > 200 {
            name_wrong(&mut wrong, field, "At most 200 characters.");
        }
        *at = Some(answer.to_owned()).filter(|answer| !answer.is_empty());
    }
    for (field, at, answer) in [
        ("tax", &mut after.tax, &input.tax),
        ("credits", &mut after.credits, &input.credits),
        ("accrual", &mut after.accrual, &input.accrual),
    ] {
        let Some(answer) = answer.as_deref().map(str::trim) else { continue };
        *at = amount(field, answer, currency, &mut wrong);
    }
    if after.ledger_supplier.is_none() && after.account.is_none() && after.cost_centre.is_none() {
        let says = "Name the ledger lines by supplier, account or cost centre: by one of them at least.";
        name_wrong(&mut wrong, "ledger_supplier", says);
    }
    all_fine(wrong)?;
    Ok(after)
}

fn amount(field: &str, answer: &str, currency: Currency, wrong: &mut Vec<FieldError>) -> i64 {
    if answer.is_empty() {
        return 0;
    }
    match Money::parse(answer, currency) {
        Ok(money) => money.minor(),
        Err(error) => {
            name_wrong(wrong, field, format!("{error}; write it as -1234.00."));
            0
        }
    }
}

/// Tells the history.
pub(super) async fn tell(
    cx: &mut Cx,
    of: &Reconciliation,
    action: &str,
    before: &Snapshot,
) -> Result<(), Refused> {
    let key = format!("{} {}", of.period, of.supplier);
    let event = Event { noun: &NOUN, id: of.id.to_string(), key, action, why: None, customer: None };
    Ok(history::record(cx, event, before).await?)
}
