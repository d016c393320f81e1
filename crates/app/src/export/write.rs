//! Tables and stored files, written into a folder: a file of JSON lines for each table, each stored file by its digest.

use std::io::{BufWriter, Write};
use std::path::Path;

use kernel::{Fault, Refused};
use sha2::{Digest, Sha256};

use super::repo;
use super::schema::Table;
use crate::backup::error::NOT_EMPTY;

/// Makes a folder that nobody but its owner can look into, for everything is in it.
pub(crate) fn new_folder(folder: &Path) -> Result<(), Refused> {
    use std::os::unix::fs::PermissionsExt;
    if folder.exists() && std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()) {
        return Err(NOT_EMPTY.with(&[&folder.display().to_string()]).into());
    }
    // One that is there already, empty, may have been open to others.
    let made = std::fs::create_dir_all(folder);
    let closed = made.and_then(|()| std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)));
    Ok(closed.map_err(|error| unwritten(folder, error))?)
}

/// The file of a table.
pub(crate) fn file_of(table: &str) -> String {
    format!("{table}.jsonl")
}

/// A digest as text.
pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unwritten(path: &Path, error: std::io::Error) -> Fault {
    Fault::new(format!("writing {}", path.display()), error)
}

/// One table as JSON lines; how many rows, and the digest of the file.
pub(crate) async fn table_into(
    tx: &mut db::Tx,
    table: &Table,
    folder: &Path,
) -> Result<(i64, String), Fault> {
    let path = folder.join(file_of(&table.name));
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
    Ok((rows, hex(&hash.finalize())))
}

/// Every imported file as it came, named by its digest.
pub(crate) async fn files_into(tx: &mut db::Tx, folder: &Path) -> Result<usize, Fault> {
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
