//! Which records an id is of, as the history tells of them.

use db::Tx;
use kernel::Fault;

/// The kinds, of `nouns`, and the keys under which the history tells of the record with that id. Who may see it
/// has to be asked of its list.
pub async fn named(tx: &mut Tx, nouns: &[&str], id: &str) -> Result<Vec<(String, String)>, Fault> {
    // With their names the index over noun and id serves.
    let nouns: Vec<String> = nouns.iter().map(|noun| format!("'{noun}'")).collect();
    let sql = format!(
        "select distinct noun, record_key from access_history where noun in ({}) and record_id = $1 order by noun, record_key",
        nouns.join(", ")
    );
    let rows = tx.query(&sql).bind(id).rows().await?;
    rows.iter().map(|row| Ok((row.get("noun")?, row.get("record_key")?))).collect()
}
