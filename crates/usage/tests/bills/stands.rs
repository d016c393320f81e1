//! Where there is no ledger, a bill stands as its own source.

use serde_json::{Value, json};
use testkit::story;

use crate::house::{Told, line, summary};

const MONTH: [(&str, &str); 2] = [("period", "2026-09"), ("supplier", "AWS")];

impl Told {
    /// The ledger lines of September: `6400 AWS 95.00`.
    async fn ledger(&self) -> Vec<String> {
        let listed = self.priya.lists("line list", &[("period", "2026-09")]).await;
        let told = |row: &Vec<kernel::listing::Value>| {
            ["account", "supplier", "amount"].map(|key| listed.value(row, key).unwrap().plain()).join(" ")
        };
        listed.rows.iter().map(told).collect()
    }

    async fn stands(&self) -> Result<access::Done, kernel::Refused> {
        self.priya.does_to("reconciliation stand", &MONTH, json!({"account": "6400"}), None).await
    }

    async fn reconciled(&self) -> Value {
        self.priya.sees("reconciliation show", &MONTH).await
    }
}

#[test]
fn without_a_ledger_a_bill_becomes_the_line_it_explains_and_says_so() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-09", 'a', &[("DESK", "60.00"), ("IAM", "35.00")])).await.unwrap();
        told.stands().await.unwrap();
        assert_eq!(told.ledger().await, ["6400 AWS 95.00"]);
        let reconciled = told.reconciled().await;
        assert_eq!(reconciled["own_source"], "B-0001");
        assert_eq!(reconciled["ledger"]["amount"], "95.00");
        assert_eq!(reconciled["unexplained"]["amount"], "0.00");
        let again = told.stands().await.unwrap();
        assert!(!again.changed, "{again:?}");
        // A later version of the bill: the line follows once it is asked to.
        told.imports(summary("2026-09", 'b', &[("DESK", "60.00"), ("IAM", "36.00")])).await.unwrap();
        assert_eq!(told.reconciled().await["unexplained"]["amount"], "-1.00");
        told.stands().await.unwrap();
        assert_eq!(told.ledger().await, ["6400 AWS 96.00"]);
        let listed = told.priya.lists("reconciliation list", &[]).await;
        let row: Vec<String> = listed.rows[0].iter().map(kernel::listing::Value::plain).collect();
        assert_eq!(row, ["2026-09", "AWS", "96.00", "96.00", "0.00", "", "B-0002"]);
        // The ledger comes after all: the bill explains it, and its own line no longer follows.
        told.writes("gl", vec![line("AWS", "", "2026-09-15", "100.00 EUR")]).await;
        assert_eq!(told.stands().await.unwrap_err().code(), "reconciliation_has_ledger");
        told.history_tells_all().await;
    });
}

#[test]
fn a_bill_never_stands_beside_a_ledger_nor_on_an_account_nobody_knows() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-09", 'a', &[("DESK", "95.00")])).await.unwrap();
        let nowhere = json!({"account": "9999"});
        let refused = told.priya.does_to("reconciliation stand", &MONTH, nowhere, None).await.unwrap_err();
        assert_eq!(refused.code(), "invalid_input");
        told.writes("gl", vec![line("AWS", "", "2026-09-15", "100.00 EUR")]).await;
        assert_eq!(told.stands().await.unwrap_err().code(), "reconciliation_has_ledger");
        assert_eq!(told.ledger().await, ["6400 AWS 100.00"]);
        told.closes("2026-09").await;
        assert_eq!(told.stands().await.unwrap_err().code(), "reconciliation_closed");
    });
}
