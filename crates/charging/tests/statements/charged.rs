//! What is charged, why it changed, and that everything ties.

use serde_json::json;

use crate::house::{AUGUST, SEPTEMBER, Told};
use crate::words::{amount, does, rows, total};

const CHARGE: [&str; 9] =
    ["customer", "service", "model", "settlement", "quantity", "unit", "unit_price", "amount", "cost"];

#[test]
fn each_line_is_charged_by_its_model_and_the_statements_tie_to_the_run() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let done = told.drafts(AUGUST).await.unwrap();
        let says = "2 statements of Aug 2026 are drafted: €1,360.00 in all; 2 changed. Not charged, because incomplete: MAIL.";
        assert_eq!(done.says, says);
        let august = [("period", AUGUST)];
        assert_eq!(
            rows(&told.priya, "statement lines", &august, &CHARGE).await,
            [
                "BS | DESK | at cost | recharge | 1 | seats | 283.3300 | 283.33 | 283.33",
                "BS | IAM | fixed | recharge | 20 | identities | 16.00 | 320.00 | 300.00",
                "BS | MAIL | not charged | memo |  |  |  | 0.00 | 100.00",
                "CARE | DESK | at cost | recharge | 2 | seats | 283.3350 | 566.67 | 566.67",
                "CARE | IAM | fixed | memo | 10 | identities | 16.00 | 160.00 | 150.00",
                "CARE | MAIL | not charged | memo |  |  |  | 0.00 | 100.00",
                "CARE |  | at cost | memo |  |  |  | 30.00 | 30.00",
            ]
        );
        let statements = told.priya.lists("statement list", &[]).await;
        assert_eq!(total(&statements, "total"), "1360.00");
        assert_eq!(
            rows(
                &told.priya,
                "statement list",
                &[],
                &["number", "customer", "total", "previous", "difference"]
            )
            .await,
            ["STM-1 | BS | 603.33 |  | ", "STM-2 | CARE | 756.67 |  | "],
            "in the first month there is nothing to compare with"
        );
        let run = told.priya.sees("run show", &august).await;
        let lines = told.priya.lists("statement lines", &august).await;
        assert_eq!((amount(&run["allocated"]), total(&lines, "cost").as_str()), ("1530.00", "1530.00"));
        assert_eq!(total(&lines, "amount"), "1360.00");
        told.history_tells_all().await;
    });
}

#[test]
fn recovery_is_named_by_cause_and_ties_to_run_and_statements() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let columns =
            ["service", "charges", "cost", "difference", "price", "not_charged", "incomplete", "cause"];
        assert_eq!(
            rows(&told.priya, "recovery list", &[("period", AUGUST)], &columns).await,
            [
                "DESK | 850.00 | 850.00 | 0.00 | 0.00 | 0.00 | 0.00 | ",
                "IAM | 480.00 | 450.00 | 30.00 | 30.00 | 0.00 | 0.00 | price",
                "MAIL | 0.00 | 200.00 | -200.00 | 0.00 | 0.00 | -200.00 | incomplete",
                " | 30.00 | 30.00 | 0.00 | 0.00 | 0.00 | 0.00 | ",
            ]
        );
        let recovery = told.priya.lists("recovery list", &[("period", AUGUST)]).await;
        let totals = ["charges", "cost", "difference", "price", "not_charged", "incomplete"];
        let totals = totals.map(|column| total(&recovery, column));
        assert_eq!(totals, ["1360.00", "1530.00", "-170.00", "30.00", "0.00", "-200.00"]);
    });
}

