//! The menu card: complete services only, own customer only.

use access::Role;
use serde_json::{Value, json};
use testkit::{Person, story};

use crate::house::{open, own, service, takes};

fn keys(cards: &Value) -> Vec<&str> {
    cards.as_array().unwrap().iter().map(|card| card["key"].as_str().unwrap()).collect()
}

async fn prices(priya: &Person, henrik: &Person, offering: &str, per_unit: &str, from: &str) {
    let price = json!({"per_unit": per_unit, "from_day": from});
    let number = priya.does_to("price draft", &[("key", offering)], price, None).await.unwrap().key;
    let path = [("number", number.as_str())];
    priya.does_to("price submit", &path, json!({}), None).await.unwrap();
    henrik.does_to("price approve", &path, json!({}), None).await.unwrap();
}

#[test]
fn a_card_shows_what_may_be_had_what_ends_and_how_much_is_taken() {
    story(async |house| {
        let people = open(&house).await;
        service(&people.yuki, json!({"key": "SELF", "name": "Self-care App"}), "user").await;
        let ending = json!({"key": "VMAIL", "name": "Voicemail", "first_day": "2010-01-01", "state": "retiring",
            "since": "2026-08-20", "last_day": "2027-03-31"});
        service(&people.yuki, ending, "mailbox").await;
        let replaces = json!({"kind": "replaces", "other": "VMAIL"});
        people.yuki.does_to("service relate", &[("key", "SELF")], replaces, None).await.unwrap();
        takes(&people.marta, "CARE", "1357", "2025-10-01").await.unwrap();
        takes(&people.marta, "SALES", "88", "2025-10-01").await.unwrap();

        let card = people.elif.sees("catalogue show", &[]).await;
        assert_eq!(card["customer"]["key"], "CARE");
        assert_eq!(keys(&card["available"]), ["DESK", "SELF"], "BILL is incomplete");
        let desk = &card["available"][0]["offerings"][0];
        assert_eq!(desk["taken"], json!({"agreement": "AGR-1", "quantity": "1357"}));
        assert_eq!(
            (desk["charging"].as_str(), desk["targets"][0]["level"].as_str()),
            (Some("at cost"), Some("99.5 %"))
        );
        assert_eq!(card["available"][1]["offerings"][0]["taken"], Value::Null);
        assert_eq!(keys(&card["ending"]), ["VMAIL"]);
        assert_eq!(card["ending"][0]["ends"], "2027-03-31");
        assert_eq!(card["ending"][0]["instead"], json!([{"key": "SELF", "name": "Self-care App"}]));
        house.at("2027-04-01T09:00:00Z");
        let after = people.elif.sees("catalogue show", &[]).await;
        assert_eq!(keys(&after["ending"]), [""; 0]);
    });
}

#[test]
fn a_card_says_what_is_ordered_and_what_is_agreed_from_a_later_day() {
    story(async |house| {
        let people = open(&house).await;
        takes(&people.marta, "CARE", "1357", "2025-10-01").await.unwrap();
        let order = json!({"offering": "DESK", "quantity": "1400", "from_day": "2026-11-01"});
        people.elif.does("order add", order).await.unwrap();
        let desk = async |who: &Person, customer: &str| {
            let card = who.sees("catalogue show", &[("customer", customer)]).await;
            card["available"][0]["offerings"][0].clone()
        };
        let asked = json!([{"number": "ORD-1", "offering": "DESK", "quantity": "1400", "unit": "seat",
            "from_day": "2026-11-01"}]);
        for who in [&people.elif, &people.marta] {
            let waits = desk(who, "CARE").await;
            assert_eq!((&waits["ordered"], &waits["coming"]), (&asked, &json!([])), "{}", who.username);
        }
        assert_eq!(desk(&people.marta, "SALES").await["ordered"], json!([]));
        assert!(!people.jonas.sees("catalogue show", &[]).await.to_string().contains("1400"));
        people.marta.does_to("order confirm", &[("number", "ORD-1")], json!({}), None).await.unwrap();
        let agreed = desk(&people.elif, "CARE").await;
        assert_eq!(agreed["ordered"], json!([]));
        assert_eq!(
            agreed["coming"],
            json!([{"agreement": "AGR-1", "quantity": "1400", "from_day": "2026-11-01"}])
        );
        house.at("2026-11-01T09:00:00Z");
        let begun = desk(&people.elif, "CARE").await;
        assert_eq!((&begun["coming"], &begun["taken"]["quantity"]), (&json!([]), &json!("1400")));
    });
}

#[test]
fn a_card_holds_nothing_of_another_customer() {
    story(async |house| {
        let people = open(&house).await;
        takes(&people.marta, "SALES", "88", "2025-10-01").await.unwrap();
        let own_card = people.elif.sees("catalogue show", &[]).await;
        assert_eq!(own_card["customers"], json!([{"key": "CARE", "name": "Customer Care"}]));
        assert!(!own_card.to_string().contains("SALES") && !own_card.to_string().contains("88"));
        let foreign = people.elif.reads("catalogue show", &[("customer", "SALES")]).await.err().unwrap();
        let missing = people.elif.reads("catalogue show", &[("customer", "NONE")]).await.err().unwrap();
        assert_eq!((foreign.code(), foreign.to_string()), (missing.code(), missing.to_string()));
        let marta = people.marta.sees("catalogue show", &[("customer", "SALES")]).await;
        assert_eq!(marta["available"][0]["offerings"][0]["taken"]["quantity"], "88");
        // Ours who have no customer see the card everybody starts from.
        let rafael = house.person("rafael", &[Role::Receiver]).await;
        let general = rafael.sees("catalogue show", &[]).await;
        assert_eq!(keys(&general["available"]), ["DESK"]);
        let daniel = own(&house, &people.marta, "daniel", Role::RelationshipManager, "CARE").await;
        assert_eq!(daniel.sees("catalogue show", &[]).await["customer"]["key"], "CARE");
    });
}

#[test]
fn a_priced_offering_is_on_the_card_with_the_price_of_the_day_and_not_before_it_has_one() {
    story(async |house| {
        let people = open(&house).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let henrik = house.person("henrik", &[Role::FinanceManager]).await;
        service(&people.yuki, json!({"key": "WORK", "name": "Workplace"}), "seat").await;
        let gold = json!({"service": "WORK", "key": "WORKGOLD", "unit": "seat", "charging": "fixed"});
        people.yuki.does("offering add", gold).await.unwrap();
        let offers = async |day: &str| {
            house.at(&format!("{day}T09:00:00Z"));
            let card = people.elif.sees("catalogue show", &[]).await;
            let work = card["available"]
                .as_array()
                .unwrap()
                .iter()
                .find(|card| card["key"] == "WORK")
                .unwrap()
                .clone();
            let prices = work["offerings"].as_array().unwrap().iter();
            prices
                .map(|offer| offer["price"]["per_unit"].as_str().unwrap_or("at cost").to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(offers("2026-10-02").await, ["at cost"]);
        prices(&priya, &henrik, "WORKGOLD", "36.00", "2026-10-01").await;
        prices(&priya, &henrik, "WORKGOLD", "37.20", "2026-12-01").await;
        assert_eq!(offers("2026-09-30").await, ["at cost"]);
        assert_eq!(offers("2026-10-02").await, ["at cost", "36.00"]);
        assert_eq!(offers("2026-12-01").await, ["at cost", "37.20"]);
    });
}
