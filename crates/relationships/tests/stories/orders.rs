//! Orders: the customer asks, the relationship manager answers.

use access::Role;
use serde_json::json;
use testkit::story;

use crate::house::{history_tells_all, open, own, rows, service, takes};

#[test]
fn what_is_asked_is_agreed_once_the_manager_confirms_it() {
    story(async |house| {
        let people = open(&house).await;
        let order =
            json!({"offering": "DESK", "quantity": "40", "from_day": "2026-11-01", "note": "New team."});
        let asked = people.elif.does("order add", order).await.unwrap();
        assert_eq!(asked.key, "ORD-1");
        let path = [("number", "ORD-1")];
        let waiting = people.elif.sees("customer show", &[("key", "CARE")]).await;
        assert_eq!(waiting["orders"][0]["number"], "ORD-1");
        let body = json!({"settlement": "recharge", "notice_days": "30"});
        people.marta.does_to("order confirm", &path, body.clone(), None).await.unwrap();
        let again = people.marta.does_to("order confirm", &path, body, None).await.unwrap_err();
        assert_eq!(again.code(), "order_answered");
        let columns = ["number", "customer", "quantity", "from_day", "settlement", "notice_days"];
        let agreed = rows(&people.elif, "agreement list", &[], &columns).await;
        assert_eq!(agreed, ["AGR-1 | CARE | 40 | 2026-11-01 | recharge | 30"]);
        let shown = people.elif.sees("order show", &path).await;
        assert_eq!(
            (shown["state"].as_str(), shown["agreement"].as_str()),
            (Some("confirmed"), Some("AGR-1"))
        );
        history_tells_all(&house).await;
    });
}

#[test]
fn asking_for_what_is_taken_changes_its_quantity_from_that_day() {
    story(async |house| {
        let people = open(&house).await;
        takes(&people.marta, "CARE", "1357", "2025-10-01").await.unwrap();
        let order = json!({"offering": "DESK", "quantity": "1068", "from_day": "2026-12-01"});
        people.elif.does("order add", order).await.unwrap();
        people.marta.does_to("order confirm", &[("number", "ORD-1")], json!({}), None).await.unwrap();
        let on = async |day: &str| {
            house.at(&format!("{day}T09:00:00Z"));
            rows(&people.elif, "agreement list", &[], &["number", "quantity"]).await
        };
        assert_eq!(on("2026-11-30").await, ["AGR-1 | 1357"]);
        assert_eq!(on("2026-12-01").await, ["AGR-1 | 1068"]);
        history_tells_all(&house).await;
    });
}

#[test]
fn a_refusal_says_why_and_whoever_asked_never_answers() {
    story(async |house| {
        let people = open(&house).await;
        let customer = people.marta.sees("customer show", &[("key", "CARE")]).await;
        let id = kernel::CustomerId::parse(customer["id"].as_str().unwrap()).unwrap();
        let both = access::GrantScope::Customer(id);
        let roles = [(Role::CustomerRepresentative, both), (Role::RelationshipManager, both)];
        let twofold = house.person_for("twofold", &roles).await;
        let order = json!({"offering": "DESK", "quantity": "1", "from_day": "2026-11-01"});
        twofold.does("order add", order).await.unwrap();
        let path = [("number", "ORD-1")];
        let own_answer = twofold.does_to("order confirm", &path, json!({}), None).await.unwrap_err();
        assert_eq!(own_answer.code(), "same_person");
        let silent =
            people.marta.does_to("order refuse", &path, json!({"reason": " "}), None).await.unwrap_err();
        assert_eq!(silent.code(), "invalid_input");
        let reason = json!({"reason": "No seats before January."});
        people.marta.does_to("order refuse", &path, reason, None).await.unwrap();
        let listed = rows(&twofold, "order list", &[], &["state", "reason", "agreement"]).await;
        assert_eq!(listed, ["refused | No seats before January. | "]);
        assert_eq!(people.marta.lists("agreement list", &[]).await.count, 0);
        history_tells_all(&house).await;
    });
}

