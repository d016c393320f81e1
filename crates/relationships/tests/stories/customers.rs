//! Who is named on a customer may act for it.

use access::{GrantScope, Role};
use kernel::CustomerId;
use serde_json::{Value, json};
use testkit::{Person, story};

/// Whether they may read the customer.
async fn sees(who: &Person, key: &str) -> bool {
    who.reads("customer show", &[("key", key)]).await.is_ok()
}

#[test]
fn a_manager_of_other_customers_may_act_for_the_one_they_add_and_hands_it_on_with_the_name() {
    story(async |house| {
        let everyone = house.person("wanda", &[Role::RelationshipManager]).await;
        let add = |key: &str| json!({"key": key, "name": key, "kind": "unit"});
        everyone.does("customer add", add("CARE")).await.unwrap();
        let care = everyone.sees("customer show", &[("key", "CARE")]).await;
        let care = CustomerId::parse(care["id"].as_str().unwrap()).unwrap();
        let manager = [(Role::RelationshipManager, GrantScope::Customer(care))];
        let daniel = house.person_for("daniel", &manager).await;
        let greta = house.person_for("greta", &manager).await;
        let rita = house.person("rita", &[Role::Auditor]).await;

        daniel.does("customer add", add("PORT")).await.unwrap();
        assert!(sees(&daniel, "PORT").await && !sees(&greta, "PORT").await);
        let contact = json!({"customer": "PORT", "name": "Ada", "role": "harbour master"});
        daniel.does("contact add", contact).await.unwrap();

        let change = |manager: &str| -> Value { json!({ "manager": manager }) };
        daniel.does_to("customer edit", &[("key", "PORT")], change("greta"), Some(1)).await.unwrap();
        assert!(!sees(&daniel, "PORT").await && sees(&greta, "PORT").await);

        // What an administrator gave stays, whoever is named.
        everyone.does_to("customer edit", &[("key", "CARE")], change("daniel"), Some(1)).await.unwrap();
        everyone.does_to("customer edit", &[("key", "CARE")], change("greta"), Some(2)).await.unwrap();
        assert!(sees(&daniel, "CARE").await && sees(&greta, "CARE").await);

        // An auditor does not become a manager by being named.
        greta.does_to("customer edit", &[("key", "PORT")], change("rita"), Some(2)).await.unwrap();
        let renamed =
            rita.does_to("customer edit", &[("key", "PORT")], json!({"name": "Harbour"}), Some(3)).await;
        assert!(renamed.is_err());
    });
}
