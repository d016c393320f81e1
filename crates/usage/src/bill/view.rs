//! What pages, API and command line read of bills.

use access::{Action, Cx, Params, View};
use db::{Bind, ListQuery, Row, Tx, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Currency, Fault, Money, Period, Refusal, Refused};
use serde_json::{Value, json};

use super::entity::{BASES, State};
use super::{label, repo};

/// Bills, newest first: every version.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "bill",
        caption: "Bills".into(),
        columns: vec![
            Column::new("number", "Bill", Kind::Code).linked("/money/bills/{number}"),
            Column::new("supplier", "Supplier", Kind::Code)
                .linked("/money/reconciliations/{counts_in}/{supplier}"),
            Column::new("period", "Month", Kind::Period),
            Column::new("edition", "Version", Kind::Count),
            Column::new("counts_in", "Counts in", Kind::Period),
            Column::new("state", "State", Kind::State).of(State::ALL.map(State::word)),
            Column::new("basis", "Cost", Kind::State).of(BASES),
            Column::new("rows_read", "Rows", Kind::Count),
            Column::new("amount", "Amount", Kind::Money),
            Column::new("counted", "Counted", Kind::Money).summed(),
            Column::new("total", "Exact", Kind::Text).hidden(),
            Column::new("currency", "Currency", Kind::Code).hidden(),
            Column::new("rate", "Rate", Kind::Decimal).hidden(),
            Column::new("first_day", "First day", Kind::Date).hidden(),
            Column::new("last_day", "Last day", Kind::Date).hidden(),
            Column::new("imported_at", "Imported", Kind::Time).hidden(),
            Column::new("digest", "Digest", Kind::Code).hidden(),
        ],
        sql: "select 'BILL-' || cast(b.number as text) as number, b.supplier, b.belongs as period, b.edition, \
              b.lands as counts_in, b.state, b.basis, b.rows_read, b.amount, \
              case when b.state = 'live' then b.counted end as counted, b.total, b.currency, b.rate, b.first_day, \
              b.last_day, b.imported_at, b.digest, b.number as ordinal from usage_bills b"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "period desc, supplier, ordinal desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// What a bill sums to by service; what no rule matched stands without one.
pub async fn services(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let bill = repo::load(&mut cx.tx, params.get("number")).await?;
    let list = ListQuery {
        name: "bill-service",
        caption: format!("{} by service", bill.label()),
        columns: vec![
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("total", "Exact", Kind::Text),
            Column::new("rows_read", "Rows", Kind::Count).summed(),
            Column::new("amount", "Amount", Kind::Money).summed(),
            Column::new("counted", "Counted", Kind::Money).summed(),
        ],
        sql: "select nullif(service, '') as service, total, rows_read, amount, counted from usage_bill_services \
              where bill_id = $1"
            .into(),
        binds: vec![Bind::from(bill.id)],
        currency: cx.organisation.currency,
        order: "amount desc, service nulls last",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One bill: what it was read from, by which rules, and what it sums to.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let named = params.get("number");
    let bill = repo::load(&mut cx.tx, named).await?;
    let sql = "select b.*, p.name as imported_by_name, \
               (select n.number from usage_bills n where n.id = b.replaced_by) as replacement \
               from usage_bills b left join access_people p on p.id = b.imported_by where b.id = $1";
    let row = cx.tx.query(sql).bind(bill.id).row().await?.ok_or_else(Refusal::not_found)?;
    let base = cx.organisation.currency;
    let mut told = head(&row, base)?;
    told["files"] = json!(files(&mut cx.tx, &row.get::<String>("id")?).await?);
    let sql = "select service, total, rows_read, amount, counted from usage_bill_services where bill_id = $1 \
               order by amount desc, service";
    let rows = cx.tx.query(sql).bind(bill.id).rows().await?;
    let services = rows.iter().map(|row| service(row, base)).collect::<Result<Vec<Value>, Fault>>()?;
    told["services"] = json!(services);
    Ok(View::Record(told))
}

fn head(row: &Row, base: Currency) -> Result<Value, Fault> {
    let text = |column: &str| row.get::<Option<String>>(column);
    let period = |column: &str| Ok::<String, Fault>(row.get::<Period>(column)?.to_string());
    let currency: Currency = row.get("currency")?;
    let (belongs, lands) = (period("belongs")?, period("lands")?);
    Ok(json!({
        "schema": "quarterdeck.bill.v1",
        "id": text("id")?,
        "version": row.get::<i64>("version")?,
        "number": label(row.get("number")?),
        "supplier": text("supplier")?,
        "period": belongs,
        "counts_in": lands,
        "corrects": (belongs != lands).then_some(belongs.clone()),
        "edition": row.get::<i64>("edition")?,
        "state": text("state")?,
        "replaced_by": row.get::<Option<i64>>("replacement")?.map(label),
        "basis": text("basis")?,
        "unmatched": text("unmatched")?,
        "rows": row.get::<i64>("rows_read")?,
        "first_day": text("first_day")?,
        "last_day": text("last_day")?,
        "total": text("total")?,
        "invoiced": Money::of_minor(row.get("invoiced")?, currency),
        "rate": text("rate")?,
        "rate_source": text("rate_source")?,
        "amount": Money::of_minor(row.get("amount")?, base),
        "counted": Money::of_minor(row.get("counted")?, base),
        "columns": parsed(row, "columns_found")?,
        "refused": parsed(row, "refused")?,
        "rules": parsed(row, "rules")?,
        "rules_digest": text("rules_digest")?,
        "digest": text("digest")?,
        "imported_by": text("imported_by_name")?,
        "imported_at": text("imported_at")?,
        "reason": text("reason")?,
    }))
}

/// A column that holds JSON.
fn parsed(row: &Row, column: &str) -> Result<Value, Fault> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(|error| Fault::new("reading a bill", error))
}

