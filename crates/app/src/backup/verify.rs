//! Whether a folder holds what was written, and a database can be made of it again.

use std::collections::BTreeSet;
use std::io::{BufRead, ErrorKind};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use access::history;
use db::Db;
use kernel::{Fault, Headway, Refused};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::manifest::{FILE, Lines, Manifest};
use super::restore::restore;
use super::tables;
use crate::export::schema::{Kind, Table};
use crate::export::write::{file_of, hex, unwritten};

/// Everything that is not as it was written; empty: the backup is whole. Then it is restored into a database of its
/// own, which goes away again: each row of the history is proved, each record compared with its last event.
///
/// # Errors
/// The folder is no backup, or of a later release.
pub async fn verify(folder: &Path, headway: &Headway) -> Result<Vec<String>, Refused> {
    let manifest = Manifest::read(folder)?;
    let damaged = damaged(folder, &manifest)?;
    if !damaged.is_empty() {
        return Ok(damaged);
    }
    let trial = Trial::new()?;
    restore(folder, &trial.url(), headway).await?;
    let db = Db::open(&trial.url()).await?;
    let found = differences(&db, &manifest).await;
    db.close().await;
    Ok(found?)
}

/// Files that are missing or hold something else.
pub(super) fn damaged(folder: &Path, manifest: &Manifest) -> Result<Vec<String>, Refused> {
    let tables = tables(manifest.migrations()?);
    let mut found = Vec::new();
    for table in &tables {
        let (name, file) = (&table.name, file_of(&table.name));
        match (manifest.tables.get(name), lines_of(&folder.join(&file))?) {
            (None, _) => found.push(format!("{FILE} says nothing of {name}")),
            (Some(_), None) => found.push(format!("{file} is missing")),
            (Some(written), Some(lines)) if lines.rows != written.rows => found.push(format!(
                "{file} is not what was written: {} rows instead of {}",
                lines.rows, written.rows
            )),
            (Some(written), Some(lines)) if lines != *written => {
                found.push(format!("{file} is not what was written: a row was changed"));
            }
            _ => {}
        }
    }
    found.extend(damaged_files(folder, &tables)?);
    Ok(found)
}

/// Stored files that are missing, hold something else or were not written.
fn damaged_files(folder: &Path, tables: &[Table]) -> Result<Vec<String>, Fault> {
    // Where it is missing itself, that is named already.
    let Some(mut listed) = stored(folder, tables) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let there = std::fs::read_dir(folder.join("files")).into_iter().flatten().flatten();
    for path in there.map(|entry| entry.path()) {
        let content = std::fs::read(&path).map_err(|error| unread(&path, error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !listed.remove(&name) {
            found.push(format!("files/{name} is none of those that were written"));
        } else if hex(&Sha256::digest(content)) != name {
            found.push(format!("files/{name} is not what was written"));
        }
    }
    found.extend(listed.iter().map(|digest| format!("files/{digest} is missing")));
    Ok(found)
}

/// The digests under which files were stored, as the table of them lists them; none where its file is not there.
fn stored(folder: &Path, tables: &[Table]) -> Option<BTreeSet<String>> {
    let table = tables.iter().find(|table| table.columns.iter().any(|(_, kind)| *kind == Kind::Bytes))?;
    let text = std::fs::read_to_string(folder.join(file_of(&table.name))).ok()?;
    let rows = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Some(rows.filter_map(|row| Some(row["digest"].as_str()?.to_owned())).collect())
}

pub(super) fn unread(path: &Path, error: std::io::Error) -> Fault {
    Fault::new(format!("reading {}", path.display()), error)
}

/// What is in a file; nothing where there is none.
fn lines_of(path: &Path) -> Result<Option<Lines>, Fault> {
    let Ok(file) = std::fs::File::open(path) else { return Ok(None) };
    let (mut file, mut line) = (std::io::BufReader::new(file), Vec::new());
    let (mut rows, mut hash) = (0, Sha256::new());
    while file.read_until(b'\n', &mut line).map_err(|error| unread(path, error))? > 0 {
        hash.update(&line);
        rows += 1;
        line.clear();
    }
    Ok(Some(Lines { rows, sha256: hex(&hash.finalize()) }))
}

/// What of a restored database is not as the history left it.
async fn differences(db: &Db, manifest: &Manifest) -> Result<Vec<String>, Fault> {
    let mut tx = db.read().await?;
    if let Err(broken) = history::verify(&mut tx, Some(&manifest.history)).await? {
        return Ok(vec![format!("history, row {}: {}", broken.seq, broken.says)]);
    }
    let found = crate::check(&mut tx).await?;
    Ok(found.into_iter().map(|one| format!("{} {}: {}", one.noun, one.id, one.says)).collect())
}

/// A database for a trial, removed in the end.
struct Trial(PathBuf);

impl Trial {
    fn new() -> Result<Trial, Fault> {
        // Several trials may be under way, and one that was killed may have left its folder.
        for number in 0.. {
            let name = format!("quarterdeck-verify-{}-{number}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            match std::fs::DirBuilder::new().mode(0o700).create(&folder) {
                Ok(()) => return Ok(Trial(folder)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unwritten(&folder, error)),
            }
        }
        Err(Fault::because("no folder for a trial"))
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.0.join("trial.db").display())
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
