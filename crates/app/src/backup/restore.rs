//! A new database from a backup: its tables as they were, then whatever migrations came since.

use std::path::Path;

use db::{Db, Migration};
use kernel::{Headway, Refused};

use super::error::{AHEAD, DAMAGED, TAKEN};
use super::manifest::Manifest;
use super::{repo, rows, tables, verify};
use crate::MIGRATIONS;

/// What came back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// Name of the organisation.
    pub organisation: String,
    /// Rows of all tables.
    pub rows: i64,
    /// Stored files.
    pub files: usize,
    /// When the backup was made.
    pub made_at: String,
}

/// Makes the database `url` of the backup in `folder`: all of it, or nothing.
///
/// # Errors
/// The folder is no backup, is damaged or of a later release; the database holds an organisation.
pub async fn restore(folder: &Path, url: &str, headway: &Headway) -> Result<Restored, Refused> {
    let manifest = Manifest::read(folder)?;
    if let Some(first) = verify::damaged(folder, &manifest)?.first() {
        return Err(DAMAGED.with(&[&folder.display().to_string(), first]).into());
    }
    let new = db::file_of(url).filter(|file| !file.exists());
    let db = Db::open(url).await?;
    let done = into(&db, folder, &manifest, headway).await;
    db.close().await;
    if let (Err(_), Some(file)) = (&done, new) {
        db::discard(file);
    }
    done
}

async fn into(db: &Db, folder: &Path, manifest: &Manifest, headway: &Headway) -> Result<Restored, Refused> {
    let before = manifest.migrations()?;
    refuse_taken(db, before).await?;
    db.migrate(before).await?;
    let mut tx = db.begin().await?;
    let tables = tables(before);
    for table in &tables {
        headway.begins(&format!("Restoring {}", table.name), "rows");
        headway.counts(manifest.tables.get(&table.name).map_or(0, |lines| lines.rows));
        rows::restore(&mut tx, table, folder, headway).await?;
    }
    let organisation = repo::organisation(&mut tx).await?.unwrap_or_default();
    tx.commit().await?;
    db.migrate(MIGRATIONS).await?;
    let rows = manifest.tables.values().map(|lines| lines.rows).sum();
    Ok(Restored { organisation, rows, files: manifest.files, made_at: manifest.made_at.clone() })
}

/// A database that holds an organisation is not written over; nor one whose tables are further than those of the
/// backup, since what migrations do to rows would be left out.
async fn refuse_taken(db: &Db, before: &[Migration]) -> Result<(), Refused> {
    if !db.has_schema().await? {
        return Ok(());
    }
    let mut tx = db.read().await?;
    let applied = db::applied(&mut tx).await?.len();
    if applied > before.len() {
        return Err(AHEAD.plain().into());
    }
    // Before the first migration there is no table to ask.
    let taken = if applied == 0 { None } else { repo::organisation(&mut tx).await? };
    match taken {
        None => Ok(()),
        Some(name) => Err(TAKEN.with(&[&name]).into()),
    }
}