fn service(row: &Row, base: Currency) -> Result<Value, Fault> {
    let key: String = row.get("service")?;
    Ok(json!({
        "service": (!key.is_empty()).then_some(key),
        "rows": row.get::<i64>("rows_read")?,
        "total": row.get::<String>("total")?,
        "amount": Money::of_minor(row.get("amount")?, base),
        "counted": Money::of_minor(row.get("counted")?, base),
    }))
}

async fn files(tx: &mut Tx, bill: &str) -> Result<Vec<Value>, Fault> {
    let sql = "select name, digest, rows_read from usage_bill_files where bill_id = $1 order by line";
    let rows = tx.query(sql).bind(bill).rows().await?;
    let file = |row: &Row| {
        Ok(json!({
            "name": row.get::<String>("name")?,
            "sha256": row.get::<String>("digest")?,
            "rows": row.get::<i64>("rows_read")?,
        }))
    };
    rows.iter().map(file).collect()
}

/// The bills behind what a supplier's bills gave a service in a month, each with its files and the service's own sum
/// there: where a trace goes on. Only for those who read money.
pub async fn behind(cx: &mut Cx, period: Period, supplier: &str, service: &str) -> Result<Vec<Value>, Fault> {
    if cx.require_all(Action::ReadMoney).is_err() {
        return Ok(Vec::new());
    }
    let base = cx.organisation.currency;
    let sql = "select b.id, b.number, b.belongs, b.basis, b.currency, b.rate, b.rate_source, s.total, s.rows_read, \
               s.counted, (select cast(sum(a.counted) as bigint) from usage_bill_services a \
               where a.bill_id = b.id and a.service <> '') as all_services \
               from usage_bills b join usage_bill_services s on s.bill_id = b.id and s.service = $3 \
               where b.supplier = $1 and b.lands = $2 and b.state = 'live' order by b.number";
    let rows = cx.tx.query(sql).bind(supplier).bind(period).bind(service).rows().await?;
    let mut bills = Vec::with_capacity(rows.len());
    for row in &rows {
        let belongs: Period = row.get("belongs")?;
        bills.push(json!({
            "bill": label(row.get("number")?),
            "corrects": (belongs != period).then(|| belongs.to_string()),
            "basis": row.get::<String>("basis")?,
            "currency": row.get::<String>("currency")?,
            "rate": row.get::<Option<String>>("rate")?,
            "rate_source": row.get::<Option<String>>("rate_source")?,
            "rows": row.get::<i64>("rows_read")?,
            "total": row.get::<String>("total")?,
            "counted": Money::of_minor(row.get("counted")?, base),
            "all_services": Money::of_minor(row.get("all_services")?, base),
            "files": files(&mut cx.tx, &row.get::<String>("id")?).await?,
        }));
    }
    Ok(bills)
}
