//! Commands run and lists read as plain words.

use access::Done;
use kernel::Refused;
use kernel::listing::Listing;
use serde_json::Value;
use testkit::Person;

/// Runs a command that names no version.
pub async fn does(who: &Person, name: &str, params: &[(&str, &str)], body: Value) -> Result<Done, Refused> {
    who.does_to(name, params, body, None).await
}

/// The columns of every row of a list as plain words.
pub async fn rows(who: &Person, name: &str, params: &[(&str, &str)], columns: &[&str]) -> Vec<String> {
    words(&who.lists(name, params).await, columns)
}

/// The columns of every row as plain words.
pub fn words(listing: &Listing, columns: &[&str]) -> Vec<String> {
    let row = |row: &Vec<kernel::listing::Value>| {
        columns.iter().map(|key| listing.value(row, key).unwrap().plain()).collect::<Vec<_>>().join(" | ")
    };
    listing.rows.iter().map(row).collect()
}

/// The total of a column.
pub fn total(listing: &Listing, column: &str) -> String {
    let at = listing.columns.iter().position(|c| c.key == column).unwrap();
    listing.totals[at].as_ref().unwrap().plain()
}

/// The id of a customer's line for a service.
pub async fn line_id(who: &Person, period: &str, customer: &str, service: &str) -> String {
    let listing = who.lists("statement lines", &[("period", period)]).await;
    let cell = |row: &[kernel::listing::Value], key| listing.value(row, key).unwrap().plain();
    let row = listing.rows.iter().find(|row| {
        (cell(row, "customer"), cell(row, "service")) == (customer.to_owned(), service.to_owned())
    });
    cell(row.unwrap(), "id")
}

/// `{"amount":"1.00","currency":"EUR"}` → `1.00`; empty for none.
pub fn amount(value: &Value) -> &str {
    value["amount"].as_str().unwrap_or("")
}
