//! Who came in and what they may do is told to who administers it, and to nobody who only reads money.

use access::Role;
use serde_json::json;
use testkit::{Person, story};

/// What was told of that record, oldest first.
async fn told(person: &Person, noun: &str, record: &str) -> Vec<String> {
    let list = person.lists("history of", &[("noun", noun), ("record", record)]).await;
    let word = |row: &Vec<kernel::listing::Value>| list.value(row, "action").unwrap().plain();
    list.rows.iter().rev().map(word).collect()
}

#[test]
fn an_administrator_reads_the_history_of_people_and_roles() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        adam.does("user add", json!({"username": "nils", "name": "Nils"})).await.unwrap();
        let care = json!({"username": "nils", "role": "auditor", "scope": "organisation"});
        let grant = adam.does("grant add", care).await.unwrap().key;
        adam.does_to("grant end", &[("id", &grant)], json!({"why": "Moved"}), None).await.unwrap();
        assert_eq!(told(&adam, "person", "nils").await, ["invited"]);
        assert_eq!(told(&adam, "grant", &grant).await, ["granted", "ended"]);
        assert_eq!(told(&priya, "person", "nils").await, [""; 0]);
        assert_eq!(told(&priya, "grant", &grant).await, [""; 0]);
    });
}

/// A role for a customer is given by the key people know it by.
#[test]
fn a_role_is_for_a_customer_by_its_key_and_an_unknown_one_is_refused() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        adam.does("user add", json!({"username": "elif", "name": "Elif"})).await.unwrap();
        let role = |key: &str| json!({"username": "elif", "role": "customer representative", "scope": "customer", "scope_id": key});
        let refused = adam.does("grant add", role("NONE")).await.unwrap_err();
        assert!(format!("{refused:?}").contains("There is no customer “NONE”."), "{refused:?}");
        adam.does("grant add", role("care")).await.unwrap();
        let grants = adam.lists("grant list", &[]).await;
        let elif = grants.rows.iter().find(|row| grants.value(row, "username").unwrap().plain() == "elif");
        let elif = elif.unwrap();
        let of = |key: &str| grants.value(elif, key).unwrap().plain();
        assert_eq!(
            (of("record"), of("record_name"), of("state")),
            ("CARE".into(), "Care".into(), "active".into())
        );
    });
}

/// Who is disabled is out by every door, a script's token too.
#[test]
fn a_disabled_person_loses_their_tokens() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let nightly = json!({"name": "nightly", "days": "30", "may": "all"});
        priya.does("token add", nightly).await.unwrap();
        let revoked = async || {
            let tokens = adam.lists("token list", &[]).await;
            tokens
                .rows
                .iter()
                .map(|row| !tokens.value(row, "revoked_at").unwrap().plain().is_empty())
                .collect()
        };
        let before: Vec<bool> = revoked().await;
        let at = [("username", "priya")];
        let version = adam.sees("user show", &at).await["version"].as_i64();
        adam.does_to("user disable", &at, json!({"why": "Left"}), version).await.unwrap();
        let after: Vec<bool> = revoked().await;
        assert_eq!((before, after), (vec![false], vec![true]));
    });
}
