//! The only SQL of closes: what people said, and the facts no other context hands out.

use std::collections::BTreeMap;

use access::{Cx, Event, history};
use db::{Row, Tx};
use kernel::{Currency, Fault, Period, PersonId};

use super::entity::{Close, Deed};
use super::rules::{Batch, Rate};
use super::{EXCEPTION, NOUN};

/// The close of a period; a new one where nobody said anything yet.
pub(super) async fn load(cx: &mut Cx, period: Period) -> Result<Close, Fault> {
    let sql = "select * from charging_closes where period = $1 for update";
    match cx.tx.query(sql).bind(period).row().await? {
        Some(row) => read(&row),
        None => Ok(Close::new(cx.uuid().to_string(), period)),
    }
}

fn read(row: &Row) -> Result<Close, Fault> {
    let deed = |what: &str| -> Result<Option<Deed>, Fault> {
        let (by, at): (Option<PersonId>, Option<String>) =
            (row.get(&format!("{what}_by"))?, row.get(&format!("{what}_at"))?);
        Ok(by.zip(at).map(|(by, at)| Deed { by, at }))
    };
    let said = |column: &str, what: &str| -> Result<Option<(String, Deed)>, Fault> {
        Ok(row.get::<Option<String>>(column)?.zip(deed(what)?))
    };
    Ok(Close {
        id: row.get("id")?,
        version: row.get("version")?,
        period: row.get("period")?,
        no_detail: said("no_detail", "no_detail")?,
        signed: said("signed_inputs", "signed")?,
        closed: deed("closed")?,
        reopening: said("reopen_why", "reopen")?,
    })
}

/// Stores a close under its next version and tells the history.
pub(super) async fn save(
    cx: &mut Cx,
    close: &mut Close,
    action: &str,
    why: Option<&str>,
) -> Result<(), Fault> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &close.id).await?;
    close.version += 1;
    let sql = "insert into charging_closes (id, version, period, no_detail, no_detail_by, no_detail_at, signed_inputs, \
               signed_by, signed_at, closed_by, closed_at, reopen_why, reopen_by, reopen_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
               on conflict (id) do update set version = excluded.version, no_detail = excluded.no_detail, \
               no_detail_by = excluded.no_detail_by, no_detail_at = excluded.no_detail_at, \
               signed_inputs = excluded.signed_inputs, signed_by = excluded.signed_by, \
               signed_at = excluded.signed_at, closed_by = excluded.closed_by, closed_at = excluded.closed_at, \
               reopen_why = excluded.reopen_why, reopen_by = excluded.reopen_by, reopen_at = excluded.reopen_at";
    let mut query = cx.tx.query(sql).bind(close.id.as_str()).bind(close.version).bind(close.period);
    for said in [&close.no_detail, &close.signed] {
        query = query.bind(said.as_ref().map(|(text, _)| text.clone()));
        query = query
            .bind(said.as_ref().map(|(_, deed)| deed.by))
            .bind(said.as_ref().map(|(_, deed)| deed.at.clone()));
    }
    query = query
        .bind(close.closed.as_ref().map(|deed| deed.by))
        .bind(close.closed.as_ref().map(|deed| deed.at.clone()));
    let asked = close.reopening.as_ref();
    query = query.bind(asked.map(|(why, _)| why.clone())).bind(asked.map(|(_, deed)| deed.by));
    query.bind(asked.map(|(_, deed)| deed.at.clone())).execute().await?;
    let key = close.period.to_string();
    let event = Event { noun: &NOUN, id: close.id.clone(), key, action, why, customer: None };
    history::record(cx, event, &before).await
}

/// Names of people.
pub(super) async fn names(tx: &mut Tx) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.query("select id, name from access_people").rows().await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}

/// Ledger batches that stand with lines in the period, oldest first.
pub(super) async fn batches(tx: &mut Tx, period: Period) -> Result<Vec<Batch>, Fault> {
    let sql = "select b.number, b.control_total, b.mends, b.written_at, p.name from imports_batches b \
               left join access_people p on p.id = b.written_by where b.kind = 'gl' and b.state = 'written' \
               and b.id in (select batch_id from finance_live_lines where period = $1) order by b.number";
    let rows = tx.query(sql).bind(period).rows().await?;
    let read = |row: &Row| {
        let number: i64 = row.get("number")?;
        let who: Option<String> = row.get("name")?;
        let at: Option<String> = row.get("written_at")?;
        Ok(Batch {
            label: format!("B-{number:04}"),
            controlled: row.get::<Option<String>>("control_total")?.is_some(),
            mends: row.get::<Option<String>>("mends")?.is_some(),
            who: (who.unwrap_or_default(), at.unwrap_or_default()),
        })
    };
    rows.iter().map(read).collect()
}

/// Who brought in what the period is counted from: ledger lines and driver quantities.
pub(super) async fn importers(tx: &mut Tx, period: Period) -> Result<Vec<PersonId>, Fault> {
    let sql = "select distinct b.written_by as person from imports_batches b where b.written_by is not null \
               and (b.id in (select batch_id from finance_live_lines where period = $1) \
               or b.id in (select batch_id from finance_live_quantities where period = $1)) order by b.written_by";
    tx.query(sql).bind(period).rows().await?.iter().map(|row| row.get("person")).collect()
}

