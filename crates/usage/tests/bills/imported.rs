//! A bill comes in, comes again, and goes out again.

use access::Role;
use kernel::Refused;
use serde_json::json;
use testkit::story;

use crate::house::{Told, average, summary};

fn said(refused: Refused) -> String {
    match refused {
        Refused::Refusal(refusal) => match refusal.fields.first() {
            Some(field) => field.says.clone(),
            None => refusal.says,
        },
        Refused::Fault(fault) => panic!("{fault:?}"),
    }
}

#[test]
fn a_bill_says_what_it_was_read_from_and_what_each_service_costs() {
    story(async |house| {
        let told = Told::begun(house).await;
        let mut sent = summary("2026-09", 'a', &[("DESK", "60"), ("IAM", "30"), ("-", "10")]);
        (sent["total"], sent["unmatched_total"]) = (json!("100.005"), json!("10.005"));
        sent["refused"] = json!([{"reason": "charged in 2026-08", "rows": 1, "total": "3.5"}]);
        sent["files"][0]["rows"] = json!(6);
        let done = told.imports(sent).await.unwrap();
        assert_eq!(
            done.says,
            "Imported BILL-1, the bill of AWS for Sep 2026: €100.01 in 5 rows. 1 row does not count."
        );
        let bill = told.bill("BILL-1").await;
        assert_eq!(
            (bill["total"].as_str(), bill["amount"]["amount"].as_str()),
            (Some("100.005"), Some("100.01"))
        );
        assert_eq!(bill["files"][0]["sha256"], "a".repeat(64));
        assert_eq!(bill["refused"][0]["reason"], "charged in 2026-08");
        assert_eq!(bill["rules"][0]["text"], "app,service\ndesk,DESK\n");
        assert_eq!(bill["columns"][0]["name"], "EffectiveCost");
        // 10,001 cents by 60, 30 and 10.005 of 100.005: 6,000.3, 3,000.15 and 1,000.55; the last has the cent left.
        assert_eq!(told.counted("BILL-1").await, ["- 10.01", "DESK 60.00", "IAM 30.00"]);
        told.history_tells_all().await;
    });
}

#[test]
fn the_same_bill_twice_writes_nothing() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-09", 'a', &[("DESK", "60")])).await.unwrap();
        let mut moved = summary("2026-09", 'a', &[("DESK", "60")]);
        moved["files"][0]["name"] = json!("/elsewhere/a.parquet");
        let again = told.imports(moved).await.unwrap();
        assert!(!again.changed);
        assert_eq!(again.says, "This is BILL-1 again: 1 file, 0 new. Nothing written.");
        assert_eq!(told.bills().await, ["BILL-1 live 2026-09 60.00"]);
        // As a form sends it: the summary as text.
        let text = summary("2026-09", 'a', &[("DESK", "60")]).to_string();
        assert!(!told.priya.does("bill import", json!({ "summary": text })).await.unwrap().changed);
    });
}

#[test]
fn a_later_version_takes_the_place_of_the_earlier_while_the_month_is_open() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-09", 'a', &[("DESK", "60"), ("IAM", "30")])).await.unwrap();
        let later = told.imports(summary("2026-09", 'b', &[("DESK", "61.50")])).await.unwrap();
        assert_eq!(
            later.says,
            "Imported BILL-2, version 2 of the bill of AWS for Sep 2026: €61.50 in 2 rows."
        );
        assert_eq!(told.bills().await, ["BILL-1 replaced 2026-09 ", "BILL-2 live 2026-09 61.50"]);
        let refusal =
            told.imports(summary("2026-09", 'a', &[("DESK", "60"), ("IAM", "30")])).await.unwrap_err();
        assert_eq!(said(refusal), "This is BILL-1 again, which BILL-2 replaced.");
        let undone = told.reverts("BILL-2").await.unwrap();
        assert_eq!(undone.says, "Reverted BILL-2: it can be imported again. BILL-1 counts again.");
        assert_eq!(told.bills().await, ["BILL-1 live 2026-09 90.00", "BILL-2 reverted 2026-09 "]);
        assert_eq!(told.reverts("BILL-2").await.unwrap_err().code(), "bill_not_live");
        told.imports(summary("2026-09", 'b', &[("DESK", "61.50")])).await.unwrap();
        told.history_tells_all().await;
    });
}

