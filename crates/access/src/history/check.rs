//! Records against their last event: a row changed behind the history's back is found.

use std::collections::BTreeMap;

use db::Tx;
use kernel::Fault;
use serde::Serialize;

use super::{Noun, Snapshot, digest};

/// A record that is not what its last event left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Kind of record.
    pub noun: String,
    /// Which.
    pub id: String,
    /// What is wrong, as a sentence.
    pub says: String,
}

/// Compares every row of every noun with its last event.
pub async fn check(tx: &mut Tx, nouns: &[&'static Noun]) -> Result<Vec<Difference>, Fault> {
    let mut found = Vec::new();
    for noun in nouns {
        let mut told = told(tx, noun).await?;
        let rows = tx.query(&format!("select * from {} order by id", noun.table)).rows().await?;
        for row in rows {
            let snapshot = Snapshot(row.texts()?);
            let id: String = row.get("id")?;
            let says = match told.remove(&id) {
                None => "It stands in the table, but the history never told of it.",
                Some(stored) if digest::fits(tx, noun, &snapshot, &stored).await? => continue,
                Some(_) => "It or a row that belongs to it was changed without an event.",
            };
            found.push(Difference { noun: noun.name.to_owned(), id, says: says.to_owned() });
        }
        let gone = told.into_iter().filter(|(_, stored)| !digest::is_none(stored));
        found.extend(gone.map(|(id, _)| Difference {
            noun: noun.name.to_owned(),
            id,
            says: "The history tells of it, but the row is gone.".to_owned(),
        }));
    }
    Ok(found)
}

/// Digest after the last event, per record of the noun.
async fn told(tx: &mut Tx, noun: &Noun) -> Result<BTreeMap<String, String>, Fault> {
    let sql = "select h.record_id, h.state_digest from access_history h join \
               (select record_id, max(seq) as seq from access_history where noun = $1 group by record_id) l \
               on l.seq = h.seq";
    let rows = tx.query(sql).bind(noun.name).rows().await?;
    rows.iter().map(|row| Ok((row.get("record_id")?, row.get("state_digest")?))).collect()
}
