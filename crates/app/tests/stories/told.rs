//! Names of people in the history: it keeps ids and references, and who reads it is told names.

use access::Role;
use kernel::PersonId;
use kernel::listing::{Listing, Value};
use serde_json::json;
use testkit::story;

/// A column of every event, oldest first.
fn texts(told: &Listing, key: &str) -> Vec<String> {
    let text = |row: &Vec<Value>| told.value(row, key).unwrap().plain();
    told.rows.iter().rev().map(text).collect()
}

#[test]
fn people_are_told_by_name_where_the_history_keeps_an_id_or_a_reference() {
    story(async |house| {
        let yuki = house.person("yuki", &[Role::PortfolioManager]).await;
        let rafael = house.person("rafael", &[Role::ServiceOwner]).await;
        let adam = house.person("adam", &[Role::Administrator]).await;
        let selin = house.person("selin", &[Role::Auditor]).await;
        let nils = json!({"username": "nils", "name": "Nils Berg", "email": "nils@example.org"});
        adam.does("user add", nils).await.unwrap();
        yuki.does("service take-over", json!({"key": "DESK", "name": "Desktop"})).await.unwrap();
        let at = [("key", "DESK")];
        yuki.does_to("service edit", &at, json!({"owner": "rafael"}), Some(1)).await.unwrap();

        let all = selin.lists("history list", &[]).await;
        // Who set the house up was nobody yet.
        assert_eq!(texts(&all, "person")[0], "Quarterdeck");
        for person in texts(&all, "person") {
            assert_eq!(PersonId::parse(&person), None, "an id is nobody's name");
        }
        let changes = texts(&all, "changes").join(" ");
        assert!(changes.contains("\"owner_id\":[null,\"RAFAEL\"]"), "{changes}");
        assert!(changes.contains("\"name\":[null,\"Nils Berg\"]"), "{changes}");
        // An address is the person's own, and stays a reference.
        assert!(!changes.contains("nils@example.org"), "{changes}");
        assert!(!changes.contains(&rafael.id.to_string()), "{changes}");

        let service = [("noun", "service"), ("record", "DESK")];
        for told in [yuki.lists("history of", &service).await, yuki.lists("history recent", &[]).await] {
            let changes = texts(&told, "changes").join(" ");
            assert!(changes.contains("RAFAEL") && !changes.contains(&rafael.id.to_string()), "{changes}");
        }
    });
}

/// A relationship manager of all customers reads of customers, and not of money.
#[test]
fn who_reads_all_customers_is_not_told_of_money() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        priya.does("cost-centre add", json!({"key": "4100", "name": "Operations"})).await.unwrap();
        assert_eq!(texts(&marta.lists("history recent", &[]).await, "record_key"), ["CARE"]);
        let centre = [("noun", "cost centre"), ("record", "4100")];
        assert_eq!(marta.lists("history of", &centre).await.count, 0);
        assert_eq!(priya.lists("history of", &centre).await.count, 1);
    });
}
