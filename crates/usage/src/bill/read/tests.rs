//! Summaries in order, and each part spoilt.

use super::*;
use crate::bill::entity::{FileRead, RefusedRows, ServiceSum};

fn summary() -> Summary {
    let sum =
        |service: &str, rows, total: &str| ServiceSum { service: service.into(), rows, total: total.into() };
    Summary {
        supplier: "AWS".into(),
        period: "2026-09".into(),
        basis: "effective".into(),
        currency: "USD".into(),
        unmatched: "spread".into(),
        ledger_supplier: None,
        files: vec![FileRead { name: "a.csv".into(), sha256: "a".repeat(64), rows: 7 }],
        rows: 6,
        total: "90.0000001".into(),
        first_day: "2026-09-01".into(),
        last_day: "2026-09-30".into(),
        columns: Vec::new(),
        refused: vec![RefusedRows { reason: "charged in 2026-08".into(), rows: 1, total: "3".into() }],
        services: vec![sum("DESK", 3, "100"), sum("IAM", 2, "-10.5")],
        unmatched_rows: 1,
        unmatched_total: "0.5000001".into(),
        rules: Vec::new(),
    }
}

fn services() -> BTreeSet<String> {
    ["DESK", "IAM", "MAIL"].map(str::to_owned).into()
}

#[test]
fn a_summary_whose_parts_are_the_whole_is_read() {
    let read = read(&summary(), &services()).unwrap();
    let told: Vec<_> =
        read.sums.iter().map(|sum| (sum.service.as_str(), sum.rows, sum.total.to_string())).collect();
    let expected = [("", 1, "0.5000001"), ("DESK", 3, "100.00"), ("IAM", 2, "-10.50")];
    assert_eq!(told, expected.map(|(service, rows, total)| (service, rows, total.to_owned())));
}

#[test]
fn every_part_that_is_wrong_is_named() {
    let cases: [(fn(&mut Summary), &str, &str); 12] = [
        (|s| s.supplier = "aws".into(), "supplier", "for example AWS"),
        (|s| s.period = "2026-13".into(), "period", "2026-13"),
        (|s| s.basis = "list".into(), "basis", "Say billed or effective, not “list”."),
        (|s| s.currency = "usd".into(), "currency", "usd"),
        (|s| s.last_day = "2026-08-31".into(), "last_day", "2026-08-31 is before 2026-09-01."),
        (|s| s.total = "9e1".into(), "total", "“9e1” is no amount"),
        (|s| s.total = "90".into(), "total", "The services sum to 90.0000001, not to 90.00."),
        (|s| s.files[0].rows = 8, "files", "refused"),
        (|s| s.refused.clear(), "files", "refused"),
        (|s| s.files[0].sha256 = "A".repeat(64), "files", "a.csv"),
        (|s| s.services[0].service = "DESKS".into(), "services", "There is no service DESKS."),
        (|s| s.services[1].service = "DESK".into(), "services", "DESK is there twice."),
    ];
    for (spoil, field, says) in cases {
        let mut spoilt = summary();
        spoil(&mut spoilt);
        let refusal = read(&spoilt, &services()).unwrap_err();
        assert_eq!(refusal.fields.len(), 1, "{:?}", refusal.fields);
        assert_eq!(refusal.fields[0].field, field);
        assert!(refusal.fields[0].says.contains(says), "{}", refusal.fields[0].says);
    }
}

#[test]
fn a_bill_is_known_again_wherever_its_files_are() {
    let digest = |change: fn(&mut Summary)| {
        let mut summary = summary();
        change(&mut summary);
        read(&summary, &services()).unwrap().digest
    };
    let same = digest(|_| ());
    assert_eq!(digest(|s| s.files[0].name = "/elsewhere/b.csv".into()), same);
    assert_ne!(digest(|s| s.files[0].sha256 = "b".repeat(64)), same);
    assert_ne!(digest(|s| s.basis = "billed".into()), same);
    assert_ne!(digest(|s| s.unmatched = "keep".into()), same);
}
