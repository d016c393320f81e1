//! The files that the verbs read, written down once: what `quarterdeck help formats` tells is what the readers are
//! held to. A file is read through its [`Format`] alone, so a verb that reads a file has one.
//!
//! | file | holds |
//! | --- | --- |
//! | `text` | how they are told |
//! | `case`, `model`, `problem` | the JSON files: `CASE.json`, `MODEL.json`, `PROBLEM.json` |
//! | `series` | the CSV files of `calc forecast`, `backtest` and `diffusion` |
//! | `customers` | the CSV files of customers and their histories |
//! | `check` | that readers accept what is told and nothing else, and that every example runs |

pub(crate) mod case;
#[cfg(test)]
mod check;
pub(crate) mod customers;
pub(crate) mod model;
#[cfg(feature = "select")]
pub(crate) mod problem;
pub(crate) mod series;
mod text;

use crate::answer::Stop;
pub(crate) use text::text;

/// A file that verbs read.
#[derive(Debug)]
pub(crate) struct Format {
    /// As the verbs' help calls it: `SERIES.csv`.
    pub file: &'static str,
    /// What it holds.
    pub holds: &'static str,
    /// Its fields; of a JSON file, object by object.
    pub parts: &'static [Part],
    /// A small file, whole.
    pub example: &'static str,
    /// The words after `quarterdeck` that run on the example, one line for each verb that reads such a file.
    pub runs: &'static [&'static str],
}

/// Fields that stand together.
#[derive(Debug)]
pub(crate) struct Part {
    /// Where: empty for a row or the whole file, else a path such as `lines[]`, or words.
    pub at: &'static str,
    /// The fields.
    pub fields: &'static [Field],
}

/// A field or column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name; of a column that the words name, the word: `--time`.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// Its type and unit, and what it means.
    pub is: &'static str,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it the file is refused.
    Yes,
    /// It may be left out.
    No,
    /// As these words say.
    When(&'static str),
}

/// A field that must be there.
pub(crate) const fn needed(name: &'static str, is: &'static str) -> Field {
    Field { name, need: Need::Yes, is }
}

/// A field that may be left out.
pub(crate) const fn optional(name: &'static str, is: &'static str) -> Field {
    Field { name, need: Need::No, is }
}

/// A field that must be there as the words `need` say.
pub(crate) const fn when(name: &'static str, need: &'static str, is: &'static str) -> Field {
    Field { name, need: Need::When(need), is }
}

const ABOUT: Field = optional("about", "text for people: where the figures come from");
const KEY: Field = needed("key", "text: its key in this file");
/// Of fields of which an object has just one.
const ONE: &str = "one of these";
const NAME: Field = optional("name", "text; else the key");

impl Format {
    /// The text of a file of this format.
    ///
    /// # Errors
    /// [`Stop::Usage`], where it cannot be read.
    pub(crate) fn read(&self, file: &str) -> Result<String, Stop> {
        std::fs::read_to_string(file).map_err(|error| Stop::Usage(format!("{file} cannot be read: {error}")))
    }

    /// Whether a field is told.
    pub(crate) fn names(&self, field: &str) -> bool {
        self.parts.iter().flat_map(|part| part.fields).any(|one| one.name.eq_ignore_ascii_case(field))
    }
}
