//! The conversation step by step: upload, configure, check, write, revert.

use access::history;
use serde_json::{Value, json};

use super::house::*;

const FILE: &str = "Posting date;Konto;Amount\n03/09/2026;6400;1.000,50\n04/09/2026;6500;2,50\n";

#[test]
fn a_file_is_uploaded_described_and_checked_before_anything_is_written() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let done = uploads(&priya, "sep.csv", FILE).await.unwrap();
        assert_eq!((done.key.as_str(), done.location.as_str()), ("B-0001", "/records/batches/B-0001"));
        let shown = sees(&priya, "batch show", "B-0001").await;
        assert_eq!((shown["state"].as_str(), shown["settled"].as_bool()), (Some("uploaded"), Some(false)));
        assert_eq!(shown["profile"]["columns"]["Amount"], "amount");
        let missing = refusal(does(&priya, "import check", "B-0001", json!({}), None).await.unwrap_err());
        assert_eq!(missing.says, "No column or value is set for: Account.");
        let stale = does(&priya, "import configure", "B-0001", answers(), Some(9)).await.unwrap_err();
        assert_eq!(stale.code(), "stale");
        does(&priya, "import configure", "B-0001", answers(), done.version).await.unwrap();
        assert_eq!(
            does(&priya, "import write", "B-0001", json!({}), None).await.unwrap_err().code(),
            "check_first"
        );
        let checked = does(&priya, "import check", "B-0001", json!({}), None).await.unwrap();
        assert_eq!(checked.says, "Checked B-0001: 2 new, 0 already imported, 0 changed, 0 rejected.");
        assert_eq!(checked.body["totals"][0]["says"], "€1,003.00");
        assert_eq!(checked.body["samples"][0]["parsed"]["amount"], "1000.50");
        assert_eq!(standing(&priya).await, (0, 0));
    });
}

#[test]
fn a_checked_file_is_written_once_and_taken_back_and_all_of_it_is_in_the_history() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let done = uploads(&priya, "sep.csv", FILE).await.unwrap();
        does(&priya, "import configure", "B-0001", answers(), done.version).await.unwrap();
        does(&priya, "import check", "B-0001", json!({}), None).await.unwrap();
        let written = does(&priya, "import write", "B-0001", json!({}), None).await.unwrap();
        assert_eq!(written.says, "Wrote 2 of sep.csv as B-0001.");
        assert_eq!(standing(&priya).await, (2, 100_300));
        let shown = sees(&priya, "batch show", "B-0001").await;
        assert_eq!((shown["state"].as_str(), shown["period"].as_str()), (Some("written"), Some("2026-09")));
        assert_eq!(shown["written_by"], "PRIYA");
        let again = does(&priya, "import write", "B-0001", json!({}), None).await.unwrap_err();
        assert_eq!(again.code(), "batch_written_before");
        reverts(&priya, "B-0001").await.unwrap();
        assert_eq!(standing(&priya).await, (0, 0));
        let mut cx = priya.cx().await;
        assert!(history::verify(&mut cx.tx, None).await.unwrap().is_ok());
        assert_eq!(history::check(&mut cx.tx, imports::NOUNS).await.unwrap(), []);
    });
}

fn answers() -> Value {
    json!({
        "column:Konto": "account", "date_order": "D/M/Y", "decimal_mark": "comma", "thousands_mark": "point",
        "period": "2026-09", "control_total": "1003.00", "save_as": "GL export v2"
    })
}

