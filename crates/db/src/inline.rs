//! Rows computed here as the base query of a list, so that they filter, sort, page and total like
//! every other list.
//!
//! The rows travel as one JSON text: a bind per value would end at SQLite's 32,766, a `select` per row at its
//! 500. Taking a JSON text apart is spelled differently on each engine, so it is spelled here alone.

use kernel::listing::{Column, Kind};
use serde_json::Value;

use crate::list::name;
use crate::tx::On;
use crate::{Bind, Tx};

/// The base query and its bind: one row of `rows` per row, in the order of `columns`.
pub fn inline(tx: &Tx, columns: &[Column], rows: Vec<Vec<Bind>>) -> (String, Vec<Bind>) {
    let (sql, bind) = inline_at(tx, 1, columns, rows);
    (sql, vec![bind])
}

/// The same as a part of a query: its bind is `$place` there.
pub fn inline_at(tx: &Tx, place: usize, columns: &[Column], rows: Vec<Vec<Bind>>) -> (String, Bind) {
    let given = format!("${place}");
    let rows: Vec<Value> = rows.into_iter().map(|row| row.into_iter().map(json).collect()).collect();
    let (value, from): (fn(usize, &str) -> String, _) = match tx.on {
        On::Sqlite(_) => {
            (|place, _| format!("json_extract(value, '$[{place}]')"), format!("json_each({given})"))
        }
        On::Postgres(..) => (
            |place, kind| format!("cast(value ->> {place} as {kind})"),
            format!("jsonb_array_elements(cast({given} as jsonb))"),
        ),
    };
    let named: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let kind = match column.kind {
                Kind::Money | Kind::Quantity | Kind::Count => "bigint",
                Kind::Bool => "boolean",
                _ => "text",
            };
            format!("{} as {}", value(place, kind), name(column))
        })
        .collect();
    let sql = format!("select {} from {from} as given", named.join(", "));
    (sql, Bind::from(Value::Array(rows).to_string()))
}

fn json(bind: Bind) -> Value {
    match bind {
        Bind::Text(value) => value.into(),
        Bind::Int(value) => value.into(),
        Bind::Bool(value) => value.into(),
        Bind::Bytes(_) => unreachable!("no column of a list holds bytes"),
    }
}
