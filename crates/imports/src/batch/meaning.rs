//! Columns and constants: what they are said to mean, and whether that makes sense.

use std::collections::BTreeMap;

use kernel::{Currency, FieldError};
use sheets::{Formats, Profile};

use super::Settings;
use super::settings::said;
use crate::reading::{lower, plain};
use crate::{Cell, FieldKind, Target};

impl Settings {
    /// Puts what is said about columns and constants into `profile`, for the fields of `target`.
    pub(crate) fn mean(&self, target: &Target, profile: &mut Profile, wrong: &mut Vec<FieldError>) {
        if !self.columns.is_empty() {
            profile.columns.clone_from(&self.columns);
        }
        if !self.constants.is_empty() {
            profile.constants.clone_from(&self.constants);
        }
        for (name, value) in &self.named {
            let map = match name.split_once(':') {
                Some(("column", key)) => Some((&mut profile.columns, key)),
                Some(("constant", key)) => Some((&mut profile.constants, key)),
                _ => None,
            };
            match map {
                Some((map, key)) if value.trim().is_empty() => drop(map.remove(key)),
                Some((map, key)) => drop(map.insert(key.to_owned(), value.trim().to_owned())),
                None => wrong
                    .push(FieldError {
                        field: name.clone(), says: format!("There is no setting “{name}”.")
                    }),
            }
        }
        for (field, kind, answer) in
            [("period", FieldKind::Period, &self.period), ("currency", FieldKind::Currency, &self.currency)]
        {
            let Some(text) = said(answer) else { continue };
            match target.field_of(kind) {
                Some(spec) => drop(profile.constants.insert(spec.key.to_owned(), text.to_owned())),
                None => wrong.push(FieldError {
                    field: field.into(),
                    says: format!("{} have no {field}.", target.label),
                }),
            }
        }
        self.sound(target, profile, wrong);
    }

    /// Every column and constant is of a field, no field has two columns, every constant can be read.
    fn sound(&self, target: &Target, profile: &Profile, wrong: &mut Vec<FieldError>) {
        let mut taken: BTreeMap<&str, &str> = BTreeMap::new();
        for (column, field) in &profile.columns {
            if target.field(field).is_none() {
                wrong.push(FieldError { field: format!("column:{column}"), says: unknown(target, field) });
            } else if let Some(other) = taken.insert(field, column) {
                let says = format!("“{other}” and “{column}” cannot both be {field}.");
                wrong.push(FieldError { field: format!("column:{column}"), says });
            }
        }
        for (key, value) in &profile.constants {
            let says = match target.field(key) {
                None => unknown(target, key),
                Some(field) => match constant(field.kind, value) {
                    Ok(()) => continue,
                    Err(why) => format!("{}: {why}.", lower(field.label)),
                },
            };
            wrong.push(FieldError { field: format!("constant:{key}"), says });
        }
    }
}

fn unknown(target: &Target, field: &str) -> String {
    let known: Vec<&str> = target.fields.iter().map(|field| field.key).collect();
    format!("{} have no field “{field}”; there are {}.", target.label, known.join(", "))
}

/// Whether a constant can be read; amounts are read with the currency of each line.
fn constant(kind: FieldKind, value: &str) -> Result<(), String> {
    let cell = sheets::Cell::of_text(value);
    let iso = Formats::iso();
    let read = match kind {
        FieldKind::Money => iso.decimal(&cell).map(|_| Cell::Blank),
        FieldKind::Quantity => iso.quantity(&cell).map(|_| Cell::Blank),
        FieldKind::Currency => {
            return Currency::parse(value.trim()).map(drop).map_err(|error| error.to_string());
        }
        kind => plain(kind, &cell, &iso, None),
    };
    read.map(drop).map_err(|error| error.says)
}