#[test]
fn next_month_the_saved_profile_is_recognised_by_its_columns() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let done = uploads(&priya, "sep.csv", FILE).await.unwrap();
        does(&priya, "import configure", "B-0001", answers(), done.version).await.unwrap();
        uploads(&priya, "oct.csv", &FILE.replace("/09/", "/10/")).await.unwrap();
        let shown = sees(&priya, "batch show", "B-0002").await;
        assert_eq!(
            (shown["profile_name"].as_str(), shown["settled"].as_bool()),
            (Some("GL export v2"), Some(true))
        );
        assert_eq!(shown["period"], json!(null), "a profile keeps no period");
        let profile = sees(&priya, "profile show", "GL export v2").await;
        let toml = profile["toml"].as_str().unwrap().to_owned();
        assert_eq!(sheets::Profile::from_toml(&toml).unwrap().columns["Konto"], "account");
        let same = does(&priya, "profile add", "", json!({"toml": toml}), None).await.unwrap();
        assert!(!same.changed);
        let other = json!({"toml": toml.replace("= \"account\"", "= \"accunt\"")});
        assert_eq!(does(&priya, "profile add", "", other, None).await.unwrap_err().code(), "invalid_input");
        // In one step it is recognised too, and said.
        let report = run(&priya, request("lines", "nov.csv", &FILE.replace("/09/", "/11/"))).await.unwrap();
        assert_eq!(counts(&report), [2, 0, 0, 0]);
        let first =
            "Read 2 lines, total €1,003.00 (decimal \",\", dates D/M/Y, as profile “GL export v2” says)";
        assert_eq!(report.says()[0], first);
        // The same profile on the command line, where the header stands elsewhere.
        let lower = format!("Export of September\n\n{FILE}");
        let named = with(request("lines", "low.csv", &lower), |settings| {
            settings.profile = Some("GL export v2".into())
        });
        assert_eq!(counts(&run(&priya, named).await.unwrap()), [2, 0, 0, 0]);
    });
}

#[test]
fn what_was_checked_is_what_is_written() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let file = "Date,Account,Amount\n2026-09-13,6400,1.00\n2026-09-14,6500,2.00\n";
        uploads(&priya, "a.csv", file).await.unwrap();
        does(&priya, "import check", "B-0001", json!({}), None).await.unwrap();
        imports(&priya, "b.csv", "Date,Account,Amount\n2026-09-14,6500,2.00\n").await.unwrap();
        let refused = does(&priya, "import write", "B-0001", json!({}), None).await.unwrap_err();
        assert_eq!(refused.code(), "check_again");
        assert_eq!(standing(&priya).await, (1, 200));
        let checked = does(&priya, "import check", "B-0001", json!({}), None).await.unwrap();
        assert_eq!(checked.says, "Checked B-0001: 1 new, 1 already imported, 0 changed, 0 rejected.");
        does(&priya, "import write", "B-0001", json!({}), None).await.unwrap();
        assert_eq!(standing(&priya).await, (2, 300));
        assert_eq!(
            column(&lists(&priya, "batch rows", "B-0001").await, "cells"),
            ["2026-09-13 | 6400 | 1.00"]
        );
    });
}

#[test]
fn a_batch_in_a_closed_period_stays_and_a_revert_needs_a_reason() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        imports(&priya, "a.csv", "Account,Amount\n6400,1.00\n").await.unwrap();
        let reason = does(&priya, "batch revert", "B-0001", json!({"reason": " "}), None).await.unwrap_err();
        assert_eq!(reason.code(), "reason_needed");
        let mut cx = priya.cx().await;
        cx.tx.query("insert into test_closed (account) values ('6400')").execute().await.unwrap();
        cx.tx.commit().await.unwrap();
        assert_eq!(reverts(&priya, "B-0001").await.unwrap_err().code(), "test_closed");
        assert_eq!(sees(&priya, "batch show", "B-0001").await["state"], "written");
        assert_eq!(standing(&priya).await, (1, 100));
    });
}

#[test]
fn settings_that_do_not_exist_are_named_all_at_once() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let done = uploads(&priya, "a.csv", "Account,Amount,Sum\n6400,1.00,1\n").await.unwrap();
        let wrong = json!({
            "decimal_mark": "dot", "column:Sum": "amount", "constant:currency": "euro", "period": "2026-13", "speed": "fast"
        });
        let refused =
            refusal(does(&priya, "import configure", "B-0001", wrong, done.version).await.unwrap_err());
        let fields: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["decimal_mark", "speed", "column:Sum", "constant:currency", "constant:period"]);
        assert_eq!(refused.fields[0].says, "“dot” is none of point, comma.");
    });
}
