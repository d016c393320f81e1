//! What is refused because of another person leaves a trace an auditor finds, on both engines.

use crate::month::{AT, september};
use access::{Role, history};
use app::registry;
use serde_json::json;
use testkit::{Person, TestHouse, story};

/// Who did what to a record, oldest first, with why.
async fn told(auditor: &Person, noun: &str, record: &str) -> Vec<String> {
    let list = auditor.lists("history of", &[("noun", noun), ("record", record)]).await;
    let word = |row: &Vec<kernel::listing::Value>, key: &str| list.value(row, key).unwrap().plain();
    let row = |row| format!("{} {} {}", word(row, "person"), word(row, "action"), word(row, "why"));
    list.rows.iter().rev().map(|found| row(found).trim().to_owned()).collect()
}

async fn proven(house: &TestHouse) {
    let mut tx = house.house.db.read().await.unwrap();
    assert!(history::check(&mut tx, &registry::nouns()).await.unwrap().is_empty());
    assert!(history::verify(&mut tx, None).await.unwrap().is_ok());
}

/// `faults.md`, “Two people edit one record”: both attempts in the history.
#[test]
fn of_two_who_save_at_once_the_history_tells_both_and_the_record_is_the_first_ones() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let lena = house.person("lena", &[Role::RelationshipManager]).await;
        let auditor = house.person("ada", &[Role::Auditor]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        let care = [("key", "CARE")];
        let edit = async |who: &Person, name: &str| {
            who.does_to("customer edit", &care, json!({ "name": name }), Some(1)).await
        };
        edit(&marta, "Customer Care").await.unwrap();
        // Twice: a person who presses the button again leaves no second line.
        for _ in 0..2 {
            assert_eq!(edit(&lena, "Secret Care").await.unwrap_err().code(), "stale");
        }
        assert_eq!(
            told(&auditor, "customer", "CARE").await,
            [
                "MARTA added",
                "MARTA changed",
                "LENA refused Somebody changed this since you opened it (you have version 1, it is now 2)."
            ]
        );
        let all = format!("{:?}", auditor.lists("history list", &[]).await.rows);
        assert!(all.contains("customer edit") && !all.contains("Secret"), "no value of what was refused");
        assert_eq!(marta.sees("customer show", &care).await["name"], "Customer Care");
        proven(&house).await;
        edit(&lena, "Care").await.unwrap_err();
        assert_eq!(
            marta.does_to("customer edit", &care, json!({"name": "C"}), Some(2)).await.unwrap().version,
            Some(3)
        );
        proven(&house).await;
    });
}

/// Nothing of these is about another person.
#[test]
fn what_is_refused_for_its_own_sake_leaves_no_trace() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let auditor = house.person("ada", &[Role::Auditor]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        let care = [("key", "CARE")];
        for (name, version, code) in [("Care", None, "version_needed"), ("", Some(1), "invalid_input")] {
            let refused = marta.does_to("customer edit", &care, json!({ "name": name }), version).await;
            assert_eq!(refused.unwrap_err().code(), code);
        }
        assert_eq!(told(&auditor, "customer", "CARE").await, ["MARTA added"]);
    });
}

#[test]
fn who_would_do_both_halves_is_told_with_the_record_they_tried_it_on() {
    story(async |house| {
        let people = september(&house).await;
        let auditor = house.person("ada", &[Role::Auditor]).await;
        people.priya.does_to("period sign", &AT, json!({}), None).await.unwrap_err();
        let own = [("number", "R-01")];
        let next = json!({"name": "Cloud", "sender_kind": "pool", "sender": "CLOUD", "method": "fixed",
            "receivers": "DESK:1", "effective_from": "2026-10"});
        people.priya.does_to("rule revise", &own, next, None).await.unwrap();
        people.priya.does_to("rule submit", &own, json!({}), None).await.unwrap();
        people.priya.does_to("rule approve", &own, json!({}), None).await.unwrap_err();
        let mapping = json!({"account": "6400", "pool": "OTHER", "effective_from": "2026-10"});
        people.priya.does_to("mapping revise", &[("number", "M-1")], mapping, None).await.unwrap();
        people.priya.does_to("mapping submit", &[("number", "M-1")], json!({}), None).await.unwrap();
        people.priya.does_to("mapping approve", &[("number", "M-1")], json!({}), None).await.unwrap_err();
        for (noun, record, why) in [
            ("period", "2026-09", "You prepared it yourself, so somebody else has to sign it."),
            ("rule", "R-01", "You wrote it yourself, so somebody else has to approve it."),
            ("mapping rule", "M-1", "You wrote it yourself, so somebody else has to approve it."),
        ] {
            let last = told(&auditor, noun, record).await.pop().unwrap();
            assert_eq!(last, format!("PRIYA refused {why}"));
        }
        proven(&house).await;
    });
}
