//! A cloud bill comes in, is corrected, taken back, and brought together with the ledger.

use serde_json::{Value, json};

use super::money::with;
use super::refused::{Refused, no};
use super::{Walk, key};

/// A bill of September from one file, whose digest is made of `file`.
fn bill(file: char, desk: &str) -> Value {
    json!({"summary": {
        "supplier": "AWS", "period": "2026-09", "basis": "effective", "currency": "EUR",
        "files": [{"name": format!("{file}.parquet"), "sha256": file.to_string().repeat(64), "rows": 3}],
        "rows": 3, "total": desk, "first_day": "2026-09-01", "last_day": "2026-09-30",
        "services": [{"service": "DESK", "rows": 3, "total": desk}],
        "rules": [{"kind": "tag", "name": "tags.csv", "text": "app,service\ndesk,DESK\n"}],
    }})
}

pub(super) async fn tell(walk: &mut Walk) {
    let first = key(&walk.does("priya", "bill import", bill('a', "40.00")).await);
    let second = key(&walk.does("priya", "bill import", bill('b', "41.00")).await);
    walk.does_to("priya", "bill revert", &[("number", &second)], json!({"reason": "Wrong files"})).await;
    let more = json!({"tax": "-39.50", "note": "A test account"});
    let at = [("period", "2026-09"), ("supplier", "AWS")];
    walk.does_to("priya", "reconciliation edit", &at, more).await;
    let alone = json!({"summary": with(bill('d', "7.00")["summary"].clone(), json!({"supplier": "GCP"}))});
    walk.does("priya", "bill import", alone).await;
    let at = [("period", "2026-09"), ("supplier", "GCP")];
    walk.does_to("priya", "reconciliation stand", &at, json!({"account": "6400"})).await;
    walk.known.insert("bill", first);
    walk.known.insert("bill reverted", second);
}

pub(super) fn refused(walk: &Walk) -> Vec<Refused> {
    let at = [("period", "2026-09"), ("supplier", "AWS")];
    let reverted = [("number", walk.number("bill reverted"))];
    vec![
        no("priya", "bill import", &[], bill('c', "forty"), "invalid_input"),
        no("priya", "bill revert", &reverted, json!({"reason": "Again"}), "bill_not_live"),
        no("priya", "reconciliation edit", &at, json!({"tax": "1.00"}), "reconciliation_closed"),
        no("priya", "reconciliation stand", &at, json!({"account": "6400"}), "reconciliation_closed"),
    ]
}
