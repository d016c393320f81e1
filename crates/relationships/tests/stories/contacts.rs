//! Contacts, and the customer's page.

use access::Role;
use serde_json::{Value, json};
use testkit::story;

use crate::house::{history_tells_all, open, rows};

#[test]
fn a_contacts_name_and_address_stand_in_no_history_and_an_import_twice_adds_none() {
    story(async |house| {
        let people = open(&house).await;
        let elif = json!({"customer": "CARE", "name": "Elif Demir", "role": "Head of claims", "influence": "high",
            "email": "elif.demir@larkfield.example", "source_key": "crm 7"});
        let done = people.marta.does("contact add", elif.clone()).await.unwrap();
        assert_eq!(done.key, "CON-1");
        assert!(!done.says.contains("Elif"), "an answer is kept, a name in it could not be erased");
        assert!(!people.marta.does("contact add", elif.clone()).await.unwrap().changed);
        let mut other = elif;
        other["role"] = json!("Head of care");
        assert_eq!(
            people.marta.does("contact add", other).await.unwrap_err().code(),
            "contact_already_there"
        );
        let path = [("number", "CON-1")];
        let edit = json!({"name": "Elif Aksoy", "influence": "medium"});
        people.marta.does_to("contact edit", &path, edit.clone(), Some(1)).await.unwrap();
        let stale = people.marta.does_to("contact edit", &path, edit, Some(1)).await.unwrap_err();
        assert_eq!(stale.code(), "stale");

        let mut tx = house.house.db.read().await.unwrap();
        for row in tx.query("select record_key, changes from access_history").rows().await.unwrap() {
            let told = row.get::<String>("record_key").unwrap() + &row.get::<String>("changes").unwrap();
            assert!(!told.contains("Elif") && !told.contains("larkfield.example"), "{told}");
        }
        drop(tx);
        history_tells_all(&house).await;
    });
}

#[test]
fn a_representative_reads_their_own_contacts_without_our_notes() {
    story(async |house| {
        let people = open(&house).await;
        for (customer, name) in [("CARE", "Elif Demir"), ("SALES", "Jonas Hale")] {
            let contact = json!({"customer": customer, "name": name, "role": "Buyer", "influence": "low"});
            people.marta.does("contact add", contact).await.unwrap();
        }
        assert_eq!(rows(&people.elif, "contact list", &[], &["name"]).await, ["Elif Demir"]);
        let listed = people.elif.lists("contact list", &[]).await;
        assert!(listed.columns.iter().all(|column| column.key != "influence"));
        let page = people.elif.sees("customer show", &[("key", "CARE")]).await;
        assert_eq!(
            (page["contacts"][0]["name"].as_str(), &page["contacts"][0]["influence"]),
            (Some("Elif Demir"), &Value::Null)
        );
        let ours = people.marta.sees("customer show", &[("key", "CARE")]).await;
        assert_eq!(ours["contacts"][0]["influence"], "low");
        let contact = json!({"customer": "CARE", "name": "Me", "role": "Buyer"});
        assert_eq!(people.elif.does("contact add", contact).await.unwrap_err().code(), "not_allowed");
    });
}

#[test]
fn a_customer_from_the_same_source_row_is_there_once_and_may_get_another_manager() {
    story(async |house| {
        let people = open(&house).await;
        house.person("daniel", &[Role::RelationshipManager]).await;
        let post = json!({"key": "POST", "name": "Valdoria Post", "kind": "outside", "source_key": "acc 9",
            "manager": "daniel"});
        assert!(people.marta.does("customer add", post.clone()).await.unwrap().changed);
        assert!(!people.marta.does("customer add", post).await.unwrap().changed);
        let taken = json!({"key": "POST", "name": "Post", "kind": "outside"});
        assert_eq!(people.marta.does("customer add", taken).await.unwrap_err().code(), "customer_key_taken");
        let manager = async || {
            people.marta.sees("customer show", &[("key", "POST")]).await["manager"]["username"].clone()
        };
        assert_eq!(manager().await, "daniel");
        let path = [("key", "POST")];
        people.marta.does_to("customer edit", &path, json!({"manager": "marta"}), Some(1)).await.unwrap();
        assert_eq!(manager().await, "marta");
        let nobody =
            people.marta.does_to("customer edit", &path, json!({"manager": "nobody"}), Some(2)).await;
        assert_eq!(nobody.unwrap_err().code(), "invalid_input");
        history_tells_all(&house).await;
    });
}
