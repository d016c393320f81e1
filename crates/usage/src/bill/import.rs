//! Import a bill from its summary.

use std::collections::{BTreeMap, BTreeSet};

use access::{Cx, Done, Event, Params, Snapshot, history};
use finance::period::{self, Periods};
use finance::rate;
use kernel::{BillId, Fault, Money, MoneyError, Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::entity::{Bill, Read, State, Summary};
use super::error::{FILE_ELSEWHERE, REPLACED_BEFORE};
use super::read::read;
use super::repo::{self, Amounts};
use super::{NOUN, rules};
use crate::exact::Exact;
use crate::reconciliation;

/// What is asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillInput {
    /// The summary, as JSON; a form sends it as text.
    #[schemars(with = "Summary")]
    pub summary: Value,
}

/// The summary, whichever way it came; what is wrong with it is said at its field.
fn summary_of(input: BillInput) -> Result<Summary, Refusal> {
    let read = match input.summary.as_str() {
        Some(text) => serde_json::from_str(text),
        None => serde_json::from_value(input.summary),
    };
    read.map_err(|error| Refusal::field("summary", format!("It cannot be read: {error}.")))
}

/// Imports a bill. The same again changes nothing; a later version takes the place of the earlier, or where that
/// counts in a closed month, counts in the open one with what differs.
pub async fn import(cx: &mut Cx, _: &Params, input: BillInput) -> Result<Done, Refused> {
    let summary = summary_of(input)?;
    let read = read(&summary, &services(cx).await?)?;
    let periods = period::states(&mut cx.tx).await?;
    let landing = periods.landing(read.period)?;
    period::require_open(&mut cx.tx, landing.period).await?;
    let earlier = repo::of_month(&mut cx.tx, &read.supplier, read.period).await?;
    if let Some(same) =
        earlier.iter().find(|bill| bill.digest == read.digest && bill.state != State::Reverted)
    {
        return known(same, &earlier, &summary);
    }
    no_file_elsewhere(cx, &summary, &read).await?;
    let (counts, stands) = live(&earlier, &periods);
    let amounts = amounts(cx, &read, &stands).await?;
    let bill = Bill {
        id: BillId::new(cx.uuid()),
        version: 1,
        number: repo::next_number(&mut cx.tx).await?,
        supplier: read.supplier.clone(),
        belongs: read.period,
        lands: landing.period,
        edition: earlier.iter().map(|bill| bill.edition).max().unwrap_or(0) + 1,
        state: State::Live,
        digest: read.digest.clone(),
        replaced_by: None,
        reverted: None,
        reason: None,
    };
    for replaced in counts {
        replace(cx, replaced.clone(), bill.id).await?;
    }
    repo::insert(cx, &bill, &read, &summary, &amounts).await?;
    reconciliation::begin(cx, &bill.supplier, bill.lands, summary.ledger_supplier.as_deref()).await?;
    tell(cx, &bill, "imported", None, &Snapshot::none()).await?;
    Ok(done(cx, &bill, &summary, &amounts))
}

/// Keys that rules may lead to: services, and cost objects, which receive cost alike.
async fn services(cx: &mut Cx) -> Result<BTreeSet<String>, Fault> {
    let services = portfolio::service::all_keys(&mut cx.tx).await?.into_keys();
    let objects = finance::cost_object::all_keys(&mut cx.tx).await?;
    Ok(services.chain(objects).collect())
}

/// The answer to a bill that is there: nothing new where it counts, a refusal where another took its place.
fn known(same: &Bill, all: &[Bill], summary: &Summary) -> Result<Done, Refused> {
    if let Some(by) = same.replaced_by {
        let by = all.iter().find(|bill| bill.id == by).map_or_else(|| "a later one".to_owned(), Bill::label);
        return Err(REPLACED_BEFORE.with(&[&same.label(), &by]).into());
    }
    let files = match summary.files.len() {
        1 => "1 file".to_owned(),
        files => format!("{files} files"),
    };
    let says = format!("This is {} again: {files}, 0 new. Nothing written.", same.label());
    let location = format!("/money/bills/{}", same.label());
    let body = json!({ "bill": same.label(), "new": 0, "known": summary.files.len() });
    Ok(Done::unchanged(location, same.label(), says).at_version(same.version).with(body))
}

/// Refuses a file that another supplier's bill of the month counts already.
async fn no_file_elsewhere(cx: &mut Cx, summary: &Summary, read: &Read) -> Result<(), Refused> {
    for file in &summary.files {
        let other = repo::file_elsewhere(&mut cx.tx, &file.sha256, &read.supplier, read.period).await?;
        if let Some((number, supplier)) = other {
            return Err(FILE_ELSEWHERE.with(&[&file.name, &super::label(number), &supplier]).into());
        }
    }
    Ok(())
}

