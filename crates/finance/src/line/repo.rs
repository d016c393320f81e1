//! The only SQL of ledger lines.

use access::Cx;
use db::{Bind, Tx};
use kernel::{BatchId, Currency, Fault, Period, Refused};

use super::entity::{Conversion, LineKind, NewLine};

const COLUMNS: &str = "id, batch_id, file_line, origin, period, corrects, posted_on, period_assumed, kind, \
                       account_code, cost_centre, cost_element, supplier, document, document_line, description, \
                       service_key, customer_key, estimate, original, original_currency, rate, rate_kind, \
                       rate_source, amount, reverses, reverted";

/// Where a stored line comes from.
pub(super) enum Origin {
    /// That line of the batch's file.
    File(i64),
    /// What conversion by line rounded away.
    Rounding,
}

/// Stores lines; their ids in order.
pub(super) async fn insert(
    cx: &mut Cx,
    batch: BatchId,
    lines: Vec<(Origin, NewLine)>,
) -> Result<Vec<String>, Fault> {
    let (mut ids, mut rows) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    for (origin, line) in lines {
        let id = cx.uuid().to_string();
        rows.push(binds(&id, batch, &origin, line));
        ids.push(id);
    }
    cx.tx.insert_many(&format!("insert into finance_lines ({COLUMNS})"), rows).await?;
    Ok(ids)
}

fn binds(id: &str, batch: BatchId, origin: &Origin, line: NewLine) -> Vec<Bind> {
    let (file_line, origin) = match origin {
        Origin::File(number) => (Some(*number), "file"),
        Origin::Rounding => (None, "exchange rounding"),
    };
    let (rate, rate_kind, rate_source) = match line.conversion {
        Conversion::None => (None, None, None),
        Conversion::BySource { rate, source } => (rate, Some("source"), source),
        Conversion::Average { rate, source } => (Some(rate), Some("average"), Some(source)),
    };
    vec![
        id.into(),
        batch.into(),
        file_line.into(),
        origin.into(),
        line.period.into(),
        line.corrects.into(),
        line.posted_on.to_string().into(),
        line.period_assumed.into(),
        line.kind.word().into(),
        line.account.into(),
        line.cost_centre.into(),
        line.cost_element.into(),
        line.supplier.into(),
        line.document.into(),
        line.document_line.into(),
        line.description.into(),
        line.service.into(),
        line.customer.into(),
        line.estimate.into(),
        line.original.minor().into(),
        line.original.currency().code().into(),
        rate.into(),
        rate_kind.into(),
        rate_source.into(),
        line.amount.minor().into(),
        None::<String>.into(),
        false.into(),
    ]
}

/// The period a line is counted in.
pub(super) async fn period_of(tx: &mut Tx, id: &str) -> Result<Option<Period>, Fault> {
    let row = tx.query("select period from finance_lines where id = $1").bind(id).row().await?;
    row.map(|row| row.get("period")).transpose()
}

/// SQL: whether a line (`alias` of finance_lines) stood at the stamp bound at `place`. Batches keep when they
/// were written and taken back; which line a written one replaced stays in imports_rows, and a line that
/// stood in a closed period was not replaced but reversed.
pub(super) fn known_sql(alias: &str, place: usize) -> String {
    let stood = |batch: &str| {
        format!(
            "{batch}.written_at < ${place} and ({batch}.reverted_at is null or {batch}.reverted_at >= ${place})"
        )
    };
    format!(
        "{alias}.batch_id in (select b.id from imports_batches b where {}) \
         and {alias}.id not in (select o.record from imports_rows r join imports_batches s on s.number = r.batch \
         join imports_rows o on o.batch = r.replaces_batch and o.line = r.replaces_line \
         where s.kind = 'gl' and o.record is not null and {} and (o.record, s.id) not in \
         (select x.reverses, x.batch_id from finance_lines x where x.reverses is not null))",
        stood("b"),
        stood("s")
    )
}

/// Marks a line as replaced by one of `batch`.
pub(super) async fn supersede(tx: &mut Tx, id: &str, batch: BatchId) -> Result<(), Fault> {
    tx.query("update finance_lines set superseded_by = $2 where id = $1")
        .bind(id)
        .bind(batch)
        .execute()
        .await?;
    Ok(())
}

/// Stores the mirror image of a line that stands in a closed period: it counts in `landing`.
pub(super) async fn take_back(cx: &mut Cx, id: &str, batch: BatchId, landing: Period) -> Result<(), Fault> {
    let new = cx.uuid().to_string();
    let sql = format!(
        "insert into finance_lines ({COLUMNS}) \
         select $2, $3, null, 'reversal', $4, coalesce(corrects, period), posted_on, period_assumed, kind, \
         account_code, cost_centre, cost_element, supplier, document, document_line, description, service_key, \
         customer_key, estimate, -original, original_currency, rate, rate_kind, rate_source, -amount, id, reverted \
         from finance_lines where id = $1"
    );
    cx.tx.query(&sql).bind(id).bind(new).bind(batch).bind(landing).execute().await?;
    Ok(())
}

