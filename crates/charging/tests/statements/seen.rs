//! Who sees what: a customer's representative their own issued statements and nothing behind them.

use access::{GrantScope, Role};
use kernel::listing::{Asked, Compare, Filter, Sort};
use kernel::{CustomerId, ServiceId};
use serde_json::json;
use testkit::Person;

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::words::{does, line_id, rows, total};

/// The code and sentences of the refusal a reading gives.
async fn refusal(who: &Person, name: &str, params: &[(&str, &str)]) -> String {
    match who.reads(name, params).await {
        Ok(_) => "an answer".into(),
        Err(refused) => format!("{refused:?}"),
    }
}

/// `faults.md`, "What a customer's representative can find out".
#[test]
fn anothers_statement_and_none_at_all_get_the_same_answer() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.bills(AUGUST).await;
        let foreign = line_id(&told.priya, AUGUST, "BS", "DESK").await;
        let none = "00000000-0000-7000-8000-000000000000";
        for (name, param, foreign, missing) in [
            ("statement show", "number", "STM-1", "STM-99"),
            ("statement lines", "statement", "STM-1", "STM-99"),
            ("trace show", "id", foreign.as_str(), none),
        ] {
            let (theirs, absent) = (
                refusal(&kim, name, &[(param, foreign)]).await,
                refusal(&kim, name, &[(param, missing)]).await,
            );
            assert!(theirs.contains("not_found"), "{name}: {theirs}");
            assert_eq!(theirs, absent, "{name}");
        }
        for number in ["STM-1", "STM-99"] {
            let refused = does(&kim, "statement accept", &[("number", number)], json!({})).await.unwrap_err();
            assert_eq!(refused.code(), "not_found", "{number}");
        }
        for name in ["journal list", "recovery list"] {
            assert!(refusal(&kim, name, &[]).await.contains("not_allowed"), "{name}");
        }
    });
}

#[test]
fn an_owner_sees_what_their_own_service_recovers_and_no_other() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let iam = told.priya.sees("service show", &[("key", "IAM")]).await;
        let iam = ServiceId::parse(iam["id"].as_str().unwrap()).unwrap();
        let roles = [(Role::ServiceOwner, GrantScope::Service(iam))];
        let owner = told.house.person_for("ola", &roles).await;
        let recovery = owner.lists("recovery list", &[("period", AUGUST)]).await;
        assert_eq!((recovery.count, total(&recovery, "charges").as_str()), (1, "480.00"));
        assert_eq!(recovery.value(&recovery.rows[0], "service").unwrap().plain(), "IAM");
    });
}

#[test]
fn a_representative_sees_own_issued_lines_without_cost_and_nothing_incomplete() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.drafts(AUGUST).await.unwrap();
        assert_eq!(kim.lists("statement list", &[]).await.count, 0, "a draft is not sent");
        assert!(refusal(&kim, "statement show", &[("number", "STM-2")]).await.contains("not_found"));
        told.bills(AUGUST).await;
        told.drafts(SEPTEMBER).await.unwrap();
        assert_eq!(
            rows(&kim, "statement list", &[], &["number", "period", "customer", "total"]).await,
            ["STM-2 | 2026-08 | CARE | 756.67"]
        );
        let lines = kim.lists("statement lines", &[]).await;
        assert_eq!(
            rows(&kim, "statement lines", &[], &["service", "service_name", "amount"]).await,
            ["DESK | Service DESK | 566.67", "IAM | Service IAM | 160.00", " | Charged directly | 30.00"],
            "the newest period they may see; a pool has no name"
        );
        assert_eq!(total(&lines, "amount"), "756.67", "what is hidden was charged to nobody");
        let shown = kim.sees("statement show", &[("number", "STM-2")]).await;
        let text = shown.to_string();
        for word in ["cost\":{", "recovery", "incomplete", "LEVY", "CLOUD", "BS", "MAIL"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        does(&told.priya, "period review", &[("period", SEPTEMBER)], json!({})).await.unwrap();
        assert_eq!(
            rows(&kim, "statement list", &[], &["period", "customer", "state"]).await,
            ["2026-09 | CARE | draft", "2026-08 | CARE | issued"],
            "theirs to look at while the month is reviewed"
        );
        assert!(does(&kim, "statement accept", &[("number", "STM-4")], json!({})).await.is_err(), "not yet");
    });
}

#[test]
fn a_hidden_column_is_nothing_to_filter_or_sort_by() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.bills(AUGUST).await;
        let by_cost = Filter { column: "cost".into(), compare: Compare::AtLeast, value: "0".into() };
        let of_others = Filter { column: "customer".into(), compare: Compare::Equal, value: "BS".into() };
        let sorted =
            Asked { sort: Some(Sort { column: "recovery".into(), descending: true }), ..Asked::default() };
        for asked in [Asked { filters: vec![by_cost], ..Asked::default() }, sorted] {
            let refused = kim.asks("statement lines", &[], asked).await.err().unwrap();
            assert_eq!(refused.code(), "invalid_input");
        }
        let asked = Asked { filters: vec![of_others], ..Asked::default() };
        match kim.asks("statement lines", &[], asked).await.unwrap() {
            access::View::List(listing) => {
                assert_eq!((listing.count, total(&listing, "amount")), (0, "0.00".into()))
            }
            access::View::Record(_) => panic!("a list"),
        }
    });
}

/// Somebody who manages one customer's relationship and speaks for another sees the cost of the one only.
#[test]
fn cost_is_shown_customer_by_customer() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.bills(AUGUST).await;
        let mut ids = Vec::new();
        for key in ["CARE", "BS"] {
            let shown = told.marta.sees("customer show", &[("key", key)]).await;
            ids.push(GrantScope::Customer(CustomerId::parse(shown["id"].as_str().unwrap()).unwrap()));
        }
        let roles = [(Role::RelationshipManager, ids[0]), (Role::CustomerRepresentative, ids[1])];
        let ines = told.house.person_for("ines", &roles).await;
        let lines = rows(&ines, "statement lines", &[], &["customer", "service", "cost"]).await;
        assert_eq!(
            lines,
            [
                "BS | DESK | ",
                "BS | IAM | ",
                "CARE | DESK | 566.67",
                "CARE | IAM | 150.00",
                "CARE | MAIL | 100.00",
                "CARE |  | 30.00"
            ]
        );
        assert!(ines.sees("statement show", &[("number", "STM-1")]).await.get("cost").is_none());
        assert!(ines.sees("statement show", &[("number", "STM-2")]).await.get("cost").is_some());
    });
}
