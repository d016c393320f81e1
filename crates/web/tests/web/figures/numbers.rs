//! Numbers in what the API tells: summed, counted, read, compared.

use std::collections::BTreeSet;

use kernel::Decimal;
use serde_json::Value;

/// What `sum:column`, `count` or `field:name` gives of these rows, as text.
pub fn computed(rows: &Value, from: &str) -> Result<String, String> {
    let items = rows["items"].as_array();
    match from.split_once(':') {
        None if from == "count" => {
            let items = items.ok_or("a list to count")?;
            match rows["count"].as_u64() {
                Some(count) if count == items.len() as u64 => Ok(count.to_string()),
                count => Err(format!("one count of {count:?} rows stated and {} there", items.len())),
            }
        }
        Some(("sum", column)) => {
            let items = items.ok_or("a list to sum")?;
            if items.iter().any(|item| item.get(column).is_none()) {
                return Err(format!("a column {column} to sum"));
            }
            let cells = items.iter().map(|item| &item[column]).filter(|cell| !cell.is_null());
            let sum = cells.map(|cell| number(&said(cell))).sum::<Result<Decimal, String>>()?;
            let total = rows["totals"].get(column).map(said).map_or(Ok(sum), |total| number(&total))?;
            if total == sum {
                Ok(sum.to_string())
            } else {
                Err(format!("total {total} of rows that give {sum}"))
            }
        }
        Some(("field", name)) => {
            let field = name.split('.').try_fold(rows, |at, part| match part.parse::<usize>() {
                Ok(place) => at.get(place),
                Err(_) => at.get(part),
            });
            field.filter(|field| !field.is_null()).map(said).ok_or_else(|| format!("a field {name} to read"))
        }
        _ => Err(format!("a recomputer of {from}")),
    }
}

/// Every number and word of what was told.
pub fn tell(told: &Value, into: &mut BTreeSet<String>) {
    match told {
        Value::Array(all) => all.iter().for_each(|one| tell(one, into)),
        Value::Object(fields) => fields.values().for_each(|one| tell(one, into)),
        Value::Null | Value::Bool(_) => {}
        one => {
            into.insert(plain(&said(one)));
        }
    }
}

/// A number however it is written and on whichever side of zero (a credit is told as a negative debit); words as
/// they are.
pub fn plain(text: &str) -> String {
    number(text).map_or_else(|_| text.to_owned(), |number| number.abs().normalize().to_string())
}

/// An amount, a number or words, as text.
pub fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(money) if money.contains_key("amount") => said(&money["amount"]),
        other => other.to_string(),
    }
}

pub fn number(text: &str) -> Result<Decimal, String> {
    text.parse().map_err(|_| format!("a number, not “{text}”"))
}

/// The same number, or the same words.
pub fn same(expected: &str, found: &str) -> Result<(), String> {
    let equal = match (number(expected), number(found)) {
        (Ok(expected), Ok(found)) => expected == found,
        _ => expected == found,
    };
    if equal { Ok(()) } else { Err(expected.to_owned()) }
}

/// The same to half a step of the last place stated.
pub fn close(expected: Decimal, found: Decimal) -> Result<(), String> {
    let half = Decimal::new(5, found.scale().min(20) + 1);
    if (expected - found).abs() <= half { Ok(()) } else { Err(expected.to_string()) }
}