/// Earlier versions that count: those that can be replaced, and those that stand in closed months.
fn live<'b>(earlier: &'b [Bill], periods: &Periods) -> (Vec<&'b Bill>, Vec<&'b Bill>) {
    let open = |bill: &&Bill| periods.0.get(&bill.lands).is_some_and(|state| state.takes_facts());
    earlier.iter().filter(|bill| bill.state == State::Live).partition(open)
}

/// The bill in the reporting currency, and what of it counts beside what `stands` already.
async fn amounts(cx: &mut Cx, read: &Read, stands: &[&Bill]) -> Result<Amounts, Refused> {
    let base = cx.organisation.currency;
    let rate = match read.currency == base {
        true => None,
        false => Some(average(cx, read, read.period).await?),
    };
    let own = |total: &Exact| -> Result<i64, Fault> {
        let minor = total.minor(read.currency.digits()).ok_or_else(too_large)?;
        let money = Money::of_minor(minor, read.currency);
        let money = rate.as_ref().map_or(Ok(money), |rate| rate.convert(money));
        money.map(|money| money.minor()).map_err(|error: MoneyError| Fault::new("converting a bill", error))
    };
    let amount = own(&read.total)?;
    let parts = rules::amounts(read, amount, own)?;
    let services: BTreeMap<String, i64> =
        read.sums.iter().map(|sum| sum.service.clone()).zip(parts).collect();
    let ids: Vec<BillId> = stands.iter().map(|bill| bill.id).collect();
    let mut counted = services.clone();
    for (service, before) in repo::counted_by(&mut cx.tx, &ids).await? {
        *counted.entry(service).or_default() -= before;
    }
    Ok(Amounts {
        invoiced: read.total.minor(read.currency.digits()).ok_or_else(too_large)?,
        amount,
        rate: rate.map(|rate| (rate.shown().to_string(), rate.says())),
        services,
        counted,
    })
}

fn too_large() -> Fault {
    Fault::because("a bill passes 64 bits of minor units")
}

async fn average(cx: &mut Cx, read: &Read, period: Period) -> Result<rate::Applied, Refused> {
    let base = cx.organisation.currency;
    let rate = rate::average(&mut cx.tx, read.currency, base, period).await?;
    Ok(rate.ok_or_else(|| rate::error::MISSING.with(&[read.currency.code(), &period.to_string()]))?)
}

async fn replace(cx: &mut Cx, mut replaced: Bill, by: BillId) -> Result<(), Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &replaced.id.to_string()).await?;
    (replaced.state, replaced.replaced_by) = (State::Replaced, Some(by));
    repo::update(cx, &mut replaced).await?;
    tell(cx, &replaced, "replaced", None, &before).await
}

/// Tells the history.
pub(super) async fn tell(
    cx: &mut Cx,
    bill: &Bill,
    action: &str,
    why: Option<&str>,
    before: &Snapshot,
) -> Result<(), Refused> {
    let (id, key) = (bill.id.to_string(), bill.label());
    let event = Event { noun: &NOUN, id, key, action, why, customer: None };
    Ok(history::record(cx, event, before).await?)
}

fn done(cx: &Cx, bill: &Bill, summary: &Summary, amounts: &Amounts) -> Done {
    let money = |minor| Money::of_minor(minor, cx.organisation.currency);
    let counted: i64 = amounts.counted.values().sum();
    let refused: i64 = summary.refused.iter().map(|refused| refused.rows).sum();
    let body = json!({
        "bill": bill.label(), "new": summary.files.len(), "known": 0, "rows": summary.rows, "refused": refused,
        "amount": money(amounts.amount), "counted": money(counted), "counts_in": bill.lands.to_string(),
    });
    let version = if bill.edition == 1 { String::new() } else { format!("version {} of ", bill.edition) };
    let (label, supplier, month) = (bill.label(), &bill.supplier, bill.belongs.label());
    let (amount, rows) = (money(amounts.amount).spoken(), summary.rows);
    let mut says = format!(
        "Imported {label}, {version}the bill of {supplier} for {month}: {amount} in {}.",
        rows_of(rows)
    );
    if bill.lands != bill.belongs {
        let (differs, open) = (money(counted).spoken(), bill.lands.label());
        says.push_str(&format!(" {month} is closed: what differs, {differs}, counts in {open}."));
    }
    if refused > 0 {
        let verb = if refused == 1 { "does" } else { "do" };
        says.push_str(&format!(" {} {verb} not count.", rows_of(refused)));
    }
    Done::changed(format!("/money/bills/{label}"), label, says).at_version(bill.version).with(body)
}

fn rows_of(rows: i64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}
