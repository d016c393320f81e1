//! What the columns of a file mean, from their names and from what they hold; where two readings are
//! as good, it is asked.

use std::collections::BTreeMap;

use kernel::Quantity;
use sheets::{Column, ColumnSummary};

use crate::report::{Asked, Unnamed};
use crate::{FieldKind, FieldSpec, Target};

/// Columns with their fields, and what is asked about them.
pub(crate) struct Meanings {
    pub columns: BTreeMap<String, String>,
    pub asked: Vec<Asked>,
}

/// Words of a column's name that make it an amount a file may add up to.
const SUMMED: [&str; 7] = ["gross", "net", "brutto", "netto", "total", "amount", "value"];
/// Words of a column's name that make it a part of one.
const PARTS: [&str; 6] = ["vat", "tax", "mwst", "ust", "tva", "discount"];

/// Columns → fields by their names; where a name is only close, or two columns can be the amount, it
/// is asked.
pub(crate) fn meanings(target: &Target, seen: &[ColumnSummary]) -> Meanings {
    let together = together(target, seen);
    let apart = |column: &&Column| together.iter().all(|(known, _)| *known != column.name);
    let columns: Vec<Column> = seen.iter().map(|seen| &seen.column).filter(apart).cloned().collect();
    let left = |field: &&FieldSpec| together.iter().all(|(_, known)| *known != field.key);
    let fields: Vec<sheets::FieldSpec> = target.fields.iter().filter(left).map(named).collect();
    let mapping =
        sheets::propose_mapping(&fields, &columns, &|column, field| holds(target, seen, column, field));
    let mut asked: Vec<Asked> = (mapping.suggested.iter())
        .map(|(column, field)| {
            let label = target.field(field).map_or(*field, |field| field.label);
            about_columns(format!("Is “{column}” the field {label}?"), &["yes", "no"])
        })
        .collect();
    let all = mapping.matched.into_iter().chain(mapping.suggested).chain(together);
    let columns: BTreeMap<String, String> = all.map(|(column, field)| (column, field.to_owned())).collect();
    asked.extend(which_amount(target, seen, &columns));
    Meanings { columns, asked }
}

/// A field as the crate that reads files knows it.
pub(crate) fn named(field: &FieldSpec) -> sheets::FieldSpec {
    sheets::FieldSpec { key: field.key, label: field.label, aliases: field.aliases, required: field.required }
}

/// Columns without a name that hold something.
pub(crate) fn unnamed(seen: &[ColumnSummary]) -> Vec<Unnamed> {
    let unnamed = seen.iter().filter(|seen| !seen.column.named && !seen.ignored);
    let told = |seen: &ColumnSummary| Unnamed {
        name: seen.column.name.clone(),
        place: seen.column.index,
        filled: i64::try_from(seen.filled).unwrap_or(i64::MAX),
        examples: seen.examples.clone(),
    };
    unnamed.map(told).collect()
}

/// Columns whose names mean something else where they stand together.
fn together(target: &Target, seen: &[ColumnSummary]) -> Vec<(String, &'static str)> {
    let of_name = |name: &str| {
        let column = seen.iter().find(|seen| seen.column.named && sheets::same_name(&seen.column.name, name));
        column.map(|seen| seen.column.name.clone())
    };
    let all = |set: &&[(&'static str, &'static str)]| -> Option<Vec<(String, &'static str)>> {
        set.iter().map(|(name, field)| Some((of_name(name)?, *field))).collect()
    };
    target.hints.together.iter().find_map(all).unwrap_or_default()
}

/// Whether the column can hold the field: one of figures is no word where its name is an amount's too.
fn holds(target: &Target, seen: &[ColumnSummary], column: &Column, key: &str) -> bool {
    let words = target.field(key).is_some_and(|field| field.kind == FieldKind::Text);
    let figures = seen.iter().any(|seen| seen.column.index == column.index && seen.sum.is_some());
    let amounts =
        || target.fields.iter().filter(|field| matches!(field.kind, FieldKind::Money | FieldKind::Quantity));
    !(words && figures && amounts().any(|field| named(field).is_called(&column.name)))
}

/// Asked where another column of figures is called so that it could be the amount as well.
fn which_amount(
    target: &Target,
    seen: &[ColumnSummary],
    columns: &BTreeMap<String, String>,
) -> Option<Asked> {
    let total = target.field(target.total?).filter(|field| field.kind == FieldKind::Money)?;
    let (taken, _) = columns.iter().find(|(_, field)| *field == total.key)?;
    let can_be = |seen: &&ColumnSummary| {
        let name = seen.column.name.to_lowercase();
        let has =
            |words: &[&str]| name.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word));
        let free = !columns.contains_key(&seen.column.name);
        seen.column.named && seen.sum.is_some() && free && has(&SUMMED) && !has(&PARTS)
    };
    let taken = seen.iter().find(|seen| seen.column.name == *taken);
    let both: Vec<&ColumnSummary> = taken.into_iter().chain(seen.iter().filter(can_be)).collect();
    if both.len() < 2 {
        return None;
    }
    let said: Vec<String> =
        both.iter().map(|seen| format!("“{}” ({})", seen.column.name, sum(seen))).collect();
    let names: Vec<&str> = both.iter().map(|seen| seen.column.name.as_str()).collect();
    Some(about_columns(format!("Which column is the amount: {}?", said.join(" or ")), &names))
}

/// `31,691,576.92`.
fn sum(seen: &ColumnSummary) -> String {
    let sum = seen.sum.unwrap_or_default().normalize().to_string();
    Quantity::parse(&sum).map_or(sum, |sum| sum.grouped())
}

fn about_columns(asks: String, options: &[&str]) -> Asked {
    let options = options.iter().map(|option| (*option).to_owned()).collect();
    Asked { setting: "columns".into(), asks, options, must_answer: true }
}
