//! A month that was closed is never changed: what a later version says differently counts in the open one.

use testkit::story;

use crate::house::{Told, summary};

#[test]
fn a_corrected_bill_of_a_closed_month_counts_with_what_differs_in_the_open_one() {
    story(async |house| {
        let told = Told::begun(house).await;
        told.imports(summary("2026-08", 'a', &[("DESK", "60"), ("IAM", "30"), ("-", "10")])).await.unwrap();
        told.closes("2026-08").await;
        let later = summary("2026-08", 'b', &[("DESK", "65"), ("MAIL", "20"), ("-", "10")]);
        let done = told.imports(later.clone()).await.unwrap();
        assert_eq!(
            done.says,
            "Imported BILL-2, version 2 of the bill of AWS for Aug 2026: €95.00 in 5 rows. Aug 2026 is closed: what \
             differs, −€5.00, counts in Sep 2026."
        );
        assert_eq!(told.bills().await, ["BILL-1 live 2026-08 100.00", "BILL-2 live 2026-09 -5.00"]);
        assert_eq!(told.counted("BILL-2").await, ["- 0.00", "DESK 5.00", "IAM -30.00", "MAIL 20.00"]);
        assert_eq!(told.bill("BILL-2").await["corrects"], "2026-08");
        assert!(!told.imports(later).await.unwrap().changed, "the same correction twice is one");
        // A third version takes the second's place, compared with what August was closed with.
        told.imports(summary("2026-08", 'c', &[("DESK", "66"), ("IAM", "30"), ("-", "10")])).await.unwrap();
        assert_eq!(told.counted("BILL-3").await, ["- 0.00", "DESK 6.00", "IAM 0.00"]);
        assert_eq!(told.reverts("BILL-1").await.unwrap_err().code(), "bill_has_later_version");
        told.reverts("BILL-3").await.unwrap();
        told.reverts("BILL-2").await.unwrap();
        assert_eq!(told.reverts("BILL-1").await.unwrap_err().code(), "bill_in_closed_period");
        assert_eq!(
            told.bills().await,
            ["BILL-1 live 2026-08 100.00", "BILL-2 reverted 2026-09 ", "BILL-3 reverted 2026-09 "]
        );
        told.history_tells_all().await;
    });
}

#[test]
fn corrections_add_up_once_the_month_they_counted_in_is_closed_too() {
    story(async |house| {
        let told = Told::begun(house).await;
        for (file, desk, closed) in [('a', "60", "2026-08"), ('b', "65", "2026-09")] {
            told.imports(summary("2026-08", file, &[("DESK", desk)])).await.unwrap();
            told.closes(closed).await;
        }
        told.imports(summary("2026-08", 'c', &[("DESK", "63")])).await.unwrap();
        assert_eq!(
            told.bills().await,
            ["BILL-1 live 2026-08 60.00", "BILL-2 live 2026-09 5.00", "BILL-3 live 2026-10 -2.00"]
        );
    });
}
