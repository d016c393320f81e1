//! Output: a fitted table on a terminal, TSV in a pipe, JSON, JSON lines or CSV on request.

use std::io::IsTerminal;

use serde_json::{Map, Value};

use crate::exit::Exit;
use crate::look::{look, show};
use crate::record;
use crate::rows::{self, Field};
use crate::table::table;

/// Prints a line; where that fails, [`unheard`] ends the program.
macro_rules! say {
    ($($what:tt)*) => {{
        use std::io::Write as _;
        if let Err(error) = writeln!(std::io::stdout(), $($what)*) {
            $crate::output::unheard(&error);
        }
    }};
}
pub(crate) use say;

/// Ends the program: quietly where the reader of a pipe has read enough, else as failed.
pub(crate) fn unheard(error: &std::io::Error) -> ! {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    eprintln!("✗ The result cannot be written: {error}");
    std::process::exit(1);
}

/// How results are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Table,
    Json,
    JsonLines,
    Csv,
    /// CSV as Excel opens it.
    Excel,
    Tsv,
}

/// The format named; a table on a terminal and TSV elsewhere where none is. `--excel` makes CSV what Excel opens.
pub(crate) fn format(named: Option<&str>) -> Result<Format, Exit> {
    if look().excel {
        return match named {
            None | Some("csv") => Ok(Format::Excel),
            Some(other) => Err(Exit::Usage(format!("--excel is for CSV, not for {other}."))),
        };
    }
    Ok(match named {
        None if std::io::stdout().is_terminal() => Format::Table,
        None => Format::Tsv,
        Some("table") => Format::Table,
        Some("json") => Format::Json,
        Some("jsonl") => Format::JsonLines,
        Some("csv") => Format::Csv,
        Some("tsv") => Format::Tsv,
        Some(other) => {
            return Err(Exit::Usage(format!(
                "There is no format “{other}”; there are table, json, jsonl, csv, tsv."
            )));
        }
    })
}

/// Prints a list or a record.
pub(crate) fn print(body: &Value, format: Format, fields: Option<&str>) -> Result<(), Exit> {
    match body.get("items").and_then(Value::as_array) {
        Some(items) => list(body, items, format, fields),
        None => {
            match fields {
                Some("") => say!("{}", record_fields(body).join("\n")),
                Some(fields) => record::print(&picked(body, &chosen(fields, &record_fields(body))?), format),
                None => record::print(body, format),
            }
            Ok(())
        }
    }
}

fn record_fields(body: &Value) -> Vec<String> {
    body.as_object().into_iter().flat_map(|record| record.keys().cloned()).collect()
}

/// The fields named, of those there are.
fn chosen(fields: &str, all: &[String]) -> Result<Vec<String>, Exit> {
    let wanted: Vec<String> = fields.split(',').map(|field| field.trim().to_owned()).collect();
    match wanted.iter().find(|field| !all.is_empty() && !all.contains(field)) {
        Some(unknown) => {
            Err(Exit::Usage(format!("There is no field “{unknown}”; there are {}.", all.join(", "))))
        }
        None => Ok(wanted),
    }
}

/// [`print()`] where no format may have been `named`: what has records inside itself goes into a pipe as JSON,
/// since no line of values could hold it.
pub(crate) fn print_named(body: &Value, named: Option<&str>, fields: Option<&str>) -> Result<(), Exit> {
    let nested = |value: &Value| value.as_array().is_some_and(|all| all.iter().any(Value::is_object));
    let deep =
        body.get("items").is_none() && body.as_object().is_some_and(|record| record.values().any(nested));
    match format(named)? {
        Format::Tsv if named.is_none() && deep => print(body, Format::Json, fields),
        format => print(body, format, fields),
    }
}

