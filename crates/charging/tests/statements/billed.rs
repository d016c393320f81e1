//! Issuing, accepting, letting the window pass, and what the general ledger books.

use access::Role;
use serde_json::json;

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::words::{does, rows, total};

#[test]
fn statements_are_issued_once_all_together_after_the_close_as_they_were_drafted() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        assert_eq!(told.issues(AUGUST).await.unwrap_err().code(), "statements_not_drafted");
        told.drafts(AUGUST).await.unwrap();
        assert_eq!(told.issues(AUGUST).await.unwrap_err().code(), "statements_before_close");
        told.line(229, AUGUST, 7, "CLOUD", 10_000).await;
        does(&told.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        told.soft_closes(AUGUST).await;
        assert_eq!(told.issues(AUGUST).await.unwrap_err().code(), "statements_stale");
        told.drafts(AUGUST).await.unwrap();
        let issued = told.issues(AUGUST).await.unwrap();
        assert_eq!(
            (issued.changed, issued.says.as_str()),
            (true, "Issued 2 statements of Aug 2026: €1,420.00 in all.")
        );
        assert_eq!(
            rows(&told.priya, "statement list", &[], &["number", "state", "accept_by", "total"]).await,
            ["STM-1 | issued | 2026-11-01 | 623.33", "STM-2 | issued | 2026-11-01 | 796.67"]
        );
        let again = told.issues(AUGUST).await.unwrap();
        assert!(!again.changed);
        assert_eq!(told.drafts(AUGUST).await.unwrap_err().code(), "statements_issued");
        told.history_tells_all().await;
    });
}

#[test]
fn drafts_that_the_figures_left_behind_say_so_before_anybody_issues_them() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let drafted = async || told.priya.sees("statement drafts", &[("period", AUGUST)]).await;
        let first = drafted().await;
        assert_eq!((first["drafts"].as_u64(), first["stale"].as_bool()), (Some(2), Some(false)));
        told.line(229, AUGUST, 7, "CLOUD", 10_000).await;
        does(&told.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        let says = "the figures changed since they were drafted, so draft them again";
        assert_eq!(drafted().await["says"], says);
        let close = told.priya.sees("close show", &[("period", AUGUST)]).await;
        let evidence = close["steps"][10]["evidence"].as_str().unwrap();
        assert_eq!(evidence, format!("0 of 2 statements issued; {says}."));
        told.drafts(AUGUST).await.unwrap();
        assert_eq!(drafted().await["stale"], false);
    });
}

#[test]
fn issuing_needs_the_role_and_a_recent_sign_in() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        told.soft_closes(AUGUST).await;
        let yara = told.house.person("yara", &[Role::Executive]).await;
        let refused = does(&yara, "statement issue", &[], json!({"period": AUGUST})).await.unwrap_err();
        assert_eq!(refused.code(), "not_allowed");
        let mut long_ago = told.priya.who().await;
        long_ago.signed_in_at = long_ago.signed_in_at.map(|at| at - access_recent());
        let command = app::registry::command("statement issue").unwrap();
        let request = app::Request {
            body: json!({"period": AUGUST}),
            key: Some("k".into()),
            ..app::Request::default()
        };
        let refused = app::run(&told.house.house, command, long_ago, request).await.unwrap_err();
        assert_eq!(refused.code(), "sign_in_again");
    });
}

/// A second more than counts as recent.
fn access_recent() -> chrono::TimeDelta {
    chrono::TimeDelta::seconds(601)
}

/// `faults.md`, "Submitted twice".
#[test]
fn two_who_issue_at_the_same_moment_issue_once() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        told.soft_closes(AUGUST).await;
        let body = || json!({ "period": AUGUST });
        let other = told.henrik.does("statement issue", body());
        let (one, two) = tokio::join!(told.priya.does("statement issue", body()), other);
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(one.changed != two.changed, "one issued, the other was told so");
        let mut tx = told.house.house.db.read().await.unwrap();
        let sql = "select cast(count(*) as bigint) as n from access_history where noun = 'statement' and action = 'issued'";
        let told_of: i64 = tx.query(sql).row().await.unwrap().unwrap().get("n").unwrap();
        assert_eq!(told_of, 2, "one history line per statement");
    });
}

