//! What every list is before it becomes a page, a file, JSON or a terminal table: columns, typed values and
//! totals, declared once in a noun's `view.rs`, so that they cannot disagree.

use serde::Serialize;

mod asked;
mod column;
mod json;

pub use asked::{Asked, Compare, Filter, Sort};
pub use column::{Column, Kind};

use crate::{Decimal, Money, Quantity};

/// One typed value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No data: `n/k` on a page, empty in a file. Never zero.
    Unknown,
    /// Words, codes, states, dates, periods: ISO where it is a date.
    Text(String),
    /// A whole number.
    Count(i64),
    /// Money.
    Money(Money),
    /// A quantity.
    Quantity(Quantity),
    /// An exact decimal.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
}

impl Value {
    /// How files and the command line write it: dot decimals, no grouping, empty for unknown.
    pub fn plain(&self) -> String {
        match self {
            Value::Unknown => String::new(),
            Value::Text(text) => text.clone(),
            Value::Count(count) => count.to_string(),
            Value::Money(money) => money.plain(),
            Value::Quantity(quantity) => quantity.plain(),
            Value::Decimal(decimal) => decimal.to_string(),
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Unknown => s.serialize_none(),
            Value::Text(text) => s.serialize_str(text),
            Value::Count(count) => s.serialize_i64(*count),
            Value::Money(money) => money.serialize(s),
            Value::Quantity(quantity) => s.serialize_str(&quantity.plain()),
            Value::Decimal(decimal) => s.serialize_str(&decimal.to_string()),
            Value::Bool(yes) => s.serialize_bool(*yes),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(count: i64) -> Value {
        Value::Count(count)
    }
}

impl From<Money> for Value {
    fn from(money: Money) -> Value {
        Value::Money(money)
    }
}

impl From<Quantity> for Value {
    fn from(quantity: Quantity) -> Value {
        Value::Quantity(quantity)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Unknown, Into::into)
    }
}

/// A page of a list with its totals over *all* rows that match.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Singular name used in schema and file names: `service`.
    pub name: &'static str,
    /// Heading.
    pub caption: String,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// Rows of this page, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
    /// Rows that match in all.
    pub count: i64,
    /// One entry per column: the sum where the column is summed.
    pub totals: Vec<Option<Value>>,
    /// What was asked.
    pub asked: Asked,
}

impl Listing {
    /// The value of `key` in `row`.
    pub fn value<'a>(&self, row: &'a [Value], key: &str) -> Option<&'a Value> {
        let index = self.columns.iter().position(|column| column.key == key)?;
        row.get(index)
    }

    /// `template` with its `{key}` blanks filled from `row`; `None` if one of them is unknown.
    pub fn link(&self, template: &str, row: &[Value]) -> Option<String> {
        let mut link = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (key, tail) = after.split_once('}')?;
            let value = self.value(row, key)?.plain();
            if value.is_empty() {
                return None;
            }
            link.push_str(before);
            link.push_str(&encode(&value));
            rest = tail;
        }
        link.push_str(rest);
        Some(link)
    }
}

/// Percent-encodes one path or query part (RFC 3986 unreserved characters stay).
pub fn encode(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
