//! The only SQL of promises and of what was measured.

use std::collections::BTreeMap;

use access::Cx;
use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::typed::iso_day;
use kernel::{Decimal, Fault, PromiseId, Refusal, Refused, ServiceId};

use super::entity::{Basis, Due, Measure, Promise, State};
use super::measure::Measurement;
use super::rules::{Aim, Figure, Limits};
use crate::sql::{day_of, needed_day_of, word_of};

/// The promise of that number, or “not found”; its row stays locked.
pub(super) async fn load(tx: &mut Tx, number: &str) -> Result<Promise, Refused> {
    let row =
        tx.query("select * from portfolio_promises where number = $1 for update").bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The promise of that number, if there is one.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<Promise>, Fault> {
    let row = tx.query("select * from portfolio_promises where number = $1").bind(number).row().await?;
    row.as_ref().map(read).transpose()
}

/// The promise that came from that key of the service's source.
pub(super) async fn find_by_source(
    tx: &mut Tx,
    service: ServiceId,
    key: &str,
) -> Result<Option<Promise>, Fault> {
    let sql = "select * from portfolio_promises where service_id = $1 and source_key = $2";
    tx.query(sql).bind(service).bind(key).row().await?.as_ref().map(read).transpose()
}

/// All promises held, of every service: for whoever knows the actual cost.
pub async fn active(tx: &mut Tx) -> Result<Vec<Promise>, Fault> {
    let sql = "select * from portfolio_promises where state = 'active' order by service_id, due, id";
    tx.query(sql).rows().await?.iter().map(read).collect()
}

/// All promises of a service, withdrawn ones too.
pub(super) async fn of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<Promise>, Fault> {
    let sql = "select * from portfolio_promises where service_id = $1 order by measure, due, id";
    tx.query(sql).bind(service).rows().await?.iter().map(read).collect()
}

/// Everything measured, per promise, oldest first.
pub async fn measured(tx: &mut Tx) -> Result<BTreeMap<PromiseId, Vec<Measurement>>, Fault> {
    let rows = tx.query("select * from portfolio_measurements order by promise_id, about_day").rows().await?;
    let mut all: BTreeMap<PromiseId, Vec<Measurement>> = BTreeMap::new();
    for row in &rows {
        let measurement = read_measurement(row)?;
        all.entry(measurement.promise).or_default().push(measurement);
    }
    Ok(all)
}

/// What was measured of one promise, oldest first.
pub(super) async fn measured_of(tx: &mut Tx, promise: PromiseId) -> Result<Vec<Measurement>, Fault> {
    let sql = "select * from portfolio_measurements where promise_id = $1 order by about_day";
    tx.query(sql).bind(promise).rows().await?.iter().map(read_measurement).collect()
}

/// What was measured of one promise about the day, if anything.
pub(super) async fn measured_about(
    tx: &mut Tx,
    promise: PromiseId,
    day: NaiveDate,
) -> Result<Option<Measurement>, Fault> {
    let sql = "select * from portfolio_measurements where promise_id = $1 and about_day = $2";
    tx.query(sql).bind(promise).bind(day.to_string()).row().await?.as_ref().map(read_measurement).transpose()
}

fn read(row: &Row) -> Result<Promise, Fault> {
    let aim = word_of(row, "direction", Aim::parse)?;
    Ok(Promise {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        service: row.get("service_id")?,
        name: row.get("name")?,
        measure: word_of(row, "measure", Measure::parse)?,
        due: word_of(row, "due", Due::parse)?,
        due_on: day_of(row, "due_on")?,
        unit: row.get("unit")?,
        currency: row.get("currency")?,
        aim,
        promised: word_of(row, "promised", read_figure)?,
        limits: read_limits(row, aim)?,
        state: word_of(row, "state", State::parse)?,
        source_key: row.get("source_key")?,
    })
}

fn read_figure(text: &str) -> Option<Figure> {
    iso_day(text).map(Figure::Day).or_else(|| text.parse::<Decimal>().ok().map(Figure::Number))
}

fn read_limits(row: &Row, aim: Aim) -> Result<Limits, Fault> {
    match aim {
        Aim::Date => {
            let months = |text: &str| text.parse::<u32>().ok();
            Ok(Limits::Months(word_of(row, "watch", months)?, word_of(row, "off_track", months)?))
        }
        Aim::Lower | Aim::Higher => Ok(Limits::Shares(row.get("watch")?, row.get("off_track")?)),
    }
}

/// Both limits as stored.
pub(super) fn limits_as_stored(limits: Limits) -> (String, String) {
    match limits {
        Limits::Shares(watch, off) => (watch.to_string(), off.to_string()),
        Limits::Months(watch, off) => (watch.to_string(), off.to_string()),
    }
}

fn read_measurement(row: &Row) -> Result<Measurement, Fault> {
    Ok(Measurement {
        id: row.get("id")?,
        version: row.get("version")?,
        promise: row.get("promise_id")?,
        about: row.get("about")?,
        about_day: needed_day_of(row, "about_day")?,
        basis: word_of(row, "basis", Basis::parse)?,
        value: word_of(row, "value", read_figure)?,
        source: row.get("source")?,
    })
}

/// Stores a new promise.
pub(super) async fn insert(cx: &mut Cx, promise: &Promise) -> Result<(), Fault> {
    let sql = "insert into portfolio_promises (id, version, number, service_id, origin, name, measure, source, due, \
               due_on, unit, currency, direction, promised, watch, off_track, state, source_key) \
               values ($1, $2, $3, $4, 'take-over', $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let (watch, off) = limits_as_stored(promise.limits);
    let query = cx.tx.query(sql).bind(promise.id).bind(promise.version).bind(promise.number.as_str());
    let query = query.bind(promise.service).bind(promise.name.as_str()).bind(promise.measure.word());
    let query = query.bind(promise.measure.source().word()).bind(promise.due.plain());
    let query = query.bind(promise.due_on.map(|day| day.to_string())).bind(promise.unit.clone());
    let query =
        query.bind(promise.currency.map(|currency| currency.code().to_owned())).bind(promise.aim.word());
    let query = query.bind(promise.promised.plain()).bind(watch).bind(off).bind(promise.state.word());
    query.bind(promise.source_key.clone()).execute().await?;
    Ok(())
}

/// The service of the project with that key in its source, held as a promise.
pub(super) async fn service_of_project(tx: &mut Tx, key: &str) -> Result<Option<ServiceId>, Fault> {
    let sql = "select service_id from portfolio_promises where source_key = $1 and state = 'active' order by id limit 1";
    tx.query(sql).bind(key).row().await?.map(|row| row.get("service_id")).transpose()
}

/// Stores a promise's state under its next version, and lets go of its key in its source where it has
/// none any more: nothing else of it ever changes.
pub(super) async fn update_state(cx: &mut Cx, promise: &mut Promise) -> Result<(), Fault> {
    promise.version += 1;
    let sql = "update portfolio_promises set version = $2, state = $3, source_key = $4 where id = $1";
    let query = cx.tx.query(sql).bind(promise.id).bind(promise.version).bind(promise.state.word());
    query.bind(promise.source_key.clone()).execute().await?;
    Ok(())
}

/// Stores what was measured, anew or corrected, with how it stands.
pub(super) async fn save_measurement(
    cx: &mut Cx,
    promise: &Promise,
    measured: &Measurement,
) -> Result<(), Fault> {
    let sql = "insert into portfolio_measurements (id, version, promise_id, about, about_day, basis, value, standing, \
               slip_days, adverse, source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
               on conflict (id) do update set version = excluded.version, about = excluded.about, \
               basis = excluded.basis, value = excluded.value, standing = excluded.standing, \
               slip_days = excluded.slip_days, adverse = excluded.adverse, source = excluded.source";
    let stands = super::rules::stands(promise.promised, promise.aim, promise.limits, measured.value);
    let stands = stands.ok_or_else(|| Fault::because("a day was measured against a number"))?;
    let query = cx.tx.query(sql).bind(measured.id.as_str()).bind(measured.version).bind(measured.promise);
    let query = query.bind(measured.about.as_str()).bind(measured.about_day.to_string());
    let query = query.bind(measured.basis.word()).bind(measured.value.plain()).bind(stands.word());
    let query = query.bind(super::rules::slip_days(promise.promised, measured.value));
    let query = query.bind(super::rules::adverse_share(promise.promised, promise.aim, measured.value));
    query.bind(measured.source.as_str()).execute().await?;
    Ok(())
}
