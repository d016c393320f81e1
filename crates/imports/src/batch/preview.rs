//! The first lines of a batch's file as it is read now, raw beside parsed: for the pages on columns and
//! formats, before any line is checked.

use access::{Cx, Params, View};
use kernel::listing::Asked;
use kernel::{Currency, Refused};
use serde_json::{Value, json};
use sheets::{Column, Profile, RawRow, Reader, RowClass, Source};

use super::repo;
use super::view::readable;
use crate::Target;
use crate::reading::{Reading, waiting};
use crate::report::{SAMPLES, Unnamed};

/// Columns of the file, and its first lines of data as they stand there and as they are read.
pub async fn preview(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let batch = readable(cx, params.get("number")).await?;
    let target = batch.target()?;
    let source = repo::file(&mut cx.tx, &batch.file_digest).await?;
    let (profile, reporting) = (batch.profile.clone(), cx.organisation.currency);
    let unnamed = repo::report(&mut cx.tx, batch.number).await?.unwrap_or_default().unnamed;
    let seen = waiting(move || seen(target, &source, &profile, reporting)).await?;
    let (columns, empty) = with_unnamed(seen.columns, &unnamed, &batch.profile);
    let mut told = json!({ "schema": "quarterdeck.batch-preview.v1", "batch": batch.label() });
    told["columns"] = json!(columns);
    told["empty"] = json!(empty);
    told["unnamed"] = json!(unnamed);
    told["sheets"] = json!(seen.sheets);
    told["rows"] = json!(seen.rows);
    told["missing"] = json!(seen.missing);
    Ok(View::Record(told))
}

/// Every column up to the last one that holds something, by name; and of those without a name, the ones
/// that hold nothing and have no meaning.
fn with_unnamed(columns: Vec<Column>, unnamed: &[Unnamed], profile: &Profile) -> (Vec<String>, Vec<String>) {
    let width = unnamed.iter().map(|column| column.place + 1).max().unwrap_or(0).max(columns.len());
    let is_named = |place: &usize| columns.get(*place).is_some_and(|column| column.named);
    let name = |place: usize| columns.get(place).map_or(format!("column {}", place + 1), |c| c.name.clone());
    let holds = |place: &usize| unnamed.iter().any(|column| column.place == *place);
    let empty = (0..width).filter(|place| !is_named(place) && !holds(place)).map(name);
    let empty = empty.filter(|name| !profile.columns.contains_key(name)).collect();
    ((0..width).map(name).collect(), empty)
}

struct Seen {
    columns: Vec<Column>,
    /// The sheets of a workbook.
    sheets: Vec<String>,
    rows: Vec<Value>,
    /// Why no line can be parsed yet: required fields without a column.
    missing: Option<String>,
}

fn seen(
    target: &'static Target,
    source: &Source,
    profile: &Profile,
    reporting: Currency,
) -> Result<Seen, Refused> {
    let mut reader = Reader::open(source, &profile.dialect, &profile.formats)?;
    let columns = reader.columns().to_vec();
    let reading =
        profile.bind(reader.columns()).and_then(|binding| Ok(Reading::new(target, binding, reporting)?));
    let (reading, missing) = match reading {
        Ok(reading) => (Some(reading), None),
        Err(Refused::Refusal(refusal)) => (None, Some(refusal.says)),
        Err(fault) => return Err(fault),
    };
    let mut rows = Vec::new();
    for raw in &mut reader {
        let raw = raw?;
        if raw.class == RowClass::Data {
            rows.push(row(&raw, reading.as_ref()));
        }
        if rows.len() == SAMPLES {
            break;
        }
    }
    Ok(Seen { columns, sheets: sheets::sheet_names(source)?, rows, missing })
}

fn row(raw: &RawRow, reading: Option<&Reading>) -> Value {
    let cells: Vec<String> = raw.cells.iter().map(|cell| cell.text().into_owned()).collect();
    let (parsed, wrong) = match reading.map(|reading| reading.typed(raw).row) {
        Some(Ok(row)) => {
            let parsed =
                row.cells.iter().map(|(key, cell)| ((*key).to_owned(), json!(cell.shown()))).collect();
            (Value::Object(parsed), None)
        }
        Some(Err(wrong)) => (json!({}), Some(wrong)),
        None => (json!({}), None),
    };
    json!({ "line": raw.line, "raw": cells, "parsed": parsed, "wrong": wrong })
}
