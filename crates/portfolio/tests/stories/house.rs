//! What the stories share: people, lists as words, and the history's own check.

use access::{Done, GrantScope, Role, View};
use kernel::listing::{Asked, Listing, Sort};
use kernel::{Refused, ServiceId};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

/// A portfolio manager.
pub async fn yuki(house: &TestHouse) -> Person {
    house.person("yuki", &[Role::PortfolioManager]).await
}

/// The owner of the service of that key and of no other.
pub async fn owner_of(house: &TestHouse, reader: &Person, username: &str, key: &str) -> Person {
    let service = sees(reader, "service show", &[("key", key)]).await;
    let id = ServiceId::parse(service["id"].as_str().unwrap()).unwrap();
    house.person_for(username, &[(Role::ServiceOwner, GrantScope::Service(id))]).await
}

/// Runs a command on version `expected` of the record.
pub async fn does_at(
    who: &Person,
    name: &str,
    params: &[(&str, &str)],
    body: Value,
    expected: Option<i64>,
) -> Result<Done, Refused> {
    who.does_to(name, params, body, expected).await
}

/// Runs a command that names no version.
pub async fn does(who: &Person, name: &str, params: &[(&str, &str)], body: Value) -> Result<Done, Refused> {
    does_at(who, name, params, body, None).await
}

/// A list, sorted by `sort` if that is not empty, largest first.
pub async fn lists_by(who: &Person, name: &str, params: &[(&str, &str)], sort: &str) -> Listing {
    let sort = (!sort.is_empty()).then(|| Sort { column: sort.to_owned(), descending: true });
    match who.asks(name, params, Asked { sort, ..Asked::default() }).await.unwrap() {
        View::List(listing) => listing,
        View::Record(_) => panic!("{name} is a record"),
    }
}

/// The columns of every row of a list as plain words.
pub async fn rows(who: &Person, name: &str, params: &[(&str, &str)], columns: &[&str]) -> Vec<String> {
    let listing = lists_by(who, name, params, "").await;
    words(&listing, columns)
}

/// The columns of every row as plain words.
pub fn words(listing: &Listing, columns: &[&str]) -> Vec<String> {
    let row = |row: &Vec<kernel::listing::Value>| {
        columns.iter().map(|key| listing.value(row, key).unwrap().plain()).collect::<Vec<_>>().join(" | ")
    };
    listing.rows.iter().map(row).collect()
}

/// A record.
pub async fn sees(who: &Person, name: &str, params: &[(&str, &str)]) -> Value {
    match try_sees(who, name, params).await {
        Ok(record) => record,
        Err(refused) => panic!("{name}: {refused}"),
    }
}

/// A record, or why not.
pub async fn try_sees(who: &Person, name: &str, params: &[(&str, &str)]) -> Result<Value, Refused> {
    match who.reads(name, params).await? {
        View::Record(record) => Ok(record),
        View::List(_) => panic!("{name} is a list"),
    }
}

/// A service taken over with key and name.
pub async fn takes_over(who: &Person, key: &str, name: &str) {
    does(who, "service take-over", &[], json!({ "key": key, "name": name })).await.unwrap();
}

/// Asserts that every record is what its last event left.
pub async fn history_tells_all(house: &TestHouse) {
    let mut tx = house.house.db.read().await.unwrap();
    let found = access::history::check(&mut tx, portfolio::NOUNS).await.unwrap();
    assert_eq!(found, [], "every record is what its last event left");
}
