//! Where there is no ledger, bills stand as their own source: what they count in the month becomes one ledger line,
//! imported like any other, so that it is mapped, posted, traced and taken back like any other.

use access::route::Ready;
use access::{Cx, Done, Params, history};
use imports::{Choices, OnChanged, RunRequest, Settings};
use kernel::{Fault, Money, Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::edit::{require_open, tell};
use super::error::LEDGER_THERE;
use super::{NOUN, Reconciliation, repo, view};

/// Where the line is booked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandInput {
    /// Code of a cost account.
    pub account: String,
    /// Key of a cost centre, where the mapping asks for one.
    #[serde(default)]
    pub cost_centre: Option<String>,
}

/// Makes what a supplier's bills count in a month the ledger line they explain; after a later version once more,
/// so that the line follows. Refused where the ledger has lines of the supplier: a bill never adds to those.
pub async fn stand(cx: &mut Cx, params: &Params, input: StandInput) -> Result<Done, Refused> {
    let (period, before) = alone(cx, params).await?;
    let (standing, ..) = view::standing(cx, &before).await?;
    let bill = Money::of_minor(standing.bill, cx.organisation.currency);
    let report = imports::run(cx, request(&before, bill, &input)?, &mut |_| {}).await?;
    if let Some(reason) = report.reasons.first() {
        return Err(Refusal::field("account", reason.says.clone()).into());
    }
    let location = format!("/money/reconciliations/{period}/{}", before.supplier);
    let supplier = before.supplier.clone();
    let Some(batch) = report.batch else {
        let says = format!("{} of {supplier} stands for {} already.", bill.spoken(), period.label());
        return Ok(Done::unchanged(location, supplier, says).at_version(before.version));
    };
    let snapshot = history::snapshot(&mut cx.tx, &NOUN, &before.id.to_string()).await?;
    let (version, own_source) = (before.version + 1, Some(batch.clone()));
    let account = Some(input.account.trim().to_owned());
    let after = Reconciliation { version, own_source, account, ..before };
    repo::save(cx, &after).await?;
    tell(cx, &after, "stands as its own source", &snapshot).await?;
    let (amount, month) = (bill.spoken(), period.label());
    let says = format!(
        "The bill of {supplier} stands as its own source: {amount} of {month} is the ledger line of {batch}."
    );
    Ok(Done::changed(location, supplier, says).at_version(after.version).with(json!({ "batch": batch })))
}

/// Whether a bill can stand as its own source.
pub async fn may_stand(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    alone(cx, params).await?;
    Ok(Ready::Yes)
}

/// A reconciliation of an open month that the ledger has no lines for.
async fn alone(cx: &mut Cx, params: &Params) -> Result<(Period, Reconciliation), Refused> {
    let (period, of) = view::load(cx, params).await?;
    require_open(cx, period).await?;
    if let Some(ledger) = repo::beside(&mut cx.tx, &of, &document(&of)).await? {
        let ledger = Money::of_minor(ledger, cx.organisation.currency);
        return Err(LEDGER_THERE.with(&[&period.label(), &of.supplier, &ledger.spoken()]).into());
    }
    Ok((period, of))
}

/// The document of the line: the supplier's month, so that a later version of the bill changes it.
fn document(of: &Reconciliation) -> String {
    format!("bill of {} {}", of.supplier, of.period)
}

/// The import of one line.
fn request(of: &Reconciliation, bill: Money, input: &StandInput) -> Result<RunRequest, Fault> {
    let supplier = of.ledger_supplier.as_deref().unwrap_or(&of.supplier);
    let centre = input.cost_centre.as_deref().unwrap_or("").trim();
    let document = document(of);
    let text = format!("No ledger: the bill of {} stands as its own source", of.supplier);
    let (day, amount) = (of.period.last_day().to_string(), bill.plain());
    let cells = [&document, "1", &day, input.account.trim(), centre, supplier, &text, &amount];
    let quoted = |cells: &[&str]| {
        let cells: Vec<String> =
            cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        cells.join(",")
    };
    let bytes = format!("{}\n{}\n", quoted(&COLUMNS.map(|(name, _)| name)), quoted(&cells)).into_bytes();
    let settings: Settings = serde_json::from_value(json!({
        "encoding": "UTF-8", "delimiter": "comma", "quote": "double", "header_line": "1", "skip_totals": "no",
        "decimal_mark": "point", "thousands_mark": "none", "date_order": "Y-M-D", "sign": "as-written",
        "period": of.period.to_string(), "currency": bill.currency().code(), "control_total": amount,
        "columns": COLUMNS.iter().map(|(name, field)| (*name, *field)).collect::<std::collections::BTreeMap<_, _>>(),
    }))
    .map_err(|error| Fault::new("saying how a line is read", error))?;
    let choices = Choices { changed: OnChanged::Replace, ..Choices::default() };
    let file_name = format!("{document}.csv");
    Ok(RunRequest { kind: "gl".into(), file_name, bytes, settings, choices, ..RunRequest::default() })
}

/// Columns of the line, and what they mean.
const COLUMNS: [(&str, &str); 8] = [
    ("Document", "document"),
    ("Line", "document_line"),
    ("Posting date", "posted_on"),
    ("Account", "account"),
    ("Cost centre", "cost_centre"),
    ("Supplier", "supplier"),
    ("Text", "description"),
    ("Amount", "amount"),
];
