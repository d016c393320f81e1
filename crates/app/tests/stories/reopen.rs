//! A closed month: re-opened by two people, or closed for good, on both engines.

use crate::month::{AT, MONTH, booked, closed, evidence, open};
use access::history;
use app::registry;
use serde_json::json;
use testkit::story;

#[test]
fn re_opening_takes_two_people_and_undoes_what_the_close_posted_once() {
    story(async |house| {
        let people = closed(&house).await;
        let (henrik, tomas) = (&people.henrik, &people.tomas);
        let ask = || json!({"reason": "an invoice came late"});
        let alone = tomas.does_to("period reopen", &AT, ask(), None).await.unwrap_err();
        assert_eq!(alone.code(), "not_allowed", "finance asks, an executive may confirm");
        let why = henrik.does_to("period reopen", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(why.code(), "close_reason_needed");
        henrik.does_to("period reopen", &AT, ask(), None).await.unwrap();
        let again = henrik.does_to("period reopen", &AT, ask(), None).await.unwrap();
        assert!(!again.changed);
        assert_eq!(henrik.sees("close show", &AT).await["state"], "soft-closed", "one person is not two");
        assert_ne!(booked(henrik, "CHARGED-BS").await, 0);

        tomas.does_to("period reopen", &AT, json!({}), None).await.unwrap();
        assert_eq!(henrik.sees("close show", &AT).await["state"], "in review");
        assert_eq!(henrik.sees("run show", &AT).await["state"], "draft");
        for account in ["CHARGED-BS", "CENTRAL-POOL-OTHER", "POOL-CLOUD", "POOLED"] {
            assert_eq!(booked(henrik, account).await, 0, "{account}");
        }
        assert_eq!(open(henrik).await, [9], "the signature went with the close");
        assert!(!tomas.does_to("period reopen", &AT, json!({}), None).await.unwrap().changed);

        tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
        henrik.does_to("period close", &AT, json!({}), None).await.unwrap();
        assert_eq!(booked(henrik, "CHARGED-BS").await, 4_720_437);
        let mut cx = henrik.cx().await;
        assert!(history::check(&mut cx.tx, &registry::nouns()).await.unwrap().is_empty());
    });
}

#[test]
fn once_statements_are_issued_a_month_is_closed_for_good() {
    story(async |house| {
        let people = closed(&house).await;
        let henrik = &people.henrik;
        let early = henrik.does_to("period finish", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(early.code(), "close_statements_not_issued");
        henrik.does("statement draft", json!({"period": MONTH})).await.unwrap();
        let drafts = henrik.does_to("period finish", &AT, json!({}), None).await.unwrap_err();
        assert_eq!(drafts.code(), "close_statements_not_issued");
        henrik.does("statement issue", json!({"period": MONTH})).await.unwrap();
        assert_eq!(evidence(henrik, 11).await, "3 of 3 statements issued.");
        let late = henrik.does_to("period reopen", &AT, json!({"reason": "late"}), None).await.unwrap_err();
        assert_eq!(late.code(), "close_statements_issued");
        assert!(henrik.does_to("period finish", &AT, json!({}), None).await.unwrap().changed);
        assert!(!henrik.does_to("period finish", &AT, json!({}), None).await.unwrap().changed);
        assert_eq!(henrik.sees("close show", &AT).await["state"], "closed");
        let never = henrik.does_to("period reopen", &AT, json!({"reason": "late"}), None).await.unwrap_err();
        assert_eq!(never.code(), "period_not_in_state");
    });
}
