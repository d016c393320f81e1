//! The only SQL of recounting.

use std::collections::BTreeSet;

use access::history::Difference;
use db::Tx;
use kernel::Fault;
use serde_json::{Map, Value};

use crate::service;

/// Services whose states by day or completeness are not what follows from their own rows.
pub async fn recount(tx: &mut Tx) -> Result<Vec<Difference>, Fault> {
    let mut found = Vec::new();
    for (table, reckoned) in service::derived(tx).await? {
        let reckoned: BTreeSet<Vec<(String, String)>> = reckoned.into_iter().map(said).collect();
        let mut kept = BTreeSet::new();
        for row in tx.query(&format!("select * from {table}")).rows().await? {
            let mut row: Vec<(String, String)> =
                row.texts()?.into_iter().map(|(column, value)| (column, value.unwrap_or_default())).collect();
            row.sort();
            kept.insert(row);
        }
        let apart: BTreeSet<&str> =
            kept.symmetric_difference(&reckoned).filter_map(|row| service_of(row)).collect();
        found.extend(apart.into_iter().map(|id| Difference {
            noun: "service".to_owned(),
            id: id.to_owned(),
            says: format!("Its rows in {table} are not what follows from it."),
        }));
    }
    Ok(found)
}

fn said(row: Map<String, Value>) -> Vec<(String, String)> {
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut row: Vec<(String, String)> =
        row.into_iter().map(|(column, value)| (column, text(value))).collect();
    row.sort();
    row
}

fn service_of(row: &[(String, String)]) -> Option<&str> {
    row.iter().find(|(column, _)| column == "service_id").map(|(_, id)| id.as_str())
}