/// What a batch adds to an account: new lines, less those it replaced.
pub(super) struct Movement {
    pub period: Period,
    pub corrects: Option<Period>,
    pub account: String,
    pub cost_centre: Option<String>,
    pub currency: Currency,
    pub rate: Option<String>,
    pub original: i64,
    pub amount: i64,
}

/// The batch's movements, summed for posting.
pub(super) async fn movements(tx: &mut Tx, batch: BatchId) -> Result<Vec<Movement>, Fault> {
    let sql = "select period, corrects, account_code, cost_centre, original_currency, rate, rate_source, \
               cast(sum(original) as bigint) as original, cast(sum(amount) as bigint) as amount from ( \
               select period, corrects, account_code, cost_centre, original_currency, \
               coalesce(rate, rate_kind) as rate, rate_source, original, amount \
               from finance_lines where batch_id = $1 \
               union all \
               select period, corrects, account_code, cost_centre, original_currency, \
               coalesce(rate, rate_kind) as rate, rate_source, -original, -amount \
               from finance_lines where superseded_by = $1) moved \
               group by period, corrects, account_code, cost_centre, original_currency, rate, rate_source \
               order by period, corrects, account_code, cost_centre, original_currency, rate, rate_source";
    let rows = tx.query(sql).bind(batch).rows().await?;
    let read = |row: &db::Row| {
        let (rate, source) = (row.get::<Option<String>>("rate")?, row.get::<Option<String>>("rate_source")?);
        let rate = rate.map(|rate| source.map_or_else(|| rate.clone(), |source| format!("{rate} {source}")));
        Ok(Movement {
            period: row.get("period")?,
            corrects: row.get("corrects")?,
            account: row.get("account_code")?,
            cost_centre: row.get("cost_centre")?,
            currency: row.get("original_currency")?,
            rate,
            original: row.get("original")?,
            amount: row.get("amount")?,
        })
    };
    rows.iter().map(read).collect()
}

/// What a batch converted here, per month it belongs to and currency.
pub(super) struct Converted {
    pub period: Period,
    pub corrects: Option<Period>,
    pub currency: Currency,
    pub original: i64,
    pub amount: i64,
}

/// Sums of what this batch converted line by line.
pub(super) async fn converted(tx: &mut Tx, batch: BatchId) -> Result<Vec<Converted>, Fault> {
    let sql = "select period, corrects, original_currency, cast(sum(original) as bigint) as original, \
               cast(sum(amount) as bigint) as amount from finance_lines \
               where batch_id = $1 and origin = 'file' and rate_kind = 'average' \
               group by period, corrects, original_currency order by period, corrects, original_currency";
    let rows = tx.query(sql).bind(batch).rows().await?;
    let read = |row: &db::Row| {
        Ok(Converted {
            period: row.get("period")?,
            corrects: row.get("corrects")?,
            currency: row.get("original_currency")?,
            original: row.get("original")?,
            amount: row.get("amount")?,
        })
    };
    rows.iter().map(read).collect()
}

/// The periods a batch touched: those of its lines and of the lines it replaced.
pub(super) async fn touched(tx: &mut Tx, batch: BatchId) -> Result<Vec<Period>, Fault> {
    let sql =
        "select distinct period from finance_lines where batch_id = $1 or superseded_by = $1 order by period";
    tx.query(sql).bind(batch).rows().await?.iter().map(|row| row.get("period")).collect()
}

/// Takes a batch's lines out; those they replaced stand again.
pub(super) async fn revert(tx: &mut Tx, batch: BatchId) -> Result<(), Refused> {
    tx.query("update finance_lines set reverted = $2 where batch_id = $1")
        .bind(batch)
        .bind(true)
        .execute()
        .await?;
    tx.query("update finance_lines set superseded_by = null where superseded_by = $1")
        .bind(batch)
        .execute()
        .await?;
    Ok(())
}

/// The ledger total of a period: the sum of its cost lines.
pub async fn ledger_total(tx: &mut Tx, period: Period) -> Result<i64, Fault> {
    let sql = "select cast(coalesce(sum(amount), 0) as bigint) as total from finance_live_lines \
               where period = $1 and kind = $2";
    let row = tx.query(sql).bind(period).bind(LineKind::Cost.word()).row().await?;
    row.ok_or_else(|| Fault::because("a sum gave no row"))?.get("total")
}

/// The newest period that has lines.
pub async fn newest_period(tx: &mut Tx) -> Result<Option<Period>, Fault> {
    let row = tx.query("select max(period) as period from finance_lines").row().await?;
    Ok(row.map(|row| row.get::<Option<Period>>("period")).transpose()?.flatten())
}
