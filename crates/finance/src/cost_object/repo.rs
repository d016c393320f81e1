//! The only SQL of cost objects.

use access::Cx;
use db::{DbError, Tx};
use kernel::Fault;

/// Keys of all cost objects.
pub async fn all_keys(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    let rows = tx.query("select key from finance_objects order by key").rows().await?;
    rows.iter().map(|row| row.get("key")).collect()
}

/// Stores a new cost object.
pub(super) async fn insert(cx: &mut Cx, id: &str, key: &str, name: &str) -> Result<(), DbError> {
    let sql = "insert into finance_objects (id, version, key, name) values ($1, 1, $2, $3)";
    cx.tx.query(sql).bind(id).bind(key).bind(name).execute().await.map(drop)
}
