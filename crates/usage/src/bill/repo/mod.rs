//! The only SQL of bills but lists: here their storage, in `counts` what counts in a month.

mod counts;

pub(crate) use counts::{Counted, counted, live_in};
pub use counts::{Explained, explained};

use std::collections::BTreeMap;

use access::Cx;
use db::{Bind, Query, Row, Tx};
use kernel::{BillId, Fault, Period, PersonId, Refusal, Refused};
use serde_json::json;

use super::entity::{Bill, Read, State, Summary};
use super::label;

/// A bill's amounts in minor units.
pub(super) struct Amounts {
    /// In its own currency.
    pub invoiced: i64,
    /// In the reporting currency, as the rest.
    pub amount: i64,
    /// The rate, and which way round it is with who says so.
    pub rate: Option<(String, String)>,
    /// By service.
    pub services: BTreeMap<String, i64>,
    /// What of it counts in the month it lands in; of services too that only an earlier version had.
    pub counted: BTreeMap<String, i64>,
}

/// The bill of that label, locked.
pub(super) async fn load(tx: &mut Tx, named: &str) -> Result<Bill, Refused> {
    let number: Option<i64> = named.strip_prefix("BILL-").and_then(|number| number.parse().ok());
    let number = number.filter(|number| label(*number) == named).ok_or_else(Refusal::not_found)?;
    let row = tx.query("select * from usage_bills where number = $1 for update").bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// Every version of a supplier's bill of a month, newest first, locked.
pub(super) async fn of_month(tx: &mut Tx, supplier: &str, belongs: Period) -> Result<Vec<Bill>, Fault> {
    let sql =
        "select * from usage_bills where supplier = $1 and belongs = $2 order by edition desc for update";
    tx.query(sql).bind(supplier).bind(belongs).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Bill, Fault> {
    let word: String = row.get("state")?;
    let reverted: (Option<PersonId>, Option<String>) = (row.get("reverted_by")?, row.get("reverted_at")?);
    Ok(Bill {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        supplier: row.get("supplier")?,
        belongs: row.get("belongs")?,
        lands: row.get("lands")?,
        edition: row.get("edition")?,
        state: State::parse(&word).ok_or_else(|| Fault::because(format!("no state of a bill: {word}")))?,
        digest: row.get("digest")?,
        replaced_by: row.get("replaced_by")?,
        reverted: reverted.0.zip(reverted.1),
        reason: row.get("reason")?,
    })
}

/// The bill of another supplier that counts the file of that digest for the month: its number and supplier.
pub(super) async fn file_elsewhere(
    tx: &mut Tx,
    digest: &str,
    supplier: &str,
    belongs: Period,
) -> Result<Option<(i64, String)>, Fault> {
    let sql = "select b.number, b.supplier from usage_bill_files f join usage_bills b on b.id = f.bill_id \
               where f.digest = $1 and b.belongs = $2 and b.supplier <> $3 and b.state = 'live' \
               order by b.number limit 1";
    let row = tx.query(sql).bind(digest).bind(belongs).bind(supplier).row().await?;
    row.map(|row| Ok((row.get("number")?, row.get("supplier")?))).transpose()
}

/// What the bills count together, by service.
pub(super) async fn counted_by(tx: &mut Tx, bills: &[BillId]) -> Result<BTreeMap<String, i64>, Fault> {
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for bill in bills {
        let sql = "select service, counted from usage_bill_services where bill_id = $1";
        for row in tx.query(sql).bind(*bill).rows().await? {
            *counted.entry(row.get("service")?).or_default() += row.get::<i64>("counted")?;
        }
    }
    Ok(counted)
}

/// The next running number; the row is locked until the transaction ends, so there are no gaps.
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let sql = "update usage_counter set last = last + 1 where id = 1 returning last";
    let row = tx.query(sql).row().await?;
    row.ok_or_else(|| Fault::because("bills have no counter"))?.get("last")
}

/// Stores a new bill with its files and services.
pub(super) async fn insert(
    cx: &mut Cx,
    bill: &Bill,
    read: &Read,
    summary: &Summary,
    amounts: &Amounts,
) -> Result<(), Fault> {
    let values = values(cx, bill, read, summary, amounts);
    let blanks: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "insert into usage_bills (id, version, number, supplier, belongs, lands, edition, state, basis, unmatched, \
         rows_read, first_day, last_day, total, currency, invoiced, amount, rate, rate_source, counted, columns_found, \
         refused, rules, rules_digest, digest, imported_by, imported_at) values ({})",
        blanks.join(", ")
    );
    values.into_iter().fold(cx.tx.query(&sql), Query::bind).execute().await?;
    let files = summary.files.iter().zip(1_i64..).map(|(file, line)| {
        let (name, digest) = (file.name.as_str(), file.sha256.as_str());
        vec![bill.id.into(), line.into(), name.into(), digest.into(), file.rows.into()]
    });
    let into = "insert into usage_bill_files (bill_id, line, name, digest, rows_read)";
    cx.tx.insert_many(into, files.collect()).await?;
    let services = amounts.counted.iter().map(|(service, counted)| {
        let sum = read.sums.iter().find(|sum| sum.service == *service);
        vec![
            bill.id.into(),
            service.as_str().into(),
            sum.map_or_else(|| "0.00".to_owned(), |sum| sum.total.to_string()).into(),
            sum.map_or(0, |sum| sum.rows).into(),
            amounts.services.get(service).copied().unwrap_or(0).into(),
            (*counted).into(),
        ]
    });
    let into = "insert into usage_bill_services (bill_id, service, total, rows_read, amount, counted)";
    cx.tx.insert_many(into, services.collect()).await?;
    Ok(())
}

fn values(cx: &Cx, bill: &Bill, read: &Read, summary: &Summary, amounts: &Amounts) -> Vec<Bind> {
    let rate = amounts.rate.as_ref();
    let counted: i64 = amounts.counted.values().sum();
    vec![
        bill.id.into(),
        bill.version.into(),
        bill.number.into(),
        bill.supplier.as_str().into(),
        bill.belongs.into(),
        bill.lands.into(),
        bill.edition.into(),
        bill.state.word().into(),
        summary.basis.as_str().into(),
        summary.unmatched.as_str().into(),
        summary.rows.into(),
        summary.first_day.as_str().into(),
        summary.last_day.as_str().into(),
        read.total.to_string().into(),
        read.currency.code().into(),
        amounts.invoiced.into(),
        amounts.amount.into(),
        rate.map(|rate| rate.0.clone()).into(),
        rate.map(|rate| rate.1.clone()).into(),
        counted.into(),
        json!(summary.columns).to_string().into(),
        json!(summary.refused).to_string().into(),
        json!(summary.rules).to_string().into(),
        read.rules_digest.as_str().into(),
        bill.digest.as_str().into(),
        cx.person().into(),
        cx.stamp().into(),
    ]
}

/// Stores what may change of a bill, under its next version.
pub(super) async fn update(cx: &mut Cx, bill: &mut Bill) -> Result<(), Fault> {
    bill.version += 1;
    let sql = "update usage_bills set version = $2, state = $3, replaced_by = $4, reverted_by = $5, reverted_at = $6, \
               reason = $7 where id = $1";
    let query =
        cx.tx.query(sql).bind(bill.id).bind(bill.version).bind(bill.state.word()).bind(bill.replaced_by);
    let query = query.bind(bill.reverted.as_ref().map(|(by, _)| *by));
    let query = query.bind(bill.reverted.as_ref().map(|(_, at)| at.clone())).bind(bill.reason.clone());
    query.execute().await?;
    Ok(())
}
