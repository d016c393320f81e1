//! Everything as of one moment, into a folder.

use std::collections::BTreeMap;
use std::path::Path;

use access::history::{self, Checkpoint};
use access::{Action, Reach, Who};
use kernel::{Fault, Refused};

use super::manifest::{Lines, Manifest};
use super::tables;
use crate::export::write::{files_into, new_folder, table_into, unwritten};
use crate::{House, MIGRATIONS};

/// What was written.
#[derive(Clone, Debug)]
pub struct Created {
    /// Tables.
    pub tables: usize,
    /// Rows of all of them.
    pub rows: i64,
    /// Stored files.
    pub files: usize,
    /// Where the history ends.
    pub history: Checkpoint,
}

/// Writes a backup into `folder`, which must be new or empty, while others may work on. It holds everything, secrets
/// too: whoever administers may make one, and its folder is its owner's alone.
pub async fn create(house: &House, who: &Who, folder: &Path) -> Result<Created, Refused> {
    if who.reach(Action::Administer) != Reach::All {
        return Err(access::refused(Action::Administer).into());
    }
    new_folder(folder)?;
    let mut tx = house.db.read().await?;
    let mut written = BTreeMap::new();
    for table in tables(MIGRATIONS) {
        house.headway.begins(&format!("Writing {}", table.name), "rows");
        let (rows, sha256) = table_into(&mut tx, &table, folder).await?;
        written.insert(table.name, Lines { rows, sha256 });
    }
    let files = files_into(&mut tx, folder).await?;
    let history = history::checkpoint(&mut tx).await?;
    synced(folder)?;
    let (tables, rows) = (written.len(), written.values().map(|lines| lines.rows).sum());
    Manifest::new(house.clock.now().to_rfc3339(), written, files, history.clone()).write(folder)?;
    Ok(Created { tables, rows, files, history })
}

/// Brings every file of a folder to the disk: a backup that the power takes is none.
fn synced(folder: &Path) -> Result<(), Fault> {
    let fault = |error| unwritten(folder, error);
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        match path.is_dir() {
            true => synced(&path)?,
            false => std::fs::File::open(&path).and_then(|file| file.sync_all()).map_err(fault)?,
        }
    }
    Ok(())
}
