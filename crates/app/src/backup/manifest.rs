//! `manifest.json`: written last, so that a folder that has one is whole.

use std::collections::BTreeMap;
use std::path::Path;

use access::history::Checkpoint;
use db::Migration;
use kernel::{Fault, Refusal, Refused};
use serde::{Deserialize, Serialize};

use super::error::{LATER_RELEASE, NO_BACKUP};
use crate::MIGRATIONS;
use crate::export::write::unwritten;

/// Its file.
pub(super) const FILE: &str = "manifest.json";

const SCHEMA: &str = "quarterdeck.backup.v1";

/// What a folder holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Of what kind the folder is.
    pub schema: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// The migrations its tables stand after, oldest first.
    pub migrations: Vec<String>,
    /// What is in each table's file.
    pub tables: BTreeMap<String, Lines>,
    /// Stored files, in the folder `files`.
    pub files: usize,
    /// Where the history ends.
    pub history: Checkpoint,
}

/// What is in a file of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lines {
    /// Lines.
    pub rows: i64,
    /// Digest of the file.
    pub sha256: String,
}

impl Manifest {
    /// Of what stands after all migrations there are.
    pub fn new(
        made_at: String,
        tables: BTreeMap<String, Lines>,
        files: usize,
        history: Checkpoint,
    ) -> Manifest {
        let migrations = MIGRATIONS.iter().map(|migration| migration.name.to_owned()).collect();
        Manifest { schema: SCHEMA.to_owned(), made_at, migrations, tables, files, history }
    }

    /// Writes it aside, then in its place.
    pub fn write(&self, folder: &Path) -> Result<(), Fault> {
        let text =
            serde_json::to_string_pretty(self).map_err(|error| Fault::new("writing a manifest", error))?;
        let (at, aside) = (folder.join(FILE), folder.join(".manifest.json"));
        std::fs::write(&aside, text + "\n").map_err(|error| unwritten(&aside, error))?;
        let synced = std::fs::File::open(&aside).and_then(|file| file.sync_all());
        synced.and_then(|()| std::fs::rename(&aside, &at)).map_err(|error| unwritten(&at, error))
    }

    /// Reads that of a folder.
    ///
    /// # Errors
    /// There is none, it is not of a backup, or it was made by a later release.
    pub fn read(folder: &Path) -> Result<Manifest, Refused> {
        let none = |why: &str| NO_BACKUP.with(&[&folder.display().to_string(), why]);
        let text = std::fs::read_to_string(folder.join(FILE)).map_err(|_| match folder.exists() {
            true => none(&format!("it has no {FILE}")),
            false => none("there is no such folder"),
        })?;
        let manifest: Manifest = serde_json::from_str(&text)
            .map_err(|error| none(&format!("its {FILE} is not that of a backup, {error}")))?;
        if manifest.schema != SCHEMA {
            return Err(none(&format!("it holds {}", manifest.schema)).into());
        }
        manifest.migrations()?;
        Ok(manifest)
    }

    /// The migrations its tables stand after: the first of ours.
    ///
    /// # Errors
    /// It was made by a later release.
    pub fn migrations(&self) -> Result<&'static [Migration], Refusal> {
        let ours = MIGRATIONS.iter().map(|migration| migration.name);
        let known = self.migrations.iter().zip(ours).take_while(|(theirs, ours)| theirs == ours).count();
        match self.migrations.get(known) {
            None => Ok(&MIGRATIONS[..known]),
            Some(unknown) => Err(LATER_RELEASE.with(&[unknown])),
        }
    }
}
