//! The only SQL of cost objects.

use access::Cx;
use db::{DbError, Row, Tx};
use kernel::{Fault, Refusal, Refused};

use super::CostObject;

/// Keys of all cost objects.
pub async fn all_keys(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    let rows = tx.query("select key from finance_objects order by key").rows().await?;
    rows.iter().map(|row| row.get("key")).collect()
}

/// The cost object of that key.
pub(super) async fn load(tx: &mut Tx, key: &str) -> Result<CostObject, Refused> {
    let sql = "select id, version, key, name from finance_objects where key = $1 for update";
    let row = tx.query(sql).bind(key).row().await?.ok_or_else(Refusal::not_found)?;
    Ok(read(&row)?)
}

fn read(row: &Row) -> Result<CostObject, Fault> {
    Ok(CostObject {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
    })
}

/// Stores a new cost object.
pub(super) async fn insert(cx: &mut Cx, object: &CostObject) -> Result<(), Refused> {
    let sql = "insert into finance_objects (id, version, key, name) values ($1, $2, $3, $4)";
    let query = cx.tx.query(sql).bind(object.id.as_str()).bind(object.version).bind(object.key.as_str());
    match query.bind(object.name.as_str()).execute().await {
        Err(DbError::Unique(_)) => Err(Refusal::field("key", format!("“{}” is taken.", object.key)).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed cost object under its next version.
pub(super) async fn update(cx: &mut Cx, object: &mut CostObject) -> Result<(), Fault> {
    object.version += 1;
    let sql = "update finance_objects set version = $2, name = $3 where id = $1";
    let query = cx.tx.query(sql).bind(object.id.as_str()).bind(object.version).bind(object.name.as_str());
    query.execute().await?;
    Ok(())
}
