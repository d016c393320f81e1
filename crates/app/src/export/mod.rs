//! Everything out: one file of JSON lines per table, in a fixed order, the stored files beside them, and a
//! `manifest.json` with the count and digest of each. The same organisation gives the same bytes on both
//! engines, so two databases can be compared by comparing folders.
//!
//! | file | holds |
//! | --- | --- |
//! | `tables` | what is exported and what is left out, with why; every table is one or the other |
//! | `schema` | tables, columns and keys as the migrations make them |
//! | `repo` | the rows of a table, page by page |
//!
//! Personal values are in it: only who may export everything may have them.

mod repo;
mod schema;
mod tables;

use std::io::{BufWriter, Write};
use std::path::Path;

use access::{Action, Reach, Who};
use kernel::{Fault, Refused};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::House;
use schema::Table;

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
    let there = folder.exists() && std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some());
    if there {
        let says = format!("{} holds files already; name a new folder.", folder.display());
        return Err(kernel::Refusal::field("folder", says).into());
    }
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, error))?;
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

fn unwritten(path: &Path, error: std::io::Error) -> Fault {
    Fault::new(format!("writing {}", path.display()), error)
}

/// One table as JSON lines; how many rows, and the digest of the file.
async fn table_into(tx: &mut db::Tx, table: &Table, folder: &Path) -> Result<(i64, String), Fault> {
    let path = folder.join(format!("{}.jsonl", table.name));
    let file = std::fs::File::create(&path).map_err(|error| unwritten(&path, error))?;
    let (mut out, mut hash, mut rows) = (BufWriter::new(file), Sha256::new(), 0_i64);
    let mut after = None;
    loop {
        let page = repo::page(tx, table, after.as_deref()).await?;
        let Some(last) = page.last() else { break };
        after = Some(table.key_of(last)?);
        for row in &page {
            let line = table.json(row)?.to_string() + "\n";
            out.write_all(line.as_bytes()).map_err(|error| unwritten(&path, error))?;
            hash.update(line.as_bytes());
            rows += 1;
        }
    }
    out.flush().map_err(|error| unwritten(&path, error))?;
    Ok((rows, hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Every imported file as it came, named by its digest.
async fn files_into(tx: &mut db::Tx, folder: &Path) -> Result<usize, Fault> {
    let digests = repo::file_digests(tx).await?;
    let place = folder.join("files");
    if !digests.is_empty() {
        std::fs::create_dir_all(&place).map_err(|error| unwritten(&place, error))?;
    }
    for digest in &digests {
        let path = place.join(digest);
        std::fs::write(&path, repo::file(tx, digest).await?).map_err(|error| unwritten(&path, error))?;
    }
    Ok(digests.len())
}