#[test]
fn what_cannot_be_meant_is_refused_and_nothing_is_kept() {
    story(async |house| {
        let told = Told::begun(house).await;
        let unknown = told.imports(summary("2026-09", 'a', &[("DESKS", "0")])).await.unwrap_err();
        assert_eq!(
            said(unknown),
            "There is no service DESKS. Mend the rule that names it, or add the service."
        );
        let outside = told.imports(summary("2031-01", 'a', &[("DESK", "1")])).await.unwrap_err();
        assert_eq!(outside.code(), "period_not_open");
        assert_eq!(said(outside), "Jan 2031 is not open yet.");
        let half =
            told.priya.does("bill import", json!({"summary": "{\"supplier\": \"AWS\"}"})).await.unwrap_err();
        assert!(said(half).starts_with("It cannot be read: missing field `period`"));
        let mut foreign = summary("2026-09", 'a', &[("DESK", "1")]);
        foreign["currency"] = json!("USD");
        assert_eq!(told.imports(foreign).await.unwrap_err().code(), "rate_missing");
        told.imports(summary("2026-09", 'a', &[("DESK", "1")])).await.unwrap();
        let mut other = summary("2026-09", 'a', &[("DESK", "1")]);
        other["supplier"] = json!("AZURE");
        let elsewhere = told.imports(other).await.unwrap_err();
        assert_eq!(
            said(elsewhere),
            "a.parquet is a file of BILL-1 already, a bill of AWS for the same month."
        );
        assert_eq!(told.bills().await, ["BILL-1 live 2026-09 1.00"]);
    });
}

/// A thousand dollars at 1.25 USD per euro are 800 euro; a credit keeps its own.
#[test]
fn a_foreign_bill_is_converted_once_at_the_rate_of_its_month_and_a_negative_month_stays_one() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.writes("fx", vec![average("2026-09", "1.25"), average("2026-10", "1.25")]).await;
        let mut bill = summary("2026-09", 'a', &[("DESK", "900"), ("IAM", "200"), ("MAIL", "-100")]);
        bill["currency"] = json!("USD");
        told.imports(bill).await.unwrap();
        let shown = told.bill("BILL-1").await;
        assert_eq!(
            (shown["rate"].as_str(), shown["rate_source"].as_str()),
            (Some("1.25"), Some("USD per 1 EUR, ECB"))
        );
        assert_eq!(shown["invoiced"]["amount"], "1000.00");
        assert_eq!(told.counted("BILL-1").await, ["DESK 720.00", "IAM 160.00", "MAIL -80.00"]);
        let mut refund = summary("2026-10", 'b', &[("DESK", "-75"), ("IAM", "-25")]);
        refund["currency"] = json!("USD");
        told.imports(refund).await.unwrap();
        assert_eq!(told.counted("BILL-2").await, ["DESK -60.00", "IAM -20.00"]);
    });
}

#[test]
fn only_finance_imports_and_reverts_and_an_owner_reads_none() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-09", 'a', &[("DESK", "1")])).await.unwrap();
        for (name, role) in [("rosa", Role::Executive), ("olga", Role::ServiceOwner), ("kim", Role::Auditor)]
        {
            let person = told.house.person(name, &[role]).await;
            let asked = json!({"summary": summary("2026-09", 'b', &[("DESK", "2")])});
            assert_eq!(person.does("bill import", asked).await.unwrap_err().code(), "not_allowed");
            let reason = json!({"reason": "no"});
            let revert = person.does_to("bill revert", &[("number", "BILL-1")], reason, None).await;
            assert_eq!(revert.unwrap_err().code(), "not_allowed");
            let reads = person.reads("bill show", &[("number", "BILL-1")]).await;
            assert_eq!(reads.is_ok(), role != Role::ServiceOwner, "{name}");
        }
    });
}
