//! Everything out: one file of JSON lines per table, in a fixed order, the stored files beside them, and a
//! `manifest.json` with the count and digest of each. The same organisation gives the same bytes on both
//! engines, so two databases can be compared by comparing folders.
//!
//! | file | holds |
//! | --- | --- |
//! | `tables` | what is exported and what is left out, with why; every table is one or the other |
//! | `schema` | tables, columns and keys as the migrations make them |
//! | `repo` | the rows of a table, page by page |
//! | `write` | tables and stored files into a folder, for the backup too |
//!
//! Personal values are in it: only who may export everything may have them.

mod repo;
pub(crate) mod schema;
mod tables;
pub(crate) mod write;

use std::path::Path;

use access::{Action, Reach, Who};
use kernel::{Fault, Refused};
use serde_json::{Map, Value, json};

use crate::House;
use write::{files_into, table_into, unwritten};

/// What an export wrote.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Tables.
    pub tables: usize,
    /// Rows of all of them.
    pub rows: i64,
    /// Stored files.
    pub files: usize,
}

/// Exports everything into `folder`, which must be new or empty; all of it as of one moment.
pub async fn all(house: &House, who: &Who, folder: &Path) -> Result<Exported, Refused> {
    if who.reach(Action::ExportAll) != Reach::All {
        return Err(access::refused(Action::ExportAll).into());
    }
    write::new_folder(folder)?;
    let mut tx = house.db.read().await?;
    let mut exported = Exported { tables: 0, rows: 0, files: 0 };
    let mut manifest = Map::new();
    for table in tables::exported() {
        let (rows, digest) = table_into(&mut tx, &table, folder).await?;
        manifest.insert(table.name.clone(), json!({ "rows": rows, "sha256": digest }));
        exported.tables += 1;
        exported.rows += rows;
    }
    exported.files = files_into(&mut tx, folder).await?;
    let left_out: Map<String, Value> =
        tables::LEFT_OUT.iter().map(|(what, why)| ((*what).to_owned(), (*why).into())).collect();
    let migrations: Vec<&str> = crate::MIGRATIONS.iter().map(|migration| migration.name).collect();
    let manifest = json!({ "schema": "quarterdeck.export.v1", "migrations": migrations, "tables": manifest,
        "left_out": left_out });
    let text =
        serde_json::to_string_pretty(&manifest).map_err(|error| Fault::new("writing a manifest", error))?;
    let path = folder.join("manifest.json");
    std::fs::write(&path, text + "\n").map_err(|error| unwritten(&path, error))?;
    Ok(exported)
}
