//! The only SQL of cost centres.

use std::collections::BTreeSet;

use access::Cx;
use db::{DbError, Row, Tx};
use kernel::{Fault, Refusal, Refused};

use super::CostCentre;
use super::error::KEY_TAKEN;

/// The codes of all registered cost centres.
pub async fn keys(tx: &mut Tx) -> Result<BTreeSet<String>, Fault> {
    tx.query("select key from finance_cost_centres").rows().await?.iter().map(|row| row.get("key")).collect()
}

/// The cost centre of that code.
pub(super) async fn load(tx: &mut Tx, key: &str) -> Result<CostCentre, Refused> {
    let sql = "select id, version, key, name from finance_cost_centres where key = $1 for update";
    let row = tx.query(sql).bind(key).row().await?.ok_or_else(Refusal::not_found)?;
    Ok(read(&row)?)
}

fn read(row: &Row) -> Result<CostCentre, Fault> {
    Ok(CostCentre {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
    })
}

/// Stores a changed cost centre under its next version.
pub(super) async fn update(cx: &mut Cx, centre: &mut CostCentre) -> Result<(), Fault> {
    centre.version += 1;
    let sql = "update finance_cost_centres set version = $2, name = $3 where id = $1";
    let query = cx.tx.query(sql).bind(centre.id.as_str()).bind(centre.version).bind(centre.name.as_str());
    query.execute().await?;
    Ok(())
}

/// Stores a new cost centre.
pub(super) async fn insert(cx: &mut Cx, centre: &CostCentre) -> Result<(), Refused> {
    let sql = "insert into finance_cost_centres (id, version, key, name) values ($1, $2, $3, $4)";
    let query = cx.tx.query(sql).bind(centre.id.as_str()).bind(centre.version).bind(centre.key.as_str());
    match query.bind(centre.name.as_str()).execute().await {
        Err(DbError::Unique(_)) => Err(KEY_TAKEN.with(&[&centre.key]).into()),
        other => Ok(other.map(drop)?),
    }
}