fn list(body: &Value, items: &[Value], format: Format, fields: Option<&str>) -> Result<(), Exit> {
    let all = rows::fields(body, items);
    if fields == Some("") {
        say!("{}", names(&all).join("\n"));
        return Ok(());
    }
    let wanted = wanted(&all, fields)?;
    match format {
        Format::Json if fields.is_none() => say!("{body}"),
        Format::Json => say!("{}", with_columns(body, items, &names(&wanted))),
        Format::JsonLines => items.iter().for_each(|row| say!("{}", picked(row, &names(&wanted)))),
        Format::Csv | Format::Excel => rows::csv(items, &wanted, format == Format::Excel),
        Format::Tsv => rows::tsv(items, &wanted),
        Format::Table => {
            // What no eye looks for is printed where it is asked for.
            let seen: Vec<Field> =
                wanted.into_iter().filter(|field| !field.hidden || fields.is_some()).collect();
            show(&table(items, &seen, thing(body)));
            let count = body.get("count").and_then(Value::as_u64).unwrap_or(0);
            match items.len() as u64 {
                shown if shown < count => eprintln!("{shown} of {count} rows"),
                _ => eprintln!("{count} rows"),
            }
        }
    }
    Ok(())
}

fn names(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| field.name.clone()).collect()
}

/// The columns named, of those there are; all where none is.
fn wanted(all: &[Field], fields: Option<&str>) -> Result<Vec<Field>, Exit> {
    let Some(fields) = fields else { return Ok(all.to_vec()) };
    let known = |name: &String| all.iter().find(|field| field.name == *name).cloned();
    let chosen = chosen(fields, &names(all))?;
    Ok(chosen.iter().map(|name| known(name).unwrap_or_else(|| Field::plain(name))).collect())
}

/// A list of those columns alone.
fn with_columns(body: &Value, items: &[Value], names: &[String]) -> Value {
    let mut body = body.clone();
    body["items"] = items.iter().map(|row| picked(row, names)).collect();
    if let Some(columns) = body.get_mut("columns").and_then(Value::as_array_mut) {
        columns.retain(|column| names.iter().any(|name| column["name"] == name.as_str()));
    }
    body
}

/// What a list is of: `period`, of `quarterdeck.period-list.v1`.
fn thing(body: &Value) -> &str {
    let schema = body.get("schema").and_then(Value::as_str).unwrap_or("");
    schema.split('.').nth(1).map_or("", |name| name.strip_suffix("-list").unwrap_or(name))
}

fn picked(row: &Value, fields: &[String]) -> Value {
    let pairs = fields.iter().map(|field| (field.clone(), row.get(field).cloned().unwrap_or(Value::Null)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// A value as text: money as its amount.
pub(crate) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(money)) if money.contains_key("amount") => {
            money["amount"].as_str().unwrap_or_default().to_owned()
        }
        Some(Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        Some(other) => other.to_string(),
    }
}

/// What a command did.
pub(crate) fn done(done: &Value, format: Format, quiet: bool) {
    if matches!(format, Format::Json | Format::JsonLines) {
        say!("{done}");
    } else if !quiet {
        say!("{}", done.get("says").and_then(Value::as_str).unwrap_or(""));
    } else if let Some(secret) = ["token", "link"].iter().find_map(|name| done["body"].get(name)?.as_str()) {
        // It is told once, and for it the command was run.
        say!("{secret}");
    }
}

/// A row of a calculation by itself, as a JSON line.
pub(crate) fn row(row: Map<String, Value>, fields: Option<&str>) -> Result<(), Exit> {
    list(&Value::Null, &[Value::Object(row)], Format::JsonLines, fields)
}

/// The result of a calculation: whole as JSON, else its one number, its rows or its fields.
pub(crate) fn calculated(answer: calc::Answer, format: Format, fields: Option<&str>) -> Result<(), Exit> {
    match answer.lines {
        Some(calc::Lines::One(value))
            if fields.is_none() && format != Format::Json && format != Format::JsonLines =>
        {
            say!("{value}");
            Ok(())
        }
        Some(calc::Lines::Rows(rows)) if format != Format::Json => {
            let items: Vec<Value> = rows.into_iter().map(Value::Object).collect();
            list(&serde_json::json!({ "count": items.len() }), &items, format, fields)
        }
        // Rows of which nobody chose columns are as the calculation tells them.
        _ if fields.is_some() => print(&answer.json, format, fields),
        _ => {
            record::print(&answer.json, format);
            Ok(())
        }
    }
}
