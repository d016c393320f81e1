//! The only SQL of the export.

use db::{Bind, Row, Tx};
use kernel::Fault;

use super::schema::{KeyPart, Kind, Table};

/// Rows read at a time.
const PAGE: i64 = 2000;

/// The rows of a table after the one of that key, by key.
pub(super) async fn page(tx: &mut Tx, table: &Table, after: Option<&[KeyPart]>) -> Result<Vec<Row>, Fault> {
    let columns: Vec<&str> = (table.columns.iter())
        .filter(|(_, kind)| *kind != Kind::Bytes)
        .map(|(name, _)| name.as_str())
        .collect();
    let (columns, key) = (columns.join(", "), table.key.join(", "));
    let mut binds = Vec::new();
    let mut beyond = "true".to_owned();
    if let Some(after) = after {
        let blanks: Vec<String> = (1..=after.len()).map(|place| format!("${place}")).collect();
        beyond = format!("({key}) > ({})", blanks.join(", "));
        binds.extend(after.iter().map(|part| match part {
            KeyPart::Text(text) => Bind::from(text.as_str()),
            KeyPart::Int(number) => Bind::from(*number),
        }));
    }
    let sql = format!("select {columns} from {} where {beyond} order by {key} limit {PAGE}", table.name);
    let query = binds.into_iter().fold(tx.query(&sql), db::Query::bind);
    Ok(query.rows().await?)
}

/// Digests of the stored files.
pub(super) async fn file_digests(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    let rows = tx.query("select digest from imports_files order by digest").rows().await?;
    rows.iter().map(|row| row.get("digest")).collect()
}

/// A stored file.
pub(super) async fn file(tx: &mut Tx, digest: &str) -> Result<Vec<u8>, Fault> {
    let row = tx.query("select content from imports_files where digest = $1").bind(digest).row().await?;
    row.ok_or_else(|| Fault::because("a stored file is gone"))?.get("content")
}
