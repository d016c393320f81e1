//! What stands in `pack.toml`, read and checked before anything is done.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kernel::Refused;
use serde::Deserialize;

use super::derive::Derive;
use super::error::NO_PACK;
use crate::registry;

/// A pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    /// What it is called: part of what makes a command of it the same command again.
    pub name: String,
    /// What it brings in.
    #[serde(default)]
    pub says: String,
    /// Used where the database has no organisation yet.
    #[serde(default)]
    pub organisation: Option<Organisation>,
    /// Added with the organisation.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Values that texts of steps name: `{period}`.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Its steps, in order; none where it only founds.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    /// Where it lies.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// An organisation to found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    pub name: String,
    pub currency: String,
    pub first_month: u32,
}

/// Somebody of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub username: String,
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    /// Roles for the whole organisation, in words.
    pub roles: Vec<String>,
}

/// One step: an import (`kind` and `file`) or a command (`command`).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// What it is called where it stops.
    pub name: String,
    /// Username of who does it.
    #[serde(rename = "as")]
    pub who: String,
    /// What the file holds: `gl`, `services` …
    #[serde(default)]
    pub kind: Option<String>,
    /// The file of an import; of a command, the file it runs for every row of.
    #[serde(default)]
    pub file: Option<String>,
    /// Columns made of others, in order.
    #[serde(default)]
    pub derive: Vec<Derive>,
    /// Rows that are not handed on.
    #[serde(default)]
    pub leave_out: LeaveOut,
    /// Answers to how the file is read: those of the import in one step.
    #[serde(default)]
    pub settings: toml::Table,
    /// How many lines are rejected, and rightly; none if left out.
    #[serde(default)]
    pub rejected: i64,
    /// Name of a command: `rule add`.
    #[serde(default)]
    pub command: Option<String>,
    /// The blanks of its path.
    #[serde(default)]
    pub at: BTreeMap<String, String>,
    /// Its answers.
    #[serde(default)]
    pub body: toml::Table,
    /// Commands on the record it made: their path's blank is its key or number.
    #[serde(default)]
    pub then: Vec<Then>,
    /// Whether it is done again each time the pack runs: an allocation, a draft.
    #[serde(default)]
    pub every_time: bool,
}

/// A command on the record another one made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Then {
    pub command: String,
    /// Who does it, where that is another person.
    #[serde(default, rename = "as")]
    pub who: Option<String>,
    #[serde(default)]
    pub body: toml::Table,
}

/// Which rows are left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LeaveOut {
    /// Rows where one of these columns is blank.
    pub blank: Vec<String>,
    /// Rows whose values in these columns stood in a row before.
    pub again: Vec<String>,
}

impl Pack {
    /// Reads and checks the pack in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Pack, Refused> {
        let text = super::bytes_of(folder, "pack.toml")?;
        let wrong = |says: String| Refused::from(NO_PACK.with(&[&folder.display().to_string(), &says]));
        let text = String::from_utf8(text).map_err(|_| wrong("pack.toml is not UTF-8".to_owned()))?;
        let read: Result<Pack, _> = toml::from_str(&text);
        let pack = read.map_err(|error| wrong(format!("pack.toml, {}", error.to_string().trim_end())))?;
        for step in &pack.steps {
            step.check().map_err(|says| wrong(format!("step “{}” {says}", step.name)))?;
        }
        Ok(Pack { folder: folder.to_owned(), ..pack })
    }
}

impl Step {
    fn check(&self) -> Result<(), String> {
        match (&self.kind, &self.command) {
            (Some(kind), None) => {
                if registry::targets().iter().all(|target| target.kind != kind) {
                    return Err(format!("imports “{kind}”, which is nothing that can be imported"));
                }
                if self.file.is_none() {
                    return Err("names no file to import".to_owned());
                }
                Ok(())
            }
            (None, Some(command)) => {
                let then = self.then.iter().map(|then| then.command.as_str());
                std::iter::once(command.as_str()).chain(then).try_for_each(check_command)
            }
            _ => Err("needs either a kind with a file, or a command".to_owned()),
        }
    }
}

/// Only commands that do something new: one that changes a record would have to name its version.
fn check_command(name: &str) -> Result<(), String> {
    match registry::command(name).map(|command| command.method) {
        Some(access::Method::Post) => Ok(()),
        Some(access::Method::Patch) => Err(format!("runs “{name}”, which changes a record: edit it by hand")),
        None => Err(format!("runs “{name}”, which is no command")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_cannot_be_run_is_found_before_anything_is_done() {
        for (step, says) in [
            ("command = \"pool add\"", "Ok"),
            ("kind = \"gl\"\nfile = \"a.csv\"", "Ok"),
            ("kind = \"gl\"", "names no file to import"),
            ("kind = \"goods\"\nfile = \"a.csv\"", "imports “goods”, which is nothing that can be imported"),
            ("command = \"pool dig\"", "runs “pool dig”, which is no command"),
            ("command = \"pool edit\"", "runs “pool edit”, which changes a record: edit it by hand"),
            ("", "needs either a kind with a file, or a command"),
        ] {
            let step: Step = toml::from_str(&format!("name = \"x\"\nas = \"ana\"\n{step}")).unwrap();
            assert_eq!(step.check().map_or_else(|says| says, |()| "Ok".to_owned()), says);
        }
        assert!(toml::from_str::<Step>("name = \"x\"\nas = \"a\"\ncommnd = \"pool add\"").is_err());
    }
}
