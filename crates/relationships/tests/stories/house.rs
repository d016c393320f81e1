//! What the stories share: a house with services, customers and people on both sides.

use access::{Done, GrantScope, Role};
use kernel::{CustomerId, Refused};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

/// The people of a story.
pub struct People {
    /// Takes services over.
    pub yuki: Person,
    /// Relationship manager of everybody.
    pub marta: Person,
    /// Representative of CARE.
    pub elif: Person,
    /// Representative of SALES.
    pub jonas: Person,
}

/// A house with two customers and the services DESK (per seat) and, incomplete, BILL.
pub async fn open(house: &TestHouse) -> People {
    let yuki = house.person("yuki", &[Role::PortfolioManager]).await;
    let marta = house.person("marta", &[Role::RelationshipManager]).await;
    for (key, name) in [("CARE", "Customer Care"), ("SALES", "Business Sales")] {
        marta.does("customer add", json!({"key": key, "name": name, "kind": "unit"})).await.unwrap();
    }
    service(
        &yuki,
        json!({"key": "DESK", "name": "Customer Care Desktop", "first_day": "2020-01-01"}),
        "seat",
    )
    .await;
    yuki.does("service take-over", json!({"key": "BILL", "name": "Billing"})).await.unwrap();
    let bill = json!({"service": "BILL", "unit": "bill", "charging": "at cost"});
    yuki.does("offering add", bill).await.unwrap();
    let elif = representative(house, &marta, "elif", "CARE").await;
    let jonas = representative(house, &marta, "jonas", "SALES").await;
    People { yuki, marta, elif, jonas }
}

/// A complete service with one offering at cost.
pub async fn service(yuki: &Person, mut service: Value, unit: &str) {
    service["owner"] = json!("yuki");
    service["relationship_manager"] = json!("marta");
    let key = service["key"].as_str().unwrap().to_owned();
    yuki.does("service take-over", service).await.unwrap();
    let offering = json!({"service": key, "unit": unit, "charging": "at cost"});
    yuki.does("offering add", offering).await.unwrap();
    let target = json!({"measure": "Availability", "level": "99.5 %"});
    yuki.does_to("target set", &[("key", &key)], target, None).await.unwrap();
}

/// Somebody with `role` for the customer of that key only.
pub async fn own(house: &TestHouse, reader: &Person, username: &str, role: Role, key: &str) -> Person {
    let customer = reader.sees("customer show", &[("key", key)]).await;
    let id = CustomerId::parse(customer["id"].as_str().unwrap()).unwrap();
    house.person_for(username, &[(role, GrantScope::Customer(id))]).await
}

async fn representative(house: &TestHouse, reader: &Person, username: &str, key: &str) -> Person {
    own(house, reader, username, Role::CustomerRepresentative, key).await
}

/// Enters an agreement on DESK.
pub async fn takes(who: &Person, customer: &str, quantity: &str, from: &str) -> Result<Done, Refused> {
    let line = json!({"customer": customer, "offering": "DESK", "quantity": quantity, "from_day": from});
    who.does("agreement add", line).await
}

/// The columns of every row of a list as plain words.
pub async fn rows(who: &Person, name: &str, params: &[(&str, &str)], columns: &[&str]) -> Vec<String> {
    let listing = who.lists(name, params).await;
    let row = |row: &Vec<kernel::listing::Value>| {
        columns.iter().map(|key| listing.value(row, key).unwrap().plain()).collect::<Vec<_>>().join(" | ")
    };
    listing.rows.iter().map(row).collect()
}

/// Asserts that every record is what its last event left.
pub async fn history_tells_all(house: &TestHouse) {
    let mut tx = house.house.db.read().await.unwrap();
    let found = access::history::check(&mut tx, relationships::NOUNS).await.unwrap();
    assert_eq!(found, [], "every record is what its last event left");
}
