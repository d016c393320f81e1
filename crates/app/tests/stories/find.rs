//! Records are found by words and by ids of any kind, as far as the reader may see them, on both engines.

use access::{GrantScope, Role};
use kernel::{CustomerId, Refused};
use serde_json::{Value, json};
use testkit::{Person, TestHouse, story};

/// CARE and CARS are customers of Marta's, DESK a service with an offering of the same key; Elif stands for CARE.
async fn furnished(house: &TestHouse) -> (Person, Person) {
    let marta = house.person("marta", &[Role::RelationshipManager, Role::PortfolioManager]).await;
    for (key, name) in [("CARE", "Customer Care"), ("CARS", "Fleet")] {
        marta.does("customer add", json!({ "key": key, "name": name, "kind": "unit" })).await.unwrap();
    }
    marta.does("service take-over", json!({ "key": "DESK", "name": "Service Desk" })).await.unwrap();
    let offering = json!({ "service": "DESK", "unit": "seat", "charging": "fixed" });
    marta.does("offering add", offering).await.unwrap();
    let care = marta.sees("customer show", &[("key", "CARE")]).await;
    let own = GrantScope::Customer(CustomerId::parse(care["id"].as_str().unwrap()).unwrap());
    let elif = house.person_for("elif", &[(Role::CustomerRepresentative, own)]).await;
    (marta, elif)
}

/// `customer CARE`, in the order found.
fn named(record: &Value) -> Vec<String> {
    let word = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    let items = record["items"].as_array().unwrap();
    items.iter().map(|item| format!("{} {}", word(item, "noun"), word(item, "key"))).collect()
}

async fn refused(who: &Person, params: &[(&str, &str)]) -> String {
    match who.reads("open show", params).await {
        Err(Refused::Refusal(refusal)) => format!("{}: {}", refusal.kind.code, refusal.way_out),
        other => panic!("{params:?}: {:?}", other.is_ok()),
    }
}

#[test]
fn words_find_what_is_called_so_of_what_one_may_see() {
    story(async |house| {
        let (marta, elif) = furnished(&house).await;
        let found = marta.sees("search show", &[("q", "care")]).await;
        assert_eq!(named(&found), ["customer CARE"]);
        assert_eq!(
            (found["count"].as_i64(), found["items"][0]["name"].as_str()),
            (Some(1), Some("Customer Care · unit"))
        );
        assert_eq!(found["items"][0]["path"], "/relationships/customers/CARE");
        assert_eq!(
            named(&marta.sees("search show", &[("q", "desk")]).await),
            ["service DESK", "offering DESK"]
        );
        for (typed, meant) in [("custmer care", "customer care"), ("flet", "fleet"), ("zzzz", "")] {
            let found = marta.sees("search show", &[("q", typed)]).await;
            let said = found["did_you_mean"].as_str().unwrap_or_default();
            assert_eq!((found["count"].as_i64(), said), (Some(0), meant), "{typed}");
        }
        let found = marta.sees("search show", &[("q", "care customer")]).await;
        assert_eq!(named(&found), ["customer CARE"], "words in any order");
        let of_another = elif.sees("search show", &[("q", "flet")]).await;
        assert_eq!(of_another["did_you_mean"], Value::Null, "what one may not see is not meant");
        assert_eq!(
            named(&elif.sees("search show", &[("q", "ca")]).await),
            ["customer CARE"],
            "CARS is another's"
        );
        assert_eq!(
            named(&elif.sees("search show", &[("q", "desk")]).await),
            [""; 0],
            "she reads no services"
        );
        let nothing = marta.reads("search show", &[("q", " ")]).await.err().unwrap();
        assert_eq!(nothing.code(), "invalid_input");
    });
}

#[test]
fn an_id_of_any_kind_opens_its_record() {
    story(async |house| {
        let (marta, _) = furnished(&house).await;
        let contact = json!({ "customer": "CARE", "name": "Elif", "role": "Head" });
        marta.does("contact add", contact).await.unwrap();
        let customer = marta.sees("customer show", &[("key", "CARE")]).await;
        for (id, found) in [
            ("CARE", vec!["customer CARE"]),
            ("care", vec!["customer CARE"]),
            ("CON-1", vec!["contact CON-1"]),
            ("DESK", vec!["offering DESK", "service DESK"]),
            (customer["id"].as_str().unwrap(), vec!["customer CARE"]),
        ] {
            let mut opened = named(&marta.sees("open show", &[("id", id)]).await);
            opened.sort();
            assert_eq!(opened, found, "{id}");
        }
        let one = marta.sees("open show", &[("id", "DESK"), ("noun", "offering")]).await;
        assert_eq!(named(&one), ["offering DESK"]);
        let admin = house.person("adam", &[Role::Administrator]).await;
        assert_eq!(named(&admin.sees("open show", &[("id", "marta")]).await), ["user marta"]);
        let person = marta.id.to_string();
        assert_eq!(named(&admin.sees("open show", &[("id", &person)]).await), ["user marta"]);
        for id in [person.as_str(), "marta"] {
            let says = refused(&marta, &[("id", id)]).await;
            assert!(says.starts_with("not_found") && !says.contains("user"), "{id}: {says}");
        }
    });
}

#[test]
fn what_is_not_there_is_told_with_the_nearest_one_may_see_and_with_nothing_else() {
    story(async |house| {
        let (marta, elif) = furnished(&house).await;
        let sales = marta.sees("customer show", &[("key", "CARS")]).await;
        assert_eq!(
            refused(&marta, &[("id", "CARR")]).await,
            "not_found: Did you mean customer CARE or customer CARS?"
        );
        assert_eq!(
            refused(&marta, &[("id", "CARR"), ("noun", "customer")]).await,
            "not_found: Did you mean CARE or CARS?"
        );
        assert_eq!(
            refused(&marta, &[("id", "fleet"), ("noun", "customer")]).await,
            "not_found: Did you mean CARS?"
        );
        let nothing = "not_found: Check the address or search for it.";
        assert_eq!(refused(&marta, &[("id", "CARR"), ("noun", "rule")]).await, nothing);
        assert_eq!(refused(&elif, &[("id", "CARR")]).await, "not_found: Did you mean customer CARE?");
        // Another's is told in no other way than what never was.
        assert_eq!(refused(&elif, &[("id", "CARS")]).await, refused(&elif, &[("id", "CARX")]).await);
        assert_eq!(refused(&elif, &[("id", "Fleet")]).await, nothing);
        assert_eq!(refused(&elif, &[("id", sales["id"].as_str().unwrap())]).await, nothing);
    });
}
