//! The only SQL of cost pools.

use access::Cx;
use db::{DbError, Row, Tx};
use kernel::{Fault, Refusal, Refused};

use super::error::KEY_TAKEN;
use super::{Behaviour, Pool, Purpose, Spend};

const COLUMNS: &str = "id, version, key, name, spend, behaviour, purpose";

/// The pool of that key.
pub async fn load(tx: &mut Tx, key: &str) -> Result<Pool, Refused> {
    Ok(find(tx, key).await?.ok_or_else(Refusal::not_found)?)
}

/// The pool of that key, if there is one.
pub async fn find(tx: &mut Tx, key: &str) -> Result<Option<Pool>, Fault> {
    let sql = format!("select {COLUMNS} from finance_pools where key = $1 for update");
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

/// All pools by key.
pub async fn all(tx: &mut Tx) -> Result<Vec<Pool>, Fault> {
    let sql = format!("select {COLUMNS} from finance_pools order by key");
    tx.query(&sql).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Pool, Fault> {
    let unknown = |word: &str| Fault::because(format!("no kind of cost: {word}"));
    let (spend, behaviour): (String, String) = (row.get("spend")?, row.get("behaviour")?);
    let purpose: Option<String> = row.get("purpose")?;
    Ok(Pool {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
        spend: Spend::parse(&spend).ok_or_else(|| unknown(&spend))?,
        behaviour: Behaviour::parse(&behaviour).ok_or_else(|| unknown(&behaviour))?,
        purpose: purpose.map(|word| Purpose::parse(&word).ok_or_else(|| unknown(&word))).transpose()?,
    })
}

/// Stores a new pool.
pub(super) async fn insert(cx: &mut Cx, pool: &Pool) -> Result<(), Refused> {
    let sql = "insert into finance_pools (id, version, key, name, spend, behaviour, purpose) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let query =
        cx.tx.query(sql).bind(pool.id).bind(pool.version).bind(pool.key.as_str()).bind(pool.name.as_str());
    let query =
        query.bind(pool.spend.word()).bind(pool.behaviour.word()).bind(pool.purpose.map(Purpose::word));
    match query.execute().await {
        Err(DbError::Unique(_)) => Err(KEY_TAKEN.with(&[&pool.key]).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed pool under its next version.
pub(super) async fn update(cx: &mut Cx, pool: &mut Pool) -> Result<(), Fault> {
    pool.version += 1;
    let sql = "update finance_pools set version = $2, name = $3, spend = $4, behaviour = $5, purpose = $6 where id = $1";
    let query = cx.tx.query(sql).bind(pool.id).bind(pool.version).bind(pool.name.as_str());
    let query =
        query.bind(pool.spend.word()).bind(pool.behaviour.word()).bind(pool.purpose.map(Purpose::word));
    query.execute().await?;
    Ok(())
}
