//! Rows as text: separated by commas or tabs, or as a table for eyes.

use serde_json::Value;

use crate::output::{say, text};

/// CSV has its columns' names and, beside money, its currency; TSV has rows only.
pub(crate) fn separated(items: &[Value], fields: &[String], mark: char, named: bool) {
    let currency =
        |field: &str| items.iter().any(|row| row.get(field).is_some_and(|v| v.get("currency").is_some()));
    let quoted = |value: String| {
        let quote = named && value.contains([',', '"', '\n', '\r']);
        if quote {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.replace(['\t', '\n', '\r'], " ")
        }
    };
    let columns: Vec<(&String, bool)> = fields
        .iter()
        .flat_map(|field| [(field, false), (field, true)])
        .filter(|(f, c)| !c || currency(f))
        .collect();
    if named {
        let names = columns
            .iter()
            .map(|(field, own)| if *own { format!("{field}_currency") } else { (*field).clone() });
        say!("{}", names.collect::<Vec<_>>().join(&mark.to_string()));
    }
    for row in items {
        let cells = columns.iter().filter(|(_, own)| named || !own).map(|(field, own)| {
            let value = row.get(*field);
            quoted(if *own { text(value.and_then(|value| value.get("currency"))) } else { text(value) })
        });
        say!("{}", cells.collect::<Vec<_>>().join(&mark.to_string()));
    }
}

/// Heads and rows, figures to the right, no cell wider than 48 letters.
pub(crate) fn table_lines(items: &[Value], fields: &[String]) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        items.iter().map(|row| fields.iter().map(|field| text(row.get(field))).collect()).collect();
    let widths: Vec<usize> = (0..fields.len())
        .map(|at| {
            rows.iter()
                .map(|row| row[at].chars().count())
                .chain([fields[at].len()])
                .max()
                .unwrap_or(0)
                .min(48)
        })
        .collect();
    let figures: Vec<bool> = fields
        .iter()
        .map(|field| {
            items.iter().any(|row| row.get(field).is_some_and(|v| v.is_number() || v.get("amount").is_some()))
        })
        .collect();
    let line = |cells: &[String]| {
        let parts = cells.iter().enumerate().map(|(at, cell)| {
            let cell: String = cell.chars().take(widths[at]).collect();
            let pad = " ".repeat(widths[at] - cell.chars().count());
            if figures[at] { format!("{pad}{cell}") } else { format!("{cell}{pad}") }
        });
        parts.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let heads: Vec<String> = fields.iter().map(|field| field.replace('_', " ").to_uppercase()).collect();
    [&heads].into_iter().chain(&rows).map(|cells| line(cells)).collect()
}
