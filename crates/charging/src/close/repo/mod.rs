//! The only SQL of closes: what people said here, and in `facts` what no other context hands out.

mod facts;

pub(super) use facts::*;

use access::{Cx, Event, history};
use db::{Row, Tx};
use kernel::{Fault, Period, PersonId};

use super::entity::{Close, Deed};
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

/// An exception: rejected lines of a batch that the period is closed without.
#[derive(Clone, Debug, PartialEq, Eq)]
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
