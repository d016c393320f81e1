//! The only SQL of offerings.

use access::Cx;
use db::{DbError, Row, Tx};
use kernel::{Fault, OfferingId, Refusal, Refused, ServiceId};

use super::error::KEY_TAKEN;
use super::{Charging, Offering};
use crate::sql::word_of;

const SELECT: &str = "select o.id, o.version, o.key, o.service_id, o.name, o.unit, o.charging, o.source_key from portfolio_offerings o";

/// The offering of that key, or “not found”; its row stays locked until the transaction ends.
pub async fn load(tx: &mut Tx, key: &str) -> Result<Offering, Refused> {
    let row = tx.query(&format!("{SELECT} where o.key = $1 for update")).bind(key).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The offering of that key, if there is one.
pub async fn find_by_key(tx: &mut Tx, key: &str) -> Result<Option<Offering>, Fault> {
    let row = tx.query(&format!("{SELECT} where o.key = $1")).bind(key).row().await?;
    row.as_ref().map(read).transpose()
}

/// The offering of that id, if there is one.
pub async fn find(tx: &mut Tx, id: OfferingId) -> Result<Option<Offering>, Fault> {
    let row = tx.query(&format!("{SELECT} where o.id = $1")).bind(id).row().await?;
    row.as_ref().map(read).transpose()
}

/// The offerings of a service, by key.
pub async fn of_service(tx: &mut Tx, service: ServiceId) -> Result<Vec<Offering>, Fault> {
    let rows =
        tx.query(&format!("{SELECT} where o.service_id = $1 order by o.key")).bind(service).rows().await?;
    rows.iter().map(read).collect()
}

/// Every offering, by key.
pub async fn all(tx: &mut Tx) -> Result<Vec<Offering>, Fault> {
    let rows = tx.query(&format!("{SELECT} order by o.key")).rows().await?;
    rows.iter().map(read).collect()
}

/// Whether a customer takes or took it, or a price of it was ever approved.
pub(super) async fn in_use(tx: &mut Tx, id: OfferingId) -> Result<bool, Fault> {
    let sql = "select exists (select 1 from portfolio_takers t where t.offering_id = $1) or exists (select 1 \
               from portfolio_prices p where p.offering_id = $1 and p.state in ('approved', 'superseded')) as used";
    let row = tx.query(sql).bind(id).row().await?;
    row.ok_or_else(|| Fault::because("exists gave no row"))?.get("used")
}

/// The first thing that names the offering, in words: an agreement, a price …
pub(super) async fn used_by(tx: &mut Tx, key: &str) -> Result<Option<String>, Fault> {
    let sql = "select what from portfolio_offering_uses where offering_key = $1 order by what limit 1";
    tx.query(sql).bind(key).row().await?.map(|row| row.get("what")).transpose()
}

/// Removes an offering nothing names.
pub(super) async fn remove(tx: &mut Tx, id: OfferingId) -> Result<(), Fault> {
    tx.query("delete from portfolio_offerings where id = $1").bind(id).execute().await?;
    Ok(())
}

fn read(row: &Row) -> Result<Offering, Fault> {
    Ok(Offering {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        service: row.get("service_id")?,
        name: row.get("name")?,
        unit: row.get("unit")?,
        charging: word_of(row, "charging", Charging::parse)?,
        source_key: row.get("source_key")?,
    })
}

/// Stores a new offering.
pub(super) async fn insert(cx: &mut Cx, offering: &Offering) -> Result<(), Refused> {
    let sql = "insert into portfolio_offerings (id, version, key, service_id, name, unit, charging, source_key) \
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let query = cx.tx.query(sql).bind(offering.id).bind(offering.version).bind(offering.key.as_str());
    let query = query.bind(offering.service).bind(offering.name.as_str()).bind(offering.unit.as_str());
    match query.bind(offering.charging.word()).bind(offering.source_key.clone()).execute().await {
        Err(DbError::Unique(_)) => Err(KEY_TAKEN.with(&[&offering.key]).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed offering under its next version.
pub(super) async fn update(cx: &mut Cx, offering: &mut Offering) -> Result<(), Fault> {
    offering.version += 1;
    let sql =
        "update portfolio_offerings set version = $2, name = $3, unit = $4, charging = $5 where id = $1";
    let query = cx.tx.query(sql).bind(offering.id).bind(offering.version).bind(offering.name.as_str());
    query.bind(offering.unit.as_str()).bind(offering.charging.word()).execute().await?;
    Ok(())
}
