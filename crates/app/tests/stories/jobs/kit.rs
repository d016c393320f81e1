//! What the stories of jobs share.

use access::{Done, history};
use app::{House, Request, registry};
use kernel::Refused;
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

/// Asks for a command to be done later; the id of the job.
pub async fn asks(who: &Person, name: &str, body: Value) -> String {
    asked(who, name, body, name).await.unwrap().key
}

pub async fn asked(who: &Person, name: &str, body: Value, key: &str) -> Result<Done, Refused> {
    let command = registry::command(name).unwrap();
    let request = Request { body, key: Some(key.into()), ..Request::default() };
    app::later(&who.house.house, command, who.who().await, request, None).await
}

pub async fn shown(who: &Person, job: &str) -> Value {
    who.sees("job show", &[("id", job)]).await
}

pub fn care() -> Value {
    json!({"key": "CARE", "name": "Customer Care", "kind": "unit"})
}

pub async fn all_is_as_told(house: &House) {
    let mut tx = house.db.read().await.unwrap();
    assert!(history::verify(&mut tx, None).await.unwrap().is_ok());
    assert_eq!(history::check(&mut tx, &registry::nouns()).await.unwrap(), []);
}

pub async fn count(house: &House, sql: &str) -> i64 {
    let mut tx = house.db.read().await.unwrap();
    tx.query(sql).row().await.unwrap().unwrap().get("n").unwrap()
}

/// The same database as another process has it.
pub fn second(house: &TestHouse) -> House {
    let chance = std::sync::Arc::new(kernel::SeededChance::new(2));
    house.house.clone().with(house.clock.clone(), chance)
}
