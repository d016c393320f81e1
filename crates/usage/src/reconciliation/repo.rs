//! The only SQL of reconciliations.

use access::Cx;
use db::{Row, Tx};
use kernel::{Currency, Fault, Period};

use super::Reconciliation;

/// The reconciliation of a supplier's month, if there is one; locked.
pub(super) async fn find(
    tx: &mut Tx,
    period: Period,
    supplier: &str,
) -> Result<Option<Reconciliation>, Fault> {
    let sql = "select * from usage_reconciliations where period = $1 and supplier = $2 for update";
    tx.query(sql).bind(period).bind(supplier).row().await?.as_ref().map(read).transpose()
}

/// The newest of a supplier: the lines it names are named again.
pub(super) async fn newest(tx: &mut Tx, supplier: &str) -> Result<Option<Reconciliation>, Fault> {
    let sql = "select * from usage_reconciliations where supplier = $1 order by period desc limit 1";
    tx.query(sql).bind(supplier).row().await?.as_ref().map(read).transpose()
}

/// What the ledger lines it names come to besides those of `document`; none where there are no others.
pub(super) async fn beside(tx: &mut Tx, of: &Reconciliation, document: &str) -> Result<Option<i64>, Fault> {
    let sql = "select cast(sum(l.amount) as bigint) as amount from usage_explained_lines e \
               join finance_lines l on l.id = e.line_id where e.period = $1 and e.supplier = $2 \
               and coalesce(l.document, '') <> $3";
    let row = tx.query(sql).bind(of.period).bind(of.supplier.as_str()).bind(document).row().await?;
    row.map_or(Ok(None), |row| row.get("amount"))
}

/// All whose month has bills that count.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Reconciliation>, Fault> {
    let sql = "select r.* from usage_reconciliations r where exists (select 1 from usage_bills b \
               where b.supplier = r.supplier and b.lands = r.period and b.state = 'live') \
               order by r.period desc, r.supplier";
    tx.query(sql).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Reconciliation, Fault> {
    Ok(Reconciliation {
        id: row.get("id")?,
        version: row.get("version")?,
        supplier: row.get("supplier")?,
        period: row.get("period")?,
        ledger_supplier: row.get("ledger_supplier")?,
        account: row.get("account")?,
        cost_centre: row.get("cost_centre")?,
        tax: row.get("tax")?,
        credits: row.get("credits")?,
        accrual: row.get("accrual")?,
        note: row.get("note")?,
        own_source: row.get("own_source")?,
    })
}

/// Stores a reconciliation, new or changed, under its version.
pub(super) async fn save(cx: &mut Cx, of: &Reconciliation) -> Result<(), Fault> {
    let sql = "insert into usage_reconciliations (id, version, supplier, period, ledger_supplier, account, cost_centre, \
               tax, credits, accrual, note, own_source) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
               on conflict (id) do update set version = excluded.version, ledger_supplier = excluded.ledger_supplier, \
               account = excluded.account, cost_centre = excluded.cost_centre, tax = excluded.tax, \
               credits = excluded.credits, accrual = excluded.accrual, note = excluded.note, \
               own_source = excluded.own_source";
    let query = cx.tx.query(sql).bind(of.id).bind(of.version).bind(of.supplier.as_str()).bind(of.period);
    let query = query.bind(of.ledger_supplier.as_deref()).bind(of.account.as_deref());
    let query = query.bind(of.cost_centre.as_deref()).bind(of.tax).bind(of.credits).bind(of.accrual);
    query.bind(of.note.as_deref()).bind(of.own_source.as_deref()).execute().await?;
    Ok(())
}

/// Explained ledger lines of one original currency: how many, what they were, what the ledger made of them.
pub(super) struct Booked {
    pub currency: Currency,
    pub lines: i64,
    pub original: i64,
    pub amount: i64,
}

/// The ledger lines that a supplier's bills explain in a month.
pub(super) async fn booked(tx: &mut Tx, period: Period, supplier: &str) -> Result<Vec<Booked>, Fault> {
    let sql = "select l.original_currency, cast(count(*) as bigint) as n, cast(sum(l.original) as bigint) as original, \
               cast(sum(l.amount) as bigint) as amount from usage_explained_lines e \
               join finance_lines l on l.id = e.line_id where e.period = $1 and e.supplier = $2 \
               group by l.original_currency order by l.original_currency";
    let rows = tx.query(sql).bind(period).bind(supplier).rows().await?;
    let read = |row: &Row| {
        Ok(Booked {
            currency: row.get("original_currency")?,
            lines: row.get("n")?,
            original: row.get("original")?,
            amount: row.get("amount")?,
        })
    };
    rows.iter().map(read).collect()
}
