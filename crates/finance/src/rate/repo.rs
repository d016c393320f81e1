//! The only SQL of exchange rates.

use access::Cx;
use db::{Bind, Row, Tx};
use kernel::{BatchId, Currency, Decimal, Fault, Period, Refused};

use super::rules::Applied;
use super::{Quoted, Rate, RateKind};
use crate::error::twice;

/// The rate that converts amounts of `currency` and `period` which the source did not convert: the
/// month's average as given, else the mean of the month's daily rates; `None` without either.
pub async fn average(
    tx: &mut Tx,
    currency: Currency,
    base: Currency,
    period: Period,
) -> Result<Option<Applied>, Fault> {
    if let Some(given) = of_period(tx, currency, base, RateKind::Average, period).await? {
        return Ok(Some(given));
    }
    let days = of_days(tx, currency, base, period).await?;
    let Some(last) = days.last() else { return Ok(None) };
    let (quoted, source) = (last.0, last.2.clone());
    let rates: Vec<Decimal> = days.iter().map(|day| day.1).collect();
    Ok(Applied::mean(currency, base, quoted, &rates, &source))
}

/// The rate of the month's end: as given, else that of the month's last day with a rate.
pub async fn closing(
    tx: &mut Tx,
    currency: Currency,
    base: Currency,
    period: Period,
) -> Result<Option<Applied>, Fault> {
    if let Some(given) = of_period(tx, currency, base, RateKind::Closing, period).await? {
        return Ok(Some(given));
    }
    let days = of_days(tx, currency, base, period).await?;
    let last = days.last();
    Ok(last.map(|(quoted, rate, source)| {
        Applied::given(currency, base, RateKind::Closing, *quoted, *rate, source)
    }))
}

async fn of_period(
    tx: &mut Tx,
    currency: Currency,
    base: Currency,
    kind: RateKind,
    period: Period,
) -> Result<Option<Applied>, Fault> {
    let sql = "select quoted, rate, source from finance_live_rates \
               where currency = $1 and base = $2 and kind = $3 and valid_for = $4";
    let query = tx.query(sql).bind(currency.code()).bind(base.code()).bind(kind.word()).bind(period);
    let Some(row) = query.row().await? else { return Ok(None) };
    let (rate, source): (Decimal, String) = (row.get("rate")?, row.get("source")?);
    Ok(Some(Applied::given(currency, base, kind, quoted_of(&row)?, rate, &source)))
}

/// Currencies with a rate of that month or of one of its days.
pub(super) async fn currencies_of(
    tx: &mut Tx,
    base: Currency,
    period: Period,
) -> Result<Vec<Currency>, Fault> {
    let sql = "select distinct currency from finance_live_rates where base = $1 \
               and (valid_for = $2 or valid_for >= $3 and valid_for <= $4) order by currency";
    let query = tx.query(sql).bind(base.code()).bind(period);
    let query = query.bind(period.first_day().to_string()).bind(period.last_day().to_string());
    query.rows().await?.iter().map(|row| row.get("currency")).collect()
}

/// The daily rates of a month, oldest first. All are quoted the same way: the import sees to it.
async fn of_days(
    tx: &mut Tx,
    currency: Currency,
    base: Currency,
    period: Period,
) -> Result<Vec<(Quoted, Decimal, String)>, Fault> {
    let sql = "select quoted, rate, source from finance_live_rates where currency = $1 and base = $2 \
               and kind = 'transaction' and valid_for >= $3 and valid_for <= $4 order by valid_for";
    let query = tx.query(sql).bind(currency.code()).bind(base.code());
    let query = query.bind(period.first_day().to_string()).bind(period.last_day().to_string());
    query
        .rows()
        .await?
        .iter()
        .map(|row| Ok((quoted_of(row)?, row.get("rate")?, row.get("source")?)))
        .collect()
}

