//! The only SQL of cost centres.

use std::collections::BTreeSet;

use access::Cx;
use db::{DbError, Tx};
use kernel::{Fault, Refused};

use super::CostCentre;
use super::error::KEY_TAKEN;

/// The codes of all registered cost centres.
pub async fn keys(tx: &mut Tx) -> Result<BTreeSet<String>, Fault> {
    tx.query("select key from finance_cost_centres").rows().await?.iter().map(|row| row.get("key")).collect()
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