#[test]
fn who_asked_takes_an_order_back_while_it_waits_and_nobody_else_does() {
    story(async |house| {
        let people = open(&house).await;
        let order = json!({"offering": "DESK", "quantity": "40", "from_day": "2026-11-01"});
        for _ in 0..2 {
            people.elif.does("order add", order.clone()).await.unwrap();
        }
        let colleague = own(&house, &people.marta, "colleague", Role::CustomerRepresentative, "CARE").await;
        let withdraws = async |who: &testkit::Person, number: &str| {
            who.does_to("order withdraw", &[("number", number)], json!({}), None).await
        };
        assert_eq!(withdraws(&colleague, "ORD-1").await.unwrap_err().code(), "order_of_another");
        assert_eq!(withdraws(&people.marta, "ORD-1").await.unwrap_err().code(), "not_allowed");
        assert_eq!(withdraws(&people.jonas, "ORD-1").await.unwrap_err().code(), "not_found");
        withdraws(&people.elif, "ORD-1").await.unwrap();
        assert_eq!(withdraws(&people.elif, "ORD-1").await.unwrap_err().code(), "order_answered");
        let answer = people.marta.does_to("order confirm", &[("number", "ORD-1")], json!({}), None).await;
        assert_eq!(answer.unwrap_err().code(), "order_answered");
        people.marta.does_to("order confirm", &[("number", "ORD-2")], json!({}), None).await.unwrap();
        assert_eq!(withdraws(&people.elif, "ORD-2").await.unwrap_err().code(), "order_answered");
        let states = rows(&people.elif, "order list", &[], &["number", "state"]).await;
        assert_eq!(states.len(), 2);
        assert!(states.contains(&"ORD-1 | withdrawn".to_owned()), "{states:?}");
        assert!(states.contains(&"ORD-2 | confirmed".to_owned()), "{states:?}");
        history_tells_all(&house).await;
    });
}

#[test]
fn only_what_stands_in_the_catalogue_can_be_asked_for_and_only_for_oneself() {
    story(async |house| {
        let people = open(&house).await;
        let ending = json!({"key": "VMAIL", "name": "Voicemail", "first_day": "2010-01-01", "state": "retiring",
            "since": "2026-08-20", "last_day": "2027-03-31", "no_successor": "yes"});
        service(&people.yuki, ending, "mailbox").await;
        let ask = async |customer: &str, offering: &str, from: &str| {
            let order =
                json!({"customer": customer, "offering": offering, "quantity": "1", "from_day": from});
            people.elif.does("order add", order).await.err().map(|refused| refused.to_string())
        };
        // Incomplete and not there at all are one answer.
        let incomplete = ask("", "BILL", "2026-11-01").await.unwrap();
        assert_eq!(Some(incomplete.replace("BILL", "NONE")), ask("", "NONE", "2026-11-01").await);
        // So are another's customer and none.
        let foreign = ask("SALES", "DESK", "2026-11-01").await.unwrap();
        assert_eq!(Some(foreign.replace("SALES", "NONE")), ask("NONE", "DESK", "2026-11-01").await);
        assert!(ask("", "VMAIL", "2026-11-01").await.unwrap().contains("ending"));
        assert!(ask("", "DESK", "2026-10-01").await.is_some(), "yesterday is over");
        assert_eq!(ask("", "DESK", "2026-10-02").await, None);
        let order = json!({"offering": "DESK", "quantity": "1", "from_day": "2026-11-01"});
        assert_eq!(people.marta.does("order add", order).await.unwrap_err().code(), "not_allowed");
        let daniel = own(&house, &people.marta, "daniel", Role::RelationshipManager, "SALES").await;
        let foreign = daniel.does_to("order confirm", &[("number", "ORD-1")], json!({}), None).await;
        assert_eq!(foreign.unwrap_err().code(), "not_found");
        assert_eq!(people.jonas.lists("order list", &[]).await.count, 0);
    });
}
