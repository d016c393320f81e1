//! What issuing posts to the ledger and puts into the outbox.

use serde_json::json;

use crate::house::{AUGUST, Told};
use crate::words::{rows, total};

/// August as `house` tells it: 283.33 + 320.00 to Business Sales, 566.67 to Customer Care; CARE's identities
/// are memo.
#[test]
fn issuing_posts_recharges_alone_and_what_is_posted_ties_to_the_journal_and_to_recovery() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        assert!(posted(&told, "").await.is_empty(), "a draft is not posted");
        told.bills(AUGUST).await;
        assert_eq!(
            posted(&told, "").await,
            ["IT-CHARGES | 1170.00", "IT-RECOVERIES-DESK | -850.00", "IT-RECOVERIES-IAM | -320.00"]
        );
        for (cost_centre, of) in [("BS", "IT-CHARGES | 603.33"), ("CARE", "IT-CHARGES | 566.67")] {
            assert_eq!(posted(&told, cost_centre).await, [of]);
        }
        let period = [("period", AUGUST)];
        let recovery =
            rows(&told.priya, "recovery list", &period, &["service", "charges", "recharged"]).await;
        assert_eq!(recovery[..2], ["DESK | 850.00 | 850.00", "IAM | 480.00 | 320.00"]);
        let journal = rows(&told.priya, "journal list", &period, &["statement", "posted", "debit"]).await;
        assert_eq!(
            (journal[0].as_str(), journal[4].as_str()),
            ("STM-1 | T-1 | 283.33", "STM-2 | T-2 | 566.67"),
            "one transaction a statement"
        );
        assert_eq!(told.priya.sees("statement show", &[("number", "STM-2")]).await["posted"], "T-2");
        let all = told.priya.lists("ledger trial-balance", &period).await;
        assert_eq!(total(&all, "closing"), "0.00");

        told.issues(AUGUST).await.unwrap();
        assert_eq!(told.priya.lists("ledger list", &[]).await.rows.len(), 2, "issued again, posted once");
        told.history_tells_all().await;
    });
}

/// Account and closing of August, of one cost centre or of all.
async fn posted(told: &Told, cost_centre: &str) -> Vec<String> {
    let asked = [("period", AUGUST), ("cost_centre", cost_centre)];
    rows(&told.priya, "ledger trial-balance", &asked, &["code", "closing"]).await
}

#[test]
fn a_statement_of_memo_lines_alone_is_issued_and_posted_nowhere() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        // Without the agreement its desktops still cost Customer Care, but nobody agreed to a recharge.
        let ended = json!({"to_day": "2026-07-31", "why": "they bring their own"});
        told.marta.does_to("agreement end", &[("number", "AGR-1")], ended, Some(1)).await.unwrap();
        told.bills(AUGUST).await;
        let care = told.priya.sees("statement show", &[("number", "STM-2")]).await;
        assert_eq!(
            (care["state"].as_str(), care["recharge"]["amount"].as_str()),
            (Some("issued"), Some("0.00"))
        );
        assert!(care["posted"].is_null() && posted(&told, "CARE").await.is_empty());
        assert_eq!(told.priya.lists("ledger list", &[]).await.rows.len(), 1, "Business Sales alone");
    });
}

#[test]
fn each_issued_statement_is_told_once_without_a_name_of_a_person() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        assert!(outbox(&told).await.is_empty());
        told.bills(AUGUST).await;
        told.issues(AUGUST).await.unwrap();
        let message = |number, customer, total| {
            json!({"schema": "quarterdeck.statement-issued.v1", "number": number, "period": AUGUST,
                "customer": customer, "total": total, "currency": "EUR"})
        };
        // 283.33 + 320.00; 566.67 + 160.00 + the levy of 30.00.
        assert_eq!(
            outbox(&told).await,
            [message("STM-1", "BS", "603.33"), message("STM-2", "CARE", "756.67")]
        );
    });
}

async fn outbox(told: &Told) -> Vec<serde_json::Value> {
    let mut tx = told.house.house.db.read().await.unwrap();
    let sql =
        "select body from access_outbox where topic = 'statement issued' and sent_at is null order by id";
    let found = tx.query(sql).rows().await.unwrap();
    found.iter().map(|row| serde_json::from_str(&row.get::<String>("body").unwrap()).unwrap()).collect()
}
