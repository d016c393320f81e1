//! The first lines of a batch's file as it is read now, raw beside parsed: for the pages on columns and
//! formats, before any line is checked.

use access::{Cx, Params, View};
use kernel::listing::Asked;
use kernel::{Currency, Refused};
use serde_json::{Value, json};
use sheets::{Profile, RawRow, Reader, RowClass, Source};

use super::repo;
use super::view::readable;
use crate::Target;
use crate::reading::{Reading, waiting};
use crate::report::SAMPLES;

/// Columns of the file, and its first lines of data as they stand there and as they are read.
pub async fn preview(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let batch = readable(cx, params.get("number")).await?;
    let target = batch.target()?;
    let source = repo::file(&mut cx.tx, &batch.file_digest).await?;
    let (profile, reporting) = (batch.profile.clone(), cx.organisation.currency);
    let seen = waiting(move || seen(target, &source, &profile, reporting)).await?;
    let mut told = json!({ "schema": "quarterdeck.batch-preview.v1", "batch": batch.label() });
    told["columns"] = json!(seen.columns);
    told["rows"] = json!(seen.rows);
    told["missing"] = json!(seen.missing);
    Ok(View::Record(told))
}

struct Seen {
    columns: Vec<String>,
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
    let columns = reader.columns().iter().map(|column| column.name.clone()).collect();
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
    Ok(Seen { columns, rows, missing })
}

fn row(raw: &RawRow, reading: Option<&Reading>) -> Value {
    let cells: Vec<String> = raw.cells.iter().map(|cell| cell.text().into_owned()).collect();
    let (parsed, wrong) = match reading.map(|reading| reading.typed(raw).row) {
        Some(Ok(row)) => {
            let parsed =
                row.cells.iter().map(|(key, cell)| ((*key).to_owned(), json!(cell.plain()))).collect();
            (Value::Object(parsed), None)
        }
        Some(Err(wrong)) => (json!({}), Some(wrong)),
        None => (json!({}), None),
    };
    json!({ "line": raw.line, "raw": cells, "parsed": parsed, "wrong": wrong })
}
