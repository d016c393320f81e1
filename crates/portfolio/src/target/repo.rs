//! The only SQL of service level targets.

use std::collections::BTreeMap;

use access::Cx;
use db::{Row, Tx};
use kernel::{Decimal, Fault, OfferingId};
use serde_json::{Value, json};

/// A target as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub id: String,
    pub version: i64,
    pub offering: OfferingId,
    pub measure: String,
    pub level: String,
    pub unit: Option<String>,
    pub value: Option<Decimal>,
}

fn read(row: &Row) -> Result<Target, Fault> {
    Ok(Target {
        id: row.get("id")?,
        version: row.get("version")?,
        offering: row.get("offering_id")?,
        measure: row.get("measure")?,
        level: row.get("level")?,
        unit: row.get("unit")?,
        value: row.get("value")?,
    })
}

pub(super) async fn find(tx: &mut Tx, offering: OfferingId, measure: &str) -> Result<Option<Target>, Fault> {
    let sql = "select * from portfolio_targets where offering_id = $1 and lower(measure) = lower($2)";
    tx.query(sql).bind(offering).bind(measure).row().await?.as_ref().map(read).transpose()
}

/// The targets of an offering as shown, by measure.
pub async fn of_offering(tx: &mut Tx, offering: OfferingId) -> Result<Vec<Value>, Fault> {
    let sql = "select * from portfolio_targets where offering_id = $1 order by measure";
    let rows = tx.query(sql).bind(offering).rows().await?;
    rows.iter().map(|row| read(row).map(shown)).collect()
}

pub(super) async fn save(cx: &mut Cx, target: &Target) -> Result<(), Fault> {
    let sql = "insert into portfolio_targets (id, version, offering_id, measure, level, unit, value) \
               values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do update set version = excluded.version, \
               measure = excluded.measure, level = excluded.level, unit = excluded.unit, value = excluded.value";
    let query = cx.tx.query(sql).bind(target.id.as_str()).bind(target.version).bind(target.offering);
    let query = query.bind(target.measure.as_str()).bind(target.level.as_str()).bind(target.unit.clone());
    query.bind(target.value).execute().await?;
    Ok(())
}

pub(super) async fn delete(cx: &mut Cx, id: &str) -> Result<(), Fault> {
    cx.tx.query("delete from portfolio_targets where id = $1").bind(id).execute().await?;
    Ok(())
}

/// The targets of every offering as shown: one query for a whole menu card.
pub async fn all(tx: &mut Tx) -> Result<BTreeMap<OfferingId, Vec<Value>>, Fault> {
    let rows = tx.query("select * from portfolio_targets order by offering_id, measure").rows().await?;
    let mut all: BTreeMap<OfferingId, Vec<Value>> = BTreeMap::new();
    for row in &rows {
        let target = read(row)?;
        all.entry(target.offering).or_default().push(shown(target));
    }
    Ok(all)
}

fn shown(target: Target) -> Value {
    json!({
        "measure": target.measure,
        "level": target.level,
        "unit": target.unit,
        "value": target.value.map(|value| value.to_string()),
    })
}
