//! Prices: written by one, approved by another, and each day has its own.

use access::Role;
use serde_json::json;

use crate::house::{does, does_at, history_tells_all, owner_of, rows, sees, takes_over, yuki};

#[test]
fn a_price_holds_from_its_first_day_once_somebody_else_approved_it() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let henrik = house.person("henrik", &[Role::FinanceManager]).await;
        takes_over(&yuki, "WORK", "Workplace").await;
        let work = [("key", "WORK")];
        let fixed = json!({"service": "WORK", "unit": "seat", "charging": "fixed"});
        does(&yuki, "offering add", &[], fixed).await.unwrap();
        let price = json!({"per_unit": "36.00", "from_day": "2025-10-01"});
        let drafted = does(&priya, "price draft", &work, price).await.unwrap();
        let number = drafted.key.as_str();
        assert_eq!(number, "PRC-1");
        let first = [("number", number)];
        let early = does(&henrik, "price approve", &first, json!({})).await.unwrap_err();
        assert_eq!(early.code(), "price_wrong_state");
        // Henrik mends a digit, so he wrote a part of it too.
        does_at(&henrik, "price edit", &first, json!({"per_unit": "35.50"}), Some(1)).await.unwrap();
        does(&priya, "price submit", &first, json!({})).await.unwrap();
        for editor in [&priya, &henrik] {
            let refused = does(editor, "price approve", &first, json!({})).await.unwrap_err();
            assert_eq!(refused.code(), "same_person");
        }
        let tomas = house.person("tomas", &[Role::Executive]).await;
        does(&tomas, "price approve", &first, json!({})).await.unwrap();
        let frozen =
            does_at(&priya, "price edit", &first, json!({"per_unit": "1"}), Some(4)).await.unwrap_err();
        assert_eq!(frozen.code(), "price_wrong_state");

        // Next year's is announced; today keeps its own until its day has come.
        let next = json!({"per_unit": "37.20", "from_day": "2026-12-01"});
        let number = does(&priya, "price draft", &work, next).await.unwrap().key;
        let next = [("number", number.as_str())];
        does(&priya, "price submit", &next, json!({})).await.unwrap();
        does(&henrik, "price approve", &next, json!({})).await.unwrap();
        for (day, price) in [("2026-11-30", "35.50 | EUR"), ("2026-12-01", "37.20 | EUR")] {
            house.at(&format!("{day}T09:00:00Z"));
            assert_eq!(rows(&yuki, "offering list", &[], &["per_unit", "currency"]).await, [price], "{day}");
        }
        history_tells_all(&house).await;
    });
}

#[test]
fn another_price_for_the_same_day_supersedes_and_a_returned_one_is_a_draft_again() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let henrik = house.person("henrik", &[Role::FinanceManager]).await;
        takes_over(&yuki, "IAM", "Identity").await;
        let fixed = json!({"service": "IAM", "unit": "user", "charging": "fixed"});
        does(&yuki, "offering add", &[], fixed).await.unwrap();
        for per_unit in ["4.5", "4.7"] {
            let price = json!({"per_unit": per_unit, "currency": "JPY", "from_day": "2026-10-01"});
            let number = does(&priya, "price draft", &[("key", "IAM")], price).await.unwrap().key;
            let number = [("number", number.as_str())];
            does(&priya, "price submit", &number, json!({})).await.unwrap();
            does(&henrik, "price return", &number, json!({"why": "Say why."})).await.unwrap();
            does(&priya, "price submit", &number, json!({})).await.unwrap();
            does(&henrik, "price approve", &number, json!({})).await.unwrap();
        }
        let columns = ["number", "state", "per_unit", "currency", "in_force"];
        let listed = rows(&yuki, "price list", &[], &columns).await;
        assert_eq!(listed, ["PRC-1 | superseded | 4.5 | JPY | no", "PRC-2 | approved | 4.7 | JPY | yes"]);
        history_tells_all(&house).await;
    });
}

#[test]
fn an_owner_proposes_the_price_of_their_own_service_and_only_where_there_is_one() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        for (key, charging) in [("CARE", "fixed"), ("BILL", "fixed"), ("DWH", "at cost")] {
            takes_over(&yuki, key, key).await;
            let offering = json!({"service": key, "unit": "seat", "charging": charging});
            does(&yuki, "offering add", &[], offering).await.unwrap();
        }
        let rafael = owner_of(&house, &yuki, "rafael", "CARE").await;
        let draft = async |key: &str, per_unit: &str| {
            let price = json!({"per_unit": per_unit, "from_day": "2026-10-01"});
            does(&rafael, "price draft", &[("key", key)], price).await
        };
        draft("CARE", "386").await.unwrap();
        assert_eq!(draft("BILL", "1").await.unwrap_err().code(), "not_allowed");
        assert_eq!(draft("CARE", "-1").await.unwrap_err().code(), "invalid_input");
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let price = json!({"per_unit": "1", "from_day": "2026-10-01"});
        let refused = does(&priya, "price draft", &[("key", "DWH")], price).await.unwrap_err();
        assert_eq!(refused.code(), "offering_not_priced");
    });
}

#[test]
fn unit_and_charging_model_stay_once_a_price_was_approved_and_the_name_may_change() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let henrik = house.person("henrik", &[Role::FinanceManager]).await;
        takes_over(&yuki, "WORK", "Workplace").await;
        let work = [("key", "WORK")];
        let offering = json!({"service": "WORK", "unit": "chair", "charging": "fixed"});
        does(&yuki, "offering add", &[], offering.clone()).await.unwrap();
        assert!(!does(&yuki, "offering add", &[], offering).await.unwrap().changed);
        let other = json!({"service": "WORK", "unit": "desk", "charging": "fixed"});
        assert_eq!(does(&yuki, "offering add", &[], other).await.unwrap_err().code(), "offering_key_taken");
        does_at(&yuki, "offering edit", &work, json!({"unit": "seat"}), Some(1)).await.unwrap();
        let price = json!({"per_unit": "36", "from_day": "2026-10-01"});
        does(&priya, "price draft", &work, price).await.unwrap();
        does(&priya, "price submit", &[("number", "PRC-1")], json!({})).await.unwrap();
        does(&henrik, "price approve", &[("number", "PRC-1")], json!({})).await.unwrap();
        for change in [json!({"unit": "desk"}), json!({"charging": "at cost"})] {
            let refused = does_at(&yuki, "offering edit", &work, change, Some(2)).await.unwrap_err();
            assert_eq!(refused.code(), "offering_in_use");
        }
        does_at(&yuki, "offering edit", &work, json!({"name": "Workplace, full"}), Some(2)).await.unwrap();
        assert_eq!(sees(&yuki, "offering show", &work).await["prices"][0]["state"], "approved");
    });
}
