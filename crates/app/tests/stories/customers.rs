//! The customer, end to end below the doors, on both engines.

use access::{Action, Role, history};
use app::registry;
use kernel::listing::Value;
use serde_json::json;
use testkit::story;

#[test]
fn a_customer_is_added_changed_and_told_in_the_history() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let input = json!({"key": "CARE", "name": "Customer Care", "kind": "unit"});
        let done = marta.does("customer add", input).await.unwrap();
        assert_eq!((done.key.as_str(), done.version, done.changed), ("CARE", Some(1), true));

        let path = [("key", "CARE")];
        let change = json!({"name": "Customer Care & Returns"});
        let done = marta.does_to("customer edit", &path, change.clone(), Some(1)).await.unwrap();
        assert_eq!(done.version, Some(2));
        let again = marta.does_to("customer edit", &path, change, Some(2)).await.unwrap();
        assert!(!again.changed, "the same answer again changes nothing");

        let selin = house.person("selin", &[Role::Auditor]).await;
        let told = selin.lists("history of", &[("noun", "customer"), ("record", "CARE")]).await;
        let changes = told.value(&told.rows[0], "changes").unwrap();
        assert_eq!(changes, &Value::from(r#"{"name":["Customer Care","Customer Care & Returns"]}"#));
        assert_eq!(told.count, 2);
    });
}

#[test]
fn a_change_without_its_version_or_with_an_old_one_is_refused() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        marta.does("customer add", json!({"key": "CARE", "name": "Care", "kind": "unit"})).await.unwrap();
        let path = [("key", "CARE")];
        let name = |name: &str| json!({ "name": name });
        let without = marta.does_to("customer edit", &path, name("A"), None).await.unwrap_err();
        assert_eq!(without.code(), "version_needed");
        marta.does_to("customer edit", &path, name("B"), Some(1)).await.unwrap();
        let stale = marta.does_to("customer edit", &path, name("C"), Some(1)).await.unwrap_err();
        assert_eq!(stale.code(), "stale");
    });
}

#[test]
fn wrong_answers_unknown_fields_and_a_key_taken_are_refused_and_leave_nothing() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        for (input, code) in [
            (json!({"key": "c", "name": "", "kind": "team"}), "invalid_input"),
            (json!({"key": "CARE", "name": "Care", "kind": "unit", "approver": "tomas"}), "invalid_input"),
            (json!({"name": "Care"}), "invalid_input"),
        ] {
            assert_eq!(marta.does("customer add", input).await.unwrap_err().code(), code);
        }
        let input = json!({"key": "CARE", "name": "Care", "kind": "unit"});
        marta.does("customer add", input.clone()).await.unwrap();
        assert_eq!(marta.does("customer add", input).await.unwrap_err().code(), "customer_key_taken");
        assert_eq!(marta.lists("customer list", &[]).await.count, 1);
    });
}

#[test]
fn only_who_the_table_names_may_and_a_stranger_is_told_who() {
    story(async |house| {
        let selin = house.person("selin", &[Role::Auditor]).await;
        let input = json!({"key": "CARE", "name": "Care", "kind": "unit"});
        let refused = selin.does("customer add", input).await.unwrap_err();
        assert_eq!(refused.code(), "not_allowed");
        assert!(refused.to_string().contains("relationship manager"), "{refused}");
        assert!(!selin.who().await.reach(Action::EditCustomer).any());
    });
}

#[test]
fn one_key_has_one_effect_and_one_answer_however_often_it_is_sent() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let command = registry::command("customer add").unwrap();
        let request = |name: &str| app::Request {
            body: json!({"key": "CARE", "name": name, "kind": "unit"}),
            key: Some("one".into()),
            ..app::Request::default()
        };
        let mut waiting = Vec::new();
        for _ in 0..20 {
            let (inner, who, request) = (house.house.clone(), marta.who().await, request("Care"));
            waiting.push(tokio_spawn(async move { app::run(&inner, command, who, request).await }));
        }
        let mut answers = Vec::new();
        for task in waiting {
            answers.push(task.await.unwrap().unwrap());
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(marta.lists("customer list", &[]).await.count, 1);
        let other = app::run(&house.house, command, marta.who().await, request("Other")).await.unwrap_err();
        assert_eq!(other.code(), "idempotency_key_reused");
    });
}

fn tokio_spawn<F>(future: F) -> tokio::task::JoinHandle<F::Output>
where
    F: std::future::Future + Send + 'static,
    F::Output: Send,
{
    tokio::spawn(future)
}

#[test]
fn the_history_finds_what_was_altered_removed_or_changed_behind_its_back() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        for key in ["CARE", "SALES", "RETAIL"] {
            marta.does("customer add", json!({"key": key, "name": key, "kind": "unit"})).await.unwrap();
        }
        let mut cx = marta.cx().await;
        let all = history::verify(&mut cx.tx, None).await.unwrap().unwrap();
        let kept = history::checkpoint(&mut cx.tx).await.unwrap();
        assert_eq!(all, kept.seq);
        assert!(history::check(&mut cx.tx, &registry::nouns()).await.unwrap().is_empty());

        let sql = "update relationships_customers set name = 'Other' where key = 'SALES'";
        cx.tx.query(sql).execute().await.unwrap();
        let found = history::check(&mut cx.tx, &registry::nouns()).await.unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].says.contains("without an event"));

        let refused = cx.tx.query("update access_history set action = 'x' where seq = 1").execute().await;
        assert!(refused.is_err(), "the history is append-only in the schema too");
    });
}

/// What stands outside the chain is named too: rows put before the first, and a head that is gone.
#[test]
fn the_history_finds_rows_put_before_its_first_and_a_head_that_is_gone() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        for seq in ["0", "-7"] {
            let mut cx = marta.cx().await;
            let sql = format!(
                "insert into access_history select {seq}, at, person_id, via, noun, record_id, record_key, action, why, \
                 customer_id, changes, state_digest, previous, digest from access_history where seq = 1"
            );
            cx.tx.query(&sql).execute().await.unwrap();
            let broken = history::verify(&mut cx.tx, None).await.unwrap().unwrap_err();
            assert!(broken.seq == 0 && broken.says.contains("1 rows stand before row 1"), "{broken:?}");
            cx.tx.rollback().await.unwrap();
        }
        let mut cx = marta.cx().await;
        cx.tx.query("delete from access_history_head").execute().await.unwrap();
        let broken = history::verify(&mut cx.tx, None).await.unwrap().unwrap_err();
        assert!(broken.says.starts_with("The head of the history is gone"), "{broken:?}");
        cx.tx.rollback().await.unwrap();
        if house.house.db.engine() == db::Engine::Postgres {
            let mut cx = marta.cx().await;
            assert!(cx.tx.query("truncate access_history").execute().await.is_err(), "nor is it emptied");
        }
    });
}
