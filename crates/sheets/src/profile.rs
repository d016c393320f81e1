//! A named answer to all questions about one kind of file: saved, exchanged as TOML, used again.

use std::collections::BTreeMap;

use kernel::{Refusal, Refused};
use serde::{Deserialize, Serialize};

use crate::dialect::{Column, place_of};
use crate::reader::RawRow;
use crate::refusals;
use crate::{Cell, Dialect, Formats};

/// How files of one origin are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `GL export v2`
    pub name: String,
    /// What is imported: `gl`, `fx`, `budget` …
    pub kind: String,
    /// How the file is cut.
    pub dialect: Dialect,
    /// How figures and dates are written.
    pub formats: Formats,
    /// Column name → field key. A column without name is `column 8`.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field key → value for what no column says (`currency = "USD"`, `period = "2013-12"`),
    /// written as our own files are: dot decimals, ISO dates.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
}

impl Profile {
    /// Reads a profile file.
    pub fn from_toml(text: &str) -> Result<Profile, Refusal> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            refusals::PROFILE_UNREADABLE.with(&[&format!("line {line}: {}", error.message())])
        })
    }

    /// The profile as a file.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).expect("texts, numbers and tables are always TOML")
    }

    /// Mapped columns a file does not have. Empty: the profile fits the file.
    pub fn missing_columns(&self, columns: &[Column]) -> Vec<&str> {
        self.columns.keys().map(String::as_str).filter(|name| place_of(name, columns).is_none()).collect()
    }

    /// Finds the place of every mapped column in a file; refused where one is missing.
    pub fn bind(&self, columns: &[Column]) -> Result<Binding, Refused> {
        if let Some(missing) = self.missing_columns(columns).first() {
            return Err(refusals::COLUMN_MISSING.with(&[missing]).into());
        }
        let places = (self.columns.iter())
            .filter_map(|(name, field)| Some((field.clone(), place_of(name, columns)?)))
            .collect();
        let constants = self.constants.iter().map(|(field, value)| (field.clone(), Cell::of_text(value)));
        Ok(Binding {
            places,
            constants: constants.collect(),
            formats: self.formats.clone(),
            ours: Formats::iso(),
        })
    }
}

/// A profile bound to the columns of one file: where each field's cell stands.
#[derive(Clone, Debug)]
pub struct Binding {
    places: BTreeMap<String, usize>,
    constants: BTreeMap<String, Cell>,
    formats: Formats,
    ours: Formats,
}

impl Binding {
    /// The cell of a field and the formats to read it with: `binding.cell(&row, "date")` then
    /// `formats.date(cell)`. A filled column goes before a constant, which fills its gaps.
    pub fn cell<'a>(&'a self, row: &'a RawRow, field: &str) -> (&'a Cell, &'a Formats) {
        let in_file = self.places.get(field).map_or(&Cell::Empty, |place| row.cell(*place));
        match self.constants.get(field) {
            Some(constant) if self.formats.filled(in_file).is_none() => (constant, &self.ours),
            _ => (in_file, &self.formats),
        }
    }

    /// Whether a column or a constant gives the field.
    pub fn has(&self, field: &str) -> bool {
        self.places.contains_key(field) || self.constants.contains_key(field)
    }

    /// Place of the field's column, from 0.
    pub fn place(&self, field: &str) -> Option<usize> {
        self.places.get(field).copied()
    }
}
