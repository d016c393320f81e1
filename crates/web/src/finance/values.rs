//! Values out of records and lists, as pages need them.

use kernel::listing::{Listing, Value};
use kernel::{Currency, Money, Refused};
use serde_json::Value as Json;

use crate::page::PageCx;

/// The amount in a record's field: `{"amount": "7.00", "currency": "EUR"}`.
pub(crate) fn amount(record: &Json, field: &str) -> Option<Money> {
    let given = record.get(field)?;
    let currency = Currency::parse(given.get("currency")?.as_str()?).ok()?;
    Money::parse(given.get("amount")?.as_str()?, currency).ok()
}

/// A cell of a list; unknown where there is no such column.
pub(crate) fn cell(listing: &Listing, row: &[Value], key: &str) -> Value {
    listing.value(row, key).cloned().unwrap_or(Value::Unknown)
}

/// A list by its name, as the page's query asks for it, where `period` is the page's and no column of it.
pub(crate) async fn list_beside_period(page: &mut PageCx, name: &str) -> Result<Listing, Refused> {
    let query = page.query.clone();
    page.query.retain(|(name, _)| name != "period");
    let listing = page.list_at(name, &[]).await;
    page.query = query;
    listing
}

/// The list without the columns that are empty in every row shown: they say nothing on a page, and stay in
/// its files.
pub(crate) fn without_empty(mut listing: Listing) -> Listing {
    for (place, column) in listing.columns.iter_mut().enumerate() {
        let empty =
            listing.rows.iter().all(|row| row.get(place).is_none_or(|value| *value == Value::Unknown));
        column.hidden |= empty && !column.sum && !listing.rows.is_empty();
    }
    listing
}

/// A record's field as words; a number as it is written.
pub(crate) fn field(record: &Json, name: &str) -> String {
    match record.get(name) {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
