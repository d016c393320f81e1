//! The only SQL of what is known by a key and a name.

use access::Cx;
use db::{DbError, Tx};
use kernel::{Fault, Refusal, Refused};

use super::{Kind, Named};

/// The keys of all of them, in their order.
pub(crate) async fn keys(tx: &mut Tx, kind: &Kind) -> Result<Vec<String>, Fault> {
    let sql = format!("select key from {} order by key", kind.noun.table);
    tx.query(&sql).rows().await?.iter().map(|row| row.get("key")).collect()
}

/// The one of that key.
pub(super) async fn load(tx: &mut Tx, kind: &Kind, key: &str) -> Result<Named, Refused> {
    let sql = format!("select id, version, key, name from {} where key = $1 for update", kind.noun.table);
    let row = tx.query(&sql).bind(key).row().await?.ok_or_else(Refusal::not_found)?;
    Ok(Named {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
    })
}

/// Stores a new one.
pub(super) async fn insert(cx: &mut Cx, kind: &Kind, one: &Named) -> Result<(), Refused> {
    let sql = format!("insert into {} (id, version, key, name) values ($1, $2, $3, $4)", kind.noun.table);
    let query = cx.tx.query(&sql).bind(one.id.as_str()).bind(one.version).bind(one.key.as_str());
    match query.bind(one.name.as_str()).execute().await {
        Err(DbError::Unique(_)) => Err((kind.taken)(&one.key).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed one under its next version.
pub(super) async fn update(cx: &mut Cx, kind: &Kind, one: &mut Named) -> Result<(), Fault> {
    one.version += 1;
    let sql = format!("update {} set version = $2, name = $3 where id = $1", kind.noun.table);
    let query = cx.tx.query(&sql).bind(one.id.as_str()).bind(one.version).bind(one.name.as_str());
    query.execute().await?;
    Ok(())
}
