//! A record for people: a field a line, what a field holds below it, rows as a table.

use serde_json::Value;

use crate::look::show;
use crate::output::{Format, say, text};
use crate::rows::Field;
use crate::table::table;

/// Prints a record: whole as JSON, a file as its text, else field by field.
pub(crate) fn print(body: &Value, format: Format) {
    if matches!(format, Format::Json | Format::JsonLines) {
        say!("{body}");
        return;
    }
    if let Some(file) = file_of(body) {
        say!("{}", file.trim_end_matches('\n'));
        return;
    }
    if format == Format::Table {
        show(&record_lines(body));
        return;
    }
    for (name, value) in body.as_object().into_iter().flatten() {
        let shown = if nested(value) { value.to_string() } else { text(Some(value)) };
        say!("{name}\t{shown}");
    }
}

/// The text of a record that is a file, as a journal or rejected lines: it is printed as it is, to be sent
/// into a file or a program. Of other records a text may be a part.
fn file_of(body: &Value) -> Option<&str> {
    const FILES: [&str; 2] = ["quarterdeck.journal.v1", "quarterdeck.reject-file.v1"];
    let schema = body.get("schema")?.as_str()?;
    body.get("text")?.as_str().filter(|_| FILES.contains(&schema))
}

/// Whether a value holds more than one line can.
fn nested(value: &Value) -> bool {
    value.is_array() || (value.is_object() && value.get("amount").is_none())
}

/// A record for people: a field a line, what a field holds indented below it, rows as a table.
fn record_lines(body: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        let inside = match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                table(items, &flat_fields(items), "")
            }
            Value::Array(items) => {
                let words: Vec<String> = items.iter().map(|item| text(Some(item))).collect();
                lines.push(format!("{name}: {}", words.join(", ")));
                continue;
            }
            value if nested(value) => record_lines(value),
            value => {
                lines.push(format!("{name}: {}", text(Some(value))));
                continue;
            }
        };
        lines.push(format!("{name}:"));
        lines.extend(inside.into_iter().map(|line| format!("  {line}")));
    }
    lines
}

/// The fields of rows that a cell can hold; what is nested deeper is for JSON.
fn flat_fields(items: &[Value]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (name, value) in items.iter().filter_map(Value::as_object).flatten() {
        if !nested(value) && fields.iter().all(|field| field.name != *name) {
            fields.push(Field::plain(name));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_record_that_is_a_file_is_its_text() {
        let journal = json!({"schema": "quarterdeck.journal.v1", "text": "\n2026-09-01 * (T-1) Lines\n"});
        assert_eq!(file_of(&journal), Some("\n2026-09-01 * (T-1) Lines\n"));
        assert_eq!(file_of(&json!({"number": "T-1", "text": "Lines of B-0001"})), None);
        let line = json!({"schema": "quarterdeck.line.v1", "account": "6400", "text": "Hosting,\nSeptember"});
        assert_eq!(file_of(&line), None);
        let empty = json!({"schema": "quarterdeck.journal.v1", "text": ""});
        assert_eq!(file_of(&empty), Some(""), "no entries are an empty file");
    }

    #[test]
    fn a_record_is_lines_and_its_rows_a_table() {
        let euro = |amount: &str| json!({"amount": amount, "currency": "EUR"});
        let record = json!({"period": "2026-09", "open": [8, 9], "figures": {"ledger": euro("7563248.11")},
            "none": [], "steps": [{"name": "ledger", "cost": euro("1.00"), "deep": [1]}, {"name": "ties", "cost": euro("12.50")}]});
        assert_eq!(
            record_lines(&record),
            [
                "period: 2026-09",
                "open: 8, 9",
                "figures:",
                "  ledger: 7563248.11",
                "none: ",
                "steps:",
                "  NAME    COST EUR",
                "  ledger      1.00",
                "  ties       12.50",
            ]
        );
    }
}