/// Which way round the live rates of `kind` are quoted, per currency.
pub(super) async fn quoted_ways(
    tx: &mut Tx,
    base: Currency,
) -> Result<std::collections::BTreeMap<(Currency, RateKind), Quoted>, Fault> {
    let sql = "select distinct currency, kind, quoted from finance_live_rates where base = $1";
    let rows = tx.query(sql).bind(base.code()).rows().await?;
    rows.iter().map(|row| Ok(((row.get("currency")?, kind_of(row)?), quoted_of(row)?))).collect()
}

fn quoted_of(row: &Row) -> Result<Quoted, Fault> {
    let word: String = row.get("quoted")?;
    Quoted::parse(&word).ok_or_else(|| Fault::because(format!("no way to quote a rate: {word}")))
}

fn kind_of(row: &Row) -> Result<RateKind, Fault> {
    let word: String = row.get("kind")?;
    RateKind::parse(&word).ok_or_else(|| Fault::because(format!("no kind of rate: {word}")))
}

/// Stores rates of a batch; each takes the place of the one that is live for the same thing.
/// Returns their ids in order.
pub(super) async fn insert(cx: &mut Cx, batch: BatchId, rates: &[Rate]) -> Result<Vec<String>, Refused> {
    let (mut ids, mut rows) = (Vec::with_capacity(rates.len()), Vec::with_capacity(rates.len()));
    for rate in rates {
        supersede(&mut cx.tx, batch, rate).await?;
        let id = cx.uuid().to_string();
        rows.push(vec![
            Bind::from(id.as_str()),
            Bind::from(batch),
            Bind::from(rate.currency.code()),
            Bind::from(rate.base.code()),
            Bind::from(rate.quoted.word()),
            Bind::from(rate.kind.word()),
            Bind::from(rate.valid_for.to_string()),
            Bind::from(rate.rate),
            Bind::from(rate.source.as_str()),
            Bind::from(false),
        ]);
        ids.push(id);
    }
    let sql = "insert into finance_rates \
               (id, batch_id, currency, base, quoted, kind, valid_for, rate, source, reverted)";
    cx.tx.insert_many(sql, rows).await?;
    Ok(ids)
}

async fn supersede(tx: &mut Tx, batch: BatchId, rate: &Rate) -> Result<(), Refused> {
    let sql = "update finance_rates set superseded_by = $1 where currency = $2 and base = $3 and kind = $4 \
               and valid_for = $5 and not reverted and superseded_by is null returning batch_id";
    let query = tx.query(sql).bind(batch).bind(rate.currency.code()).bind(rate.base.code());
    let row = query.bind(rate.kind.word()).bind(rate.valid_for.to_string()).row().await?;
    match row.map(|row| row.get::<Option<BatchId>>("batch_id")).transpose()?.flatten() {
        Some(same) if same == batch => {
            Err(twice(&format!("{} {} {}", rate.kind.word(), rate.currency, rate.valid_for)).into())
        }
        _ => Ok(()),
    }
}

/// Takes a batch's rates away again; those it took the place of stand again.
pub(super) async fn revert(tx: &mut Tx, batch: BatchId) -> Result<(), Fault> {
    tx.query("update finance_rates set reverted = $2 where batch_id = $1")
        .bind(batch)
        .bind(true)
        .execute()
        .await?;
    let sql = "update finance_rates set superseded_by = null where superseded_by = $1";
    tx.query(sql).bind(batch).execute().await?;
    Ok(())
}

/// The live rate for the same thing.
pub(super) async fn standing(tx: &mut Tx, wanted: &Rate) -> Result<Option<Decimal>, Fault> {
    let sql = "select rate from finance_live_rates where currency = $1 and base = $2 and kind = $3 and valid_for = $4";
    let query = tx.query(sql).bind(wanted.currency.code()).bind(wanted.base.code()).bind(wanted.kind.word());
    query.bind(wanted.valid_for.to_string()).row().await?.map(|row| row.get("rate")).transpose()
}
