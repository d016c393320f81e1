//! Ledger = bill + tax + credits + accrual + exchange + unexplained, to the cent.

use imports::Cell;
use serde_json::{Value, json};
use testkit::story;

use crate::house::{Told, average, line, summary};

const MONTH: [(&str, &str); 2] = [("period", "2026-09"), ("supplier", "AWS")];

/// The equation: ledger = bill + tax + credits + accrual + exchange + unexplained.
fn equation(record: &Value) -> String {
    let figure = |name: &str| record[name]["amount"].as_str().unwrap().to_owned();
    let parts = ["bill", "tax", "credits", "accrual", "exchange", "unexplained"].map(figure);
    format!("{} = {}", figure("ledger"), parts.join(" + "))
}

/// Three lines of AWS, one of them in dollars that the ledger converted at a rate of its own, and one of another.
fn ledger() -> Vec<Vec<(&'static str, Cell)>> {
    vec![
        line("Amazon Web Services", "41", "2026-09-30", "1190.00 EUR"),
        // The ledger converted it at a rate of its own: 100 dollars are 80 euro at the month's.
        [
            line("Amazon Web Services", "41", "2026-09-30", "100.00 USD"),
            vec![("reporting_amount", Cell::Decimal("83.10".parse().unwrap()))],
        ]
        .concat(),
        line("Amazon Web Services", "77", "2026-09-30", "5.00 EUR"),
        line("Microsoft", "41", "2026-09-30", "700.00 EUR"),
    ]
}

#[test]
fn the_ledgers_lines_and_the_bill_come_together_to_the_cent() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.writes("fx", vec![average("2026-09", "1.25")]).await;
        told.writes("gl", ledger()).await;
        let mut bill = summary("2026-09", 'a', &[("DESK", "900"), ("IAM", "450")]);
        (bill["currency"], bill["ledger_supplier"]) = (json!("USD"), json!("Amazon Web Services"));
        told.imports(bill).await.unwrap();
        let begun = told.priya.sees("reconciliation show", &MONTH).await;
        assert_eq!(equation(&begun), "1278.10 = 1080.00 + 0.00 + 0.00 + 0.00 + 3.10 + 195.00");
        let change = json!({"cost_centre": "41", "tax": "190.00", "credits": "-20", "accrual": "15.50",
            "note": "Support of August"});
        let done = told.priya.does_to("reconciliation edit", &MONTH, change.clone(), Some(1)).await.unwrap();
        assert_eq!(done.says, "AWS of Sep 2026: €4.50 is unexplained.");
        let shown = told.priya.sees("reconciliation show", &MONTH).await;
        assert_eq!(equation(&shown), "1273.10 = 1080.00 + 190.00 + -20.00 + 15.50 + 3.10 + 4.50");
        assert_eq!(
            (shown["ledger_lines"].as_i64(), shown["bills"][0]["bill"].as_str()),
            (Some(2), Some("BILL-1"))
        );
        let rows = "/money/lines?period=2026-09&kind=cost&explained=AWS";
        assert_eq!(shown["rows"], rows);
        let again = told.priya.does_to("reconciliation edit", &MONTH, change, Some(2)).await.unwrap();
        assert!(!again.changed);
        told.history_tells_all().await;
    });
}

#[test]
fn the_next_month_names_the_same_lines_and_a_closed_one_stays_as_it_is() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-09", 'a', &[("DESK", "1")])).await.unwrap();
        let change = json!({"ledger_supplier": "", "account": "6400", "tax": "7"});
        told.priya.does_to("reconciliation edit", &MONTH, change, Some(1)).await.unwrap();
        told.imports(summary("2026-10", 'b', &[("DESK", "1")])).await.unwrap();
        let next =
            told.priya.sees("reconciliation show", &[("period", "2026-10"), ("supplier", "AWS")]).await;
        assert_eq!((next["account"].as_str(), next["ledger_supplier"].as_str()), (Some("6400"), None));
        assert_eq!(next["tax"]["amount"], "0.00");
        let none = json!({"account": ""});
        let refusal = told.priya.does_to("reconciliation edit", &MONTH, none, Some(2)).await.unwrap_err();
        assert_eq!(refusal.code(), "invalid_input");
        told.closes("2026-09").await;
        let late = told.priya.does_to("reconciliation edit", &MONTH, json!({"tax": "8"}), Some(2)).await;
        assert_eq!(late.unwrap_err().code(), "reconciliation_closed");
    });
}
