//! The lines that stand behind the ids of our own list.

use std::collections::BTreeMap;

use access::Cx;
use imports::{Row, WrittenRow};
use kernel::{BatchId, Currency, Fault, Money, Period};

use super::{Standing, TEXTS, spelt, word};

/// The lines whose id a row names, but those of a batch that was taken back: they can come in once more.
pub(in crate::line) async fn standing(
    cx: &mut Cx,
    rows: &[Row],
) -> Result<BTreeMap<String, Standing>, Fault> {
    let ids: Vec<&str> = rows.iter().filter_map(|row| row.text("id")).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let blanks: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select l.*, r.line as written_line, r.replaced_by from finance_lines l \
         left join imports_batches b on b.id = l.batch_id \
         left join imports_rows r on r.batch = b.number and r.line = l.file_line \
         where l.id in ({}) and not l.reverted",
        blanks.join(", ")
    );
    let query = ids.into_iter().fold(cx.tx.query(&sql), db::Query::bind);
    let rows = query.rows().await?;
    let base = cx.organisation.currency;
    rows.iter().map(|row| Ok((row.get("id")?, read(row, base)?))).collect()
}

fn read(row: &db::Row, base: Currency) -> Result<Standing, Fault> {
    let id: String = row.get("id")?;
    let batch: BatchId = row.get("batch_id")?;
    let line: Option<i64> = row.get("written_line")?;
    let month: Period = row.get::<Option<Period>>("corrects")?.map_or_else(|| row.get("period"), Ok)?;
    let original = Money::of_minor(row.get("original")?, row.get("original_currency")?);
    let base = Money::of_minor(row.get("amount")?, base);
    let mut values: BTreeMap<&str, String> = [
        ("period", month.to_string()),
        ("posted_on", row.get("posted_on")?),
        ("kind", row.get("kind")?),
        ("account", row.get("account_code")?),
        ("estimate", word(row.get("estimate")?)),
        ("amount", spelt(original)),
        ("reporting_amount", base.plain()),
    ]
    .into();
    for (field, column) in TEXTS {
        values.insert(field, row.get::<Option<String>>(column)?.unwrap_or_default());
    }
    let superseded = row.get::<Option<String>>("superseded_by")?.is_some();
    let replaced = superseded || row.get::<Option<i64>>("replaced_by")?.is_some();
    let written = line.map(|line| WrittenRow { batch, line, record: Some(id) });
    Ok(Standing { written, replaced, values, base })
}
