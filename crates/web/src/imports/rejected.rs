//! The rejected lines of a batch: why they are, and what became of them since.

use kernel::listing::encode;
use parts::{Cell, Figure, Head, Markup, SimpleTable, html, titled};
use serde_json::Value;

use super::found::{lines, report};
use crate::page::text;
use crate::show::rows;

/// Why lines are rejected, most lines first.
pub(super) fn reasons(batch: &Value) -> Markup {
    let reasons = rows(report(batch), "reasons");
    if reasons.is_empty() {
        return html! {};
    }
    let heads = vec![Head::words("Reason"), Head::figures("Lines"), Head::figures("First line")];
    let table = reasons.iter().take(20).fold(
        SimpleTable::new("Why lines are rejected", heads).dense(),
        |table, reason| {
            let figure = |name: &str| Figure::cell(reason.get(name).and_then(Value::as_i64).unwrap_or(0));
            table.row(vec![Cell::words(text(reason, "says")), figure("lines").into(), figure("line").into()])
        },
    );
    let label = text(batch, "batch");
    html! {
        (titled(&table))
        p { a href={ "/records/batches/" (label) "/reject-file.csv" } download { "Download the rejected lines with reasons (CSV)" }
            ", mend them and import that file." }
        @for field in about_import(batch) {
            p { "An answer for the whole file may take them: "
                a href={ "/records/batches/" (label) "/columns#f-constant:" (text(field, "key")) } { (text(field, "label")) } "." }
        }
    }
}

/// Fields about the import itself, where an answer may take lines that are rejected. What unknown accounts
/// are is asked only where one is among the reasons.
fn about_import(batch: &Value) -> impl Iterator<Item = &Value> {
    let unknown = |reason: &Value| {
        let says = text(reason, "says");
        says.starts_with("account ") && says.ends_with(" unknown")
    };
    let accounts = rows(report(batch), "reasons").iter().any(unknown);
    rows(batch, "fields").iter().filter(move |field| match text(field, "holds") {
        "switch" => true,
        "rule" => accounts,
        _ => false,
    })
}

/// What became of rejected lines that are not open any more; nothing where there are none.
pub(super) fn settled(batch: &Value) -> Markup {
    let (mended, aside) = (lines(batch, "rejects_mended"), lines(batch, "rejects_set_aside"));
    let counted = |count: i64, state: &str| {
        let href = format!("/records/batches/{}/rejects?state={}", text(batch, "batch"), encode(state));
        Figure::count(count, href).spoken().after(if count == 1 {
            " rejected line"
        } else {
            " rejected lines"
        })
    };
    let by: Vec<&str> = rows(batch, "rejects_mended_by").iter().filter_map(Value::as_str).collect();
    html! {
        @if mended > 0 {
            p .after-table {
                (counted(mended, "mended")) " mended by "
                @for (place, batch) in by.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href={ "/records/batches/" (batch) } { (batch) }
                }
                "."
            }
        }
        @if aside > 0 { p { (counted(aside, "set aside")) " set aside." } }
    }
}