#[test]
fn a_customer_accepts_their_own_and_what_nobody_answers_lapses_after_the_window() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.bills(AUGUST).await;
        let mine = [("number", "STM-2")];
        let said = json!({"note": "Fewer seats from October, please."});
        let done = does(&kim, "statement accept", &mine, said).await.unwrap();
        assert!(done.changed);
        assert!(!does(&kim, "statement accept", &mine, json!({})).await.unwrap().changed);
        let shown = told.priya.sees("statement show", &mine).await;
        assert_eq!(
            (shown["state"].as_str(), shown["accepted_by"].as_str(), shown["note"].as_str()),
            (Some("accepted"), Some("KIM"), Some("Fewer seats from October, please."))
        );
        let refused =
            does(&told.priya, "statement accept", &[("number", "STM-1")], json!({})).await.unwrap_err();
        assert_eq!(refused.code(), "not_allowed", "finance does not accept for a customer");
        told.house.at("2026-11-01T12:00:00Z");
        assert!(!does(&told.priya, "statement lapse", &[], json!({})).await.unwrap().changed);
        told.house.at("2026-11-02T00:10:00Z");
        let lapsed = does(&told.priya, "statement lapse", &[], json!({})).await.unwrap();
        assert_eq!(lapsed.says, "Accepted by lapse of time: STM-1.");
        assert_eq!(
            rows(&told.priya, "statement list", &[], &["number", "state", "lapsed"]).await,
            ["STM-1 | accepted | yes", "STM-2 | accepted | no"]
        );
        told.history_tells_all().await;
    });
}

#[test]
fn the_journal_debits_each_customer_what_it_credits_recoveries_for_issued_recharges_alone() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let journal = [("period", AUGUST)];
        assert_eq!(told.priya.lists("journal list", &journal).await.rows.len(), 0, "a draft is not booked");
        told.bills(AUGUST).await;
        let columns = ["statement", "service", "account", "cost_centre", "debit", "credit"];
        assert_eq!(
            rows(&told.priya, "journal list", &journal, &columns).await,
            [
                "STM-1 | DESK | IT charges | BS | 283.33 | ",
                "STM-1 | DESK | IT recoveries |  |  | 283.33",
                "STM-1 | IAM | IT charges | BS | 320.00 | ",
                "STM-1 | IAM | IT recoveries |  |  | 320.00",
                "STM-2 | DESK | IT charges | CARE | 566.67 | ",
                "STM-2 | DESK | IT recoveries |  |  | 566.67",
            ]
        );
        let listing = told.priya.lists("journal list", &journal).await;
        assert_eq!(
            (total(&listing, "debit"), total(&listing, "credit")),
            ("1170.00".into(), "1170.00".into())
        );
    });
}

/// `faults.md`, "Credit note negative in one column, positive in the other".
#[test]
fn a_credit_has_one_sign_in_statement_lines_recovery_and_journal() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        // The supplier takes back more than September’s bill: 3/5 of −1,300.00 are −780.00 …
        told.line(230, SEPTEMBER, 4, "CLOUD", -250_000).await;
        does(&told.priya, "allocate run", &[], json!({"period": SEPTEMBER})).await.unwrap();
        told.bills(SEPTEMBER).await;
        // … −780.00 + 250.00 = −530.00 over 2 and 2 seats.
        let params = [("period", SEPTEMBER)];
        let lines =
            rows(&told.priya, "statement lines", &params, &["customer", "service", "amount", "cost"]).await;
        assert_eq!(lines[0], "BS | DESK | -265.00 | -265.00");
        let recovery = rows(&told.priya, "recovery list", &params, &["service", "charges", "cost"]).await;
        assert_eq!(recovery[0], "DESK | -530.00 | -530.00");
        let journal = rows(&told.priya, "journal list", &params, &["service", "debit", "credit"]).await;
        assert_eq!(journal[..2], ["DESK | -265.00 | ", "DESK |  | -265.00"]);
        let listing = told.priya.lists("journal list", &params).await;
        // −265.00 twice and BS's identities at 25 × 17.00.
        assert_eq!(
            (total(&listing, "debit"), total(&listing, "credit")),
            ("-105.00".into(), "-105.00".into())
        );
        let statement = told.priya.sees("statement show", &[("number", "STM-1")]).await;
        assert_eq!(statement["total"]["amount"], "160.00");
    });
}
