//! The end of a trace where a cloud bill explains the ledger: which bill, which files, and how to open their rows.

use parts::{Cell, Figure, Head, Markup, SimpleTable, html, number, titled};
use serde_json::Value;

use super::amount;
use crate::page::text;
use crate::show::rows;

/// The bills behind a statement line's parts; nothing where there are none.
pub(super) fn behind(trace: &Value) -> Markup {
    let parts = rows(trace, "parts").iter().filter(|part| !rows(part, "bills").is_empty());
    let heads = vec![
        Head::words("Bill"),
        Head::words("Cost pool"),
        Head::figures("Its rows"),
        Head::figures("Exact").wide_only(),
        Head::figures("Counted"),
        Head::words("Files"),
    ];
    let (mut table, mut any) = (SimpleTable::new("From the bill", heads).dense(), false);
    for part in parts {
        for bill in rows(part, "bills") {
            any = true;
            table = table.row(row(text(part, "pool"), bill));
        }
    }
    let (statement, service) = (text(trace, "statement"), text(trace, "service"));
    html! {
        @if any {
            (titled(&table))
            p .muted {
                "The rows themselves: " code { "quarterdeck costs rows --statement " (statement) " --line " (service) }
            }
        }
    }
}

fn row(pool: &str, bill: &Value) -> Vec<Cell> {
    let label = text(bill, "bill");
    let link = format!("/money/bills/{label}");
    let says = match text(bill, "corrects") {
        "" => label.to_owned(),
        month => format!("{label}, what differs for {}", number::period(month)),
    };
    let rows_read = bill.get("rows").and_then(Value::as_i64).unwrap_or(0);
    let counted = amount(bill, "counted").map_or_else(Cell::blank, |money| Figure::cell(money).into());
    let files = rows(bill, "files");
    let first = files.first().map_or("", |file| text(file, "name"));
    let files = match files.len() {
        0 | 1 => first.to_owned(),
        more => format!("{first} and {} more", more - 1),
    };
    let rows_read = Figure { href: Some(format!("{link}/services")), ..Figure::cell(rows_read) };
    let (pool_link, exact) = (format!("/money/pools/{pool}"), Cell::words(text(bill, "total")));
    vec![
        Cell::link(&says, link),
        Cell::link(pool, pool_link),
        rows_read.into(),
        exact,
        counted,
        Cell::words(&files),
    ]
}
