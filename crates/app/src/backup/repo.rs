//! The only SQL of the backup; reading is the export's.

use db::{Bind, Tx};
use kernel::Fault;

use crate::export::schema::Table;

/// Removes the rows that migrations begin a table with. None is touched where there is none: what may only be added
/// to refuses even that.
pub(super) async fn empty(tx: &mut Tx, table: &Table) -> Result<(), Fault> {
    if tx.query(&format!("select 1 as there from {} limit 1", table.name)).row().await?.is_some() {
        tx.query(&format!("delete from {}", table.name)).execute().await?;
    }
    Ok(())
}

/// Stores rows, their values in the order of the columns.
pub(super) async fn insert(tx: &mut Tx, table: &Table, rows: Vec<Vec<Bind>>) -> Result<(), Fault> {
    let columns: Vec<&str> = table.columns.iter().map(|(column, _)| column.as_str()).collect();
    let sql = format!("insert into {} ({})", table.name, columns.join(", "));
    Ok(tx.insert_many(&sql, rows).await?)
}

/// Name of the organisation, in the tables of any release.
pub(super) async fn organisation(tx: &mut Tx) -> Result<Option<String>, Fault> {
    let row = tx.query("select name from access_organisation").row().await?;
    row.map(|row| row.get("name")).transpose()
}
