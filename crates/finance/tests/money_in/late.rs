//! What comes after its period was closed.

use std::collections::BTreeMap;

use kernel::Refused;
use kernel::listing::Value;
use testkit::story;

use crate::kit::{booked, closes, imports, imports_over, ledger_total, line, moves, reverts, rows};
use crate::lines::priya;

#[test]
fn what_comes_late_for_a_closed_period_is_counted_in_the_open_one_and_marked() {
    story(async |house| {
        let priya = priya(&house, "2026-08", "2026-09").await;
        let none = BTreeMap::new();
        let august = rows([line("6400", "2026-08-10", "10.00 EUR")]);
        let (batch, records) = imports_over(&priya, "gl", august, &none).await.unwrap();
        closes(&priya, "2026-08").await;
        // A late line, and a correction of a line that stands in the closed month.
        let file = rows([line("7700", "2026-08-31", "1.00 EUR"), line("6400", "2026-08-10", "12.00 EUR")]);
        let old = BTreeMap::from([(3, records[0].clone().unwrap())]);
        let (late, _) = imports_over(&priya, "gl", file, &old).await.unwrap();
        assert_eq!(
            (ledger_total(&priya, "2026-08").await, ledger_total(&priya, "2026-09").await),
            (10_00, 3_00)
        );
        assert_eq!(
            (booked(&priya, "6400", "2026-08").await, booked(&priya, "6400", "2026-09").await),
            (10_00, 2_00)
        );
        let listed = priya.lists("line list", &[("period", "2026-09")]).await;
        let told = |row: &[Value]| {
            let of = |key| listed.value(row, key).unwrap().plain();
            (of("amount"), of("corrects"), of("origin"))
        };
        let mut lines: Vec<_> = listed.rows.iter().map(|row| told(row)).collect();
        lines.sort();
        let expected = [("-10.00", "reversal"), ("1.00", "file"), ("12.00", "file")];
        assert_eq!(lines, expected.map(|(amount, origin)| (amount.into(), "2026-08".into(), origin.into())));
        // The closed month's own import stays; what was written into the open month can be undone.
        assert_eq!(reverts(&priya, &batch).await.unwrap_err().code(), "batch_in_closed_period");
        reverts(&priya, &late).await.unwrap();
        assert_eq!(
            (ledger_total(&priya, "2026-08").await, ledger_total(&priya, "2026-09").await),
            (10_00, 0)
        );
    });
}

#[test]
fn nothing_is_written_or_undone_once_the_period_is_closed() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let batch = imports(&priya, "gl", rows([line("6400", "2026-09-01", "1.00 EUR")])).await;
        closes(&priya, "2026-09").await;
        let none = BTreeMap::new();
        let late = imports_over(&priya, "gl", rows([line("6400", "2026-09-02", "1.00 EUR")]), &none).await;
        match late.unwrap_err() {
            Refused::Refusal(refusal) => assert_eq!(refusal.fields[0].says, "Line 2: Sep 2026 is closed."),
            Refused::Fault(fault) => panic!("{fault:?}"),
        }
        assert_eq!(reverts(&priya, &batch).await.unwrap_err().code(), "batch_in_closed_period");
        assert_eq!(ledger_total(&priya, "2026-09").await, 1_00);
    });
}

#[test]
fn a_period_that_is_re_opened_takes_lines_again() {
    use finance::period::PeriodStep::{Reopen, Review, SoftClose};
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        moves(&priya, "2026-09", &[Review]).await;
        imports(&priya, "gl", rows([line("6400", "2026-09-01", "1.00 EUR")])).await;
        moves(&priya, "2026-09", &[SoftClose]).await;
        let none = BTreeMap::new();
        let file = || rows([line("6400", "2026-09-02", "2.00 EUR")]);
        assert!(imports_over(&priya, "gl", file(), &none).await.is_err());
        moves(&priya, "2026-09", &[Reopen]).await;
        imports(&priya, "gl", file()).await;
        assert_eq!(ledger_total(&priya, "2026-09").await, 3_00);
        assert_eq!(priya.sees("period show", &[("period", "2026-09")]).await["state"], "in review");
    });
}
