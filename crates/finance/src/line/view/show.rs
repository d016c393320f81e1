//! One ledger line: what was booked, how it was converted, where the mapping put it, and the row of the
//! file it came from, as it stands there. Every trace ends here.

use access::{Cx, Params, View};
use db::Row;
use kernel::listing::Asked;
use kernel::{BatchId, Currency, Fault, Money, Period, Refusal, Refused};
use serde_json::{Value, json};

/// One ledger line by its id, live or not.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let sql = "select l.*, p.name as pool_name, m.number as rule_number, m.rule_version, a.name as account_name \
               from finance_lines l left join finance_pools p on p.key = l.pool_key \
               left join finance_mapping_rules m on m.id = l.mapping_rule \
               left join ledger_accounts a on a.code = l.account_code where l.id = $1";
    let row = cx.tx.query(sql).bind(params.get("id")).row().await?.ok_or_else(Refusal::not_found)?;
    let file_line: Option<i64> = row.get("file_line")?;
    let raw = match file_line {
        Some(line) => imports::raw_line(cx, row.get::<BatchId>("batch_id")?, line).await?,
        None => None,
    };
    let mut told = booked(&row, cx.organisation.currency)?;
    told["file_line"] = json!(file_line);
    told["batch"] = json!(raw.as_ref().map(|raw| raw.batch.as_str()));
    told["file"] = json!(raw.as_ref().map(|raw| raw.file.as_str()));
    let cells = raw.map(|raw| raw.cells).unwrap_or_default();
    told["cells"] = cells.into_iter().map(|(column, text)| json!({"column": column, "text": text})).collect();
    Ok(View::Record(told))
}

/// The line as it is stored.
fn booked(row: &Row, base: Currency) -> Result<Value, Fault> {
    let text = |column: &str| row.get::<Option<String>>(column);
    let original: Currency = row.get("original_currency")?;
    Ok(json!({
        "schema": "quarterdeck.line.v1",
        "id": row.get::<String>("id")?,
        "period": row.get::<Period>("period")?.to_string(),
        "corrects": row.get::<Option<Period>>("corrects")?.map(|period| period.to_string()),
        "posted_on": row.get::<String>("posted_on")?,
        "period_assumed": row.get::<bool>("period_assumed")?,
        "kind": row.get::<String>("kind")?,
        "account": row.get::<String>("account_code")?,
        "account_name": text("account_name")?,
        "cost_centre": text("cost_centre")?,
        "cost_element": text("cost_element")?,
        "supplier": text("supplier")?,
        "document": text("document")?,
        "document_line": text("document_line")?,
        "text": text("description")?,
        "service": text("service_key")?,
        "customer": text("customer_key")?,
        "estimate": row.get::<bool>("estimate")?,
        "original": Money::of_minor(row.get("original")?, original),
        "rate": text("rate")?,
        "rate_kind": text("rate_kind")?,
        "rate_source": text("rate_source")?,
        "amount": Money::of_minor(row.get("amount")?, base),
        "pool": text("pool_key")?,
        "pool_name": text("pool_name")?,
        "rule": row.get::<Option<i64>>("rule_number")?.map(|number| format!("M-{number}")),
        "rule_version": row.get::<Option<i64>>("rule_version")?,
        "origin": row.get::<String>("origin")?,
        "reverses": text("reverses")?,
        "counts": !row.get::<bool>("reverted")? && text("superseded_by")?.is_none(),
        "taken_back": row.get::<bool>("reverted")?,
    }))
}
