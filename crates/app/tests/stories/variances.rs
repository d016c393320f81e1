//! Variances of a month: explained by one person, confirmed by another, on both engines.

use crate::month::{AT, MONTH, evidence, imports, ledger, open, september};
use kernel::listing::Listing;
use serde_json::json;
use testkit::{TestHouse, story};

const CLOUD: [(&str, &str); 2] = [("period", MONTH), ("pool", "cloud")];

/// September with a budget of 500,000.00 for Cloud and 100.00 for Other, approved.
async fn budgeted(house: &TestHouse) -> crate::month::People {
    let people = september(house).await;
    let csv = "budget,period,pool,amount\noriginal,2026-09,CLOUD,500000.00\noriginal,2026-09,OTHER,100.00\n";
    imports(&people.priya, "budget", csv, None).await.unwrap();
    let at = [("key", "2026-original")];
    people.priya.does_to("budget submit", &at, json!({}), None).await.unwrap();
    people.henrik.does_to("budget approve", &at, json!({}), None).await.unwrap();
    people
}

fn cell(listing: &Listing, pool: &str, key: &str) -> String {
    let row = listing.rows.iter().find(|row| listing.value(row, "pool").unwrap().plain() == pool).unwrap();
    listing.value(row, key).unwrap().plain()
}

/// Actual − budget: 525,051.89 − 500,000.00 = +25,051.89, 5 % (over both default limits): more cost is
/// adverse and makes the result worse.
#[test]
fn a_variance_is_actual_less_budget_and_needs_a_cause_above_both_limits() {
    story(async |house| {
        let people = budgeted(&house).await;
        let list = people.priya.lists("variance list", &AT).await;
        for (pool, key, expected) in [
            ("CLOUD", "variance", "25051.89"),
            ("CLOUD", "share", "0.0501"),
            ("CLOUD", "word", "adverse"),
            ("CLOUD", "effect", "-25051.89"),
            ("CLOUD", "needed", "yes"),
            ("CLOUD", "state", ""),
            ("OTHER", "variance", "0.00"),
            ("OTHER", "word", "on plan"),
            ("OTHER", "needed", "no"),
        ] {
            assert_eq!(cell(&list, pool, key), expected, "{pool} {key}");
        }
        assert_eq!(evidence(&people.priya, 8).await, "0 of 1 (Cloud +€25,051.89 has no cause).");
    });
}

#[test]
fn a_cause_is_confirmed_by_somebody_else_and_for_one_figure_only() {
    story(async |house| {
        let people = budgeted(&house).await;
        let early = people.tomas.does_to("variance confirm", &CLOUD, json!({}), None).await.unwrap_err();
        assert_eq!(early.code(), "variance_not_explained");
        for body in [json!({"cause": "bad luck", "text": "x"}), json!({"cause": "volume", "text": " "})] {
            let wrong = people.priya.does_to("variance explain", &CLOUD, body, None).await.unwrap_err();
            assert_eq!(wrong.code(), "invalid_input");
        }
        let body = || json!({"cause": "volume", "text": "test environment left running at weekends"});
        people.priya.does_to("variance explain", &CLOUD, body(), None).await.unwrap();
        assert!(!people.priya.does_to("variance explain", &CLOUD, body(), None).await.unwrap().changed);
        assert_eq!(evidence(&people.priya, 8).await, "0 of 1 (Cloud +€25,051.89 is not confirmed).");
        let own = people.priya.does_to("variance confirm", &CLOUD, json!({}), None).await.unwrap_err();
        assert_eq!(own.code(), "same_person");
        assert!(people.tomas.does_to("variance confirm", &CLOUD, json!({}), None).await.unwrap().changed);
        assert!(!people.tomas.does_to("variance confirm", &CLOUD, json!({}), None).await.unwrap().changed);
        assert_eq!(evidence(&people.priya, 8).await, "1 of 1.");

        imports(&people.priya, "gl", &ledger(&[("7", "6400", "1.00")]), Some("1.00")).await.unwrap();
        let list = people.priya.lists("variance list", &AT).await;
        assert_eq!(
            (cell(&list, "CLOUD", "variance"), cell(&list, "CLOUD", "state")),
            ("25052.89".into(), "proposed".into())
        );
        assert_eq!(evidence(&people.priya, 8).await, "0 of 1 (Cloud +€25,052.89 is not confirmed).");
        let none = [("period", MONTH), ("pool", "NOSUCH")];
        assert_eq!(
            people.priya.does_to("variance explain", &none, body(), None).await.unwrap_err().code(),
            "no_variance"
        );
    });
}

#[test]
fn a_year_tells_its_confirmed_causes_for_the_figures_there_are() {
    story(async |house| {
        let people = budgeted(&house).await;
        let causes = async || people.priya.lists("variance causes", &AT).await;
        let body = json!({"cause": "volume", "text": "test environment left running at weekends"});
        people.priya.does_to("variance explain", &CLOUD, body, None).await.unwrap();
        assert_eq!(causes().await.count, 0, "one person's word is no confirmed cause");
        people.tomas.does_to("variance confirm", &CLOUD, json!({}), None).await.unwrap();
        let told = causes().await;
        let said = ["period", "name", "variance", "cause", "text", "confirmed_by"];
        assert_eq!(
            said.map(|key| cell(&told, "CLOUD", key)),
            [MONTH, "Cloud", "25051.89", "volume", "test environment left running at weekends", "TOMAS"]
        );
        imports(&people.priya, "gl", &ledger(&[("7", "6400", "1.00")]), Some("1.00")).await.unwrap();
        assert_eq!(causes().await.count, 0, "it was confirmed for another figure");
    });
}

#[test]
fn a_variance_without_a_cause_blocks_the_close_only_where_the_policy_says_so() {
    story(async |house| {
        let people = budgeted(&house).await;
        assert_eq!(open(&people.priya).await, [9]);
        let policy = |blocks: &str| json!({"amount": "20000", "percent": "2", "blocks": blocks});
        assert!(people.henrik.does("close-policy set", policy("yes")).await.unwrap().changed);
        assert!(!people.henrik.does("close-policy set", policy("yes")).await.unwrap().changed);
        assert_eq!(open(&people.priya).await, [8, 9]);
        let refused = people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap_err();
        assert!(refused.to_string().contains("quarterdeck variance explain 2026-09 cloud"), "{refused}");
        let body = json!({"amount": "30000", "percent": "2", "blocks": "yes"});
        people.henrik.does("close-policy set", body).await.unwrap();
        assert_eq!(open(&people.priya).await, [9], "below the limit nothing is to be explained");
        let wrong = json!({"amount": "-1", "percent": "x", "blocks": "perhaps"});
        assert_eq!(people.henrik.does("close-policy set", wrong).await.unwrap_err().code(), "invalid_input");
    });
}