/// Who ran the allocation last.
pub(super) async fn run_by(tx: &mut Tx, period: Period) -> Result<Option<PersonId>, Fault> {
    let sql = "select run_by from charging_runs where period = $1 and state <> 'reversed'";
    tx.query(sql).bind(period).row().await?.map(|row| row.get("run_by")).transpose()
}

/// Drivers of that month that have a quantity.
pub(super) async fn measured(tx: &mut Tx, period: Period) -> Result<Vec<String>, Fault> {
    let sql = "select distinct driver_key from finance_live_quantities where period = $1";
    tx.query(sql).bind(period).rows().await?.iter().map(|row| row.get("driver_key")).collect()
}

/// Foreign currencies of lines that the source did not convert, with the rate used.
pub(super) async fn rates(tx: &mut Tx, period: Period, base: Currency) -> Result<Vec<Rate>, Fault> {
    let sql = "select distinct original_currency, rate, rate_source from finance_live_lines where period = $1 \
               and original_currency <> $2 and coalesce(rate_kind, '') <> 'source' \
               order by original_currency, rate, rate_source";
    let rows = tx.query(sql).bind(period).bind(base.code()).rows().await?;
    let read = |row: &Row| {
        let currency: String = row.get("original_currency")?;
        let (rate, source): (Option<String>, Option<String>) = (row.get("rate")?, row.get("rate_source")?);
        let says = rate.zip(source).map(|(rate, source)| format!("{currency}: {rate} {source}"));
        Ok(Rate { currency, says })
    };
    rows.iter().map(read).collect()
}

/// Cost lines without pool: how many, and how much.
pub(super) async fn unmapped(tx: &mut Tx, period: Period) -> Result<(i64, i64), Fault> {
    let sql = "select cast(count(*) as bigint) as n, cast(coalesce(sum(amount), 0) as bigint) as amount \
               from finance_live_lines where period = $1 and kind = 'cost' and pool_key is null";
    let row = tx.query(sql).bind(period).row().await?;
    let row = row.ok_or_else(|| Fault::because("a count gave no row"))?;
    Ok((row.get("n")?, row.get("amount")?))
}

/// Statements of the period: issued, and all.
pub(super) async fn statements(tx: &mut Tx, period: Period) -> Result<(i64, i64), Fault> {
    let sql = "select cast(coalesce(sum(case when state = 'draft' then 0 else 1 end), 0) as bigint) as issued, \
               cast(count(*) as bigint) as n from charging_statements where period = $1";
    let row = tx.query(sql).bind(period).row().await?;
    let row = row.ok_or_else(|| Fault::because("a count gave no row"))?;
    Ok((row.get("issued")?, row.get("n")?))
}

/// An exception: rejected lines of a batch that the period is closed without.
pub(super) struct Exception {
    pub id: String,
    pub version: i64,
    pub batch: String,
    pub about: String,
    pub amount: i64,
    pub reason: String,
    pub recorded_by: PersonId,
}

/// The exceptions of a period.
pub(super) async fn exceptions(tx: &mut Tx, period: Period) -> Result<Vec<Exception>, Fault> {
    let sql = "select id, version, batch, about, amount, reason, recorded_by from charging_close_exceptions \
               where period = $1 order by batch";
    let rows = tx.query(sql).bind(period).rows().await?;
    let read = |row: &Row| {
        Ok(Exception {
            id: row.get("id")?,
            version: row.get("version")?,
            batch: row.get("batch")?,
            about: row.get("about")?,
            amount: row.get("amount")?,
            reason: row.get("reason")?,
            recorded_by: row.get("recorded_by")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Stores an exception under its next version and tells the history.
pub(super) async fn save_exception(
    cx: &mut Cx,
    period: Period,
    exception: &mut Exception,
) -> Result<(), Fault> {
    let before = history::snapshot(&mut cx.tx, &EXCEPTION, &exception.id).await?;
    exception.version += 1;
    let stamp = cx.stamp();
    let sql = "insert into charging_close_exceptions (id, version, period, batch, about, amount, reason, recorded_by, \
               recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set \
               version = excluded.version, about = excluded.about, amount = excluded.amount, \
               reason = excluded.reason, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at";
    let query = cx.tx.query(sql).bind(exception.id.as_str()).bind(exception.version).bind(period);
    let query = query.bind(exception.batch.as_str()).bind(exception.about.as_str()).bind(exception.amount);
    query.bind(exception.reason.as_str()).bind(exception.recorded_by).bind(stamp).execute().await?;
    let key = format!("{period} {}", exception.batch);
    let why = Some(exception.reason.as_str());
    let event =
        Event { noun: &EXCEPTION, id: exception.id.clone(), key, action: "recorded", why, customer: None };
    history::record(cx, event, &before).await
}