#[test]
fn the_next_month_says_why_each_line_changed_and_the_parts_add_up() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        told.drafts(SEPTEMBER).await.unwrap();
        let parts = [
            "customer",
            "service",
            "amount",
            "difference",
            "by_volume",
            "by_price",
            "by_cost",
            "by_gone",
            "gone",
        ];
        assert_eq!(
            rows(&told.priya, "statement lines", &[("period", SEPTEMBER)], &parts).await,
            [
                "BS | DESK | 485.00 | 201.67 | 283.33 | 0.00 | -81.66 | 0.00 | no",
                "BS | IAM | 425.00 | 105.00 | 80.00 | 25.00 | 0.00 | 0.00 | no",
                "BS | MAIL | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | no",
                "CARE | DESK | 485.00 | -81.67 | 0.00 | 0.00 | -81.67 | 0.00 | no",
                "CARE | IAM | 170.00 | 10.00 | 0.00 | 10.00 | 0.00 | 0.00 | no",
                "CARE | MAIL | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | no",
                "CARE |  | 0.00 | -30.00 | 0.00 | 0.00 | 0.00 | -30.00 | yes",
            ]
        );
    });
}

#[test]
fn a_statement_tells_the_month_before_and_sums_the_causes() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        told.drafts(SEPTEMBER).await.unwrap();
        let care = told.priya.sees("statement show", &[("number", "STM-4")]).await;
        let figures = ["total", "previous_total", "difference", "cost", "recovery", "recharge"];
        assert_eq!(
            figures.map(|figure| amount(&care[figure])),
            ["655.00", "756.67", "-101.67", "745.00", "-90.00", "485.00"]
        );
        let causes = ["volume", "price", "cost", "rule", "new", "gone"];
        let parts = causes.map(|cause| amount(&care["parts"][cause]).to_owned());
        assert_eq!(parts, ["0.00", "10.00", "-81.67", "0.00", "0.00", "-30.00"]);
        assert_eq!(
            rows(&told.priya, "statement list", &[("period", SEPTEMBER)], &["customer", "difference"]).await
                [..2],
            ["BS | 306.67", "CARE | -101.67"]
        );
    });
}

#[test]
fn a_draft_is_replaced_whole_and_the_same_again_changes_nothing() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let ids = rows(&told.priya, "statement lines", &[("period", AUGUST)], &["id"]).await;
        let again = told.drafts(AUGUST).await.unwrap();
        assert!(!again.changed, "{}", again.says);
        told.line(229, AUGUST, 7, "CLOUD", 10_000).await;
        does(&told.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        let changed = told.drafts(AUGUST).await.unwrap();
        // 60.00 more reach the desktop, of which all is charged.
        assert_eq!(
            changed.says,
            "2 statements of Aug 2026 are drafted: €1,420.00 in all; 2 changed. Not charged, because incomplete: MAIL."
        );
        assert_eq!(rows(&told.priya, "statement lines", &[("period", AUGUST)], &["id"]).await, ids);
        assert_eq!(
            rows(&told.priya, "statement list", &[], &["number", "total"]).await,
            ["STM-1 | 623.33", "STM-2 | 796.67"]
        );
        told.history_tells_all().await;
    });
}

#[test]
fn several_offerings_of_a_service_share_its_cost_by_what_was_agreed() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let lean = json!({"service": "DESK", "key": "LEAN", "unit": "terminal", "charging": "not charged"});
        does(&told.yuki, "offering add", &[], lean).await.unwrap();
        told.agrees("CARE", "LEAN", "1", "recharge").await;
        told.drafts(AUGUST).await.unwrap();
        let columns = ["offering", "model", "settlement", "quantity", "unit", "amount", "cost"];
        let lines = rows(&told.priya, "statement lines", &[("statement", "STM-2")], &columns).await;
        // 400.00 and 166.67 over 2 desktops and 1 terminal: 266.67 + 111.11 and 133.33 + 55.56.
        assert_eq!(
            lines[..2],
            [
                "DESK | at cost | recharge | 2 | desktop | 377.78 | 377.78",
                "LEAN | not charged | memo | 1 | terminal | 0.00 | 188.89"
            ]
        );
        let recovery =
            rows(&told.priya, "recovery list", &[("period", AUGUST)], &["service", "not_charged", "cause"]);
        assert_eq!(recovery.await[0], "DESK | -188.89 | not charged");
    });
}
