//! Ledger lines from a file to the ledger and back, on both engines.

use std::collections::BTreeMap;

use crate::kit::{booked, checks, imports, imports_over, ledger_total, line, reverts, rows, text};
use access::Role;
use imports::Verdict;
use kernel::listing::{Asked, Filter, Value};
use serde_json::json;
use testkit::{Person, TestHouse, story};

const CLEARING: &str = finance::line::CLEARING.0;
const ROUNDING: &str = finance::line::ROUNDING.0;

/// A finance manager with accounts and open periods.
pub async fn priya(house: &TestHouse, from: &str, to: &str) -> Person {
    let priya = house.person("priya", &[Role::FinanceManager]).await;
    for (code, class) in [("6400", "cost"), ("7700", "cost"), ("8000", "income"), ("0400", "asset")] {
        let input = json!({"code": code, "name": format!("Account {code}"), "class": class});
        priya.does("account add", input).await.unwrap();
    }
    priya.does("period open", json!({"from": from, "to": to})).await.unwrap();
    priya
}

#[test]
fn lines_are_posted_as_sums_and_the_ledger_total_is_the_sum_of_cost() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let file = rows([
            line("6400", "2026-09-01", "100.00 EUR"),
            line("6400", "2026-09-02", "-30.00 EUR"),
            line("7700", "2026-09-03", "0.01 EUR"),
            line("8000", "2026-09-04", "-500.00 EUR"),
            line("0400", "2026-09-05", "40.00 EUR"),
        ]);
        assert!(checks(&priya, "gl", &file).await.iter().all(|verdict| *verdict == Verdict::New));
        imports(&priya, "gl", file).await;
        assert_eq!(ledger_total(&priya, "2026-09").await, 70_01);
        for (account, cents) in
            [("6400", 70_00), ("7700", 1), ("8000", -500_00), ("0400", 40_00), (CLEARING, 389_99)]
        {
            assert_eq!(booked(&priya, account, "2026-09").await, cents, "{account}");
        }
        let listed = priya.lists("line list", &[]).await;
        let amount = listed.columns.iter().position(|column| column.key == "amount").unwrap();
        let total = kernel::Money::of_minor(-389_99, kernel::Currency::EUR);
        assert_eq!((listed.count, listed.totals[amount].clone()), (5, Some(Value::Money(total))));
        let asked = Asked { filters: vec![Filter::parse("kind=cost").unwrap()], ..Asked::default() };
        match priya.asks("line list", &[("period", "2026-09")], asked).await.unwrap() {
            access::View::List(cost) => assert_eq!(cost.count, 3),
            access::View::Record(_) => panic!("a list"),
        }
        let periods = priya.lists("period list", &[]).await;
        let cost = periods.value(&periods.rows[0], "cost").unwrap();
        assert_eq!(cost.plain(), "70.01");
    });
}

/// `faults.md`, “Undo, then import again”.
#[test]
fn an_undone_import_leaves_no_trace_in_any_figure() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let file = |last: &str| {
            let nine = (0..9).map(|n| line("7700", &format!("2026-09-{:02}", n + 1), "100.00 EUR"));
            rows(nine.chain([line("7700", "2026-09-30", last)]))
        };
        let first = imports(&priya, "gl", file("100.00 EUR")).await;
        reverts(&priya, &first).await.unwrap();
        assert_eq!(
            (ledger_total(&priya, "2026-09").await, booked(&priya, CLEARING, "2026-09").await),
            (0, 0)
        );
        let second = imports(&priya, "gl", file("100.00 EUR")).await;
        reverts(&priya, &second).await.unwrap();
        imports(&priya, "gl", file("105.00 EUR")).await;
        assert_eq!(ledger_total(&priya, "2026-09").await, 1_005_00);
        assert_eq!(booked(&priya, CLEARING, "2026-09").await, -1_005_00);
        assert_eq!(priya.lists("line list", &[]).await.count, 10);
    });
}

#[test]
fn a_changed_line_takes_the_place_of_the_old_one_and_undoing_it_brings_the_old_one_back() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        let none = BTreeMap::new();
        let (_, records) =
            imports_over(&priya, "gl", rows([line("6400", "2026-09-01", "10.00 EUR")]), &none).await.unwrap();
        let old = BTreeMap::from([(2, records[0].clone().unwrap())]);
        let file = rows([line("7700", "2026-09-01", "12.00 EUR")]);
        let (change, _) = imports_over(&priya, "gl", file, &old).await.unwrap();
        assert_eq!(ledger_total(&priya, "2026-09").await, 12_00);
        assert_eq!(
            (booked(&priya, "6400", "2026-09").await, booked(&priya, "7700", "2026-09").await),
            (0, 12_00)
        );
        assert_eq!(priya.lists("line list", &[]).await.count, 1);
        reverts(&priya, &change).await.unwrap();
        assert_eq!(ledger_total(&priya, "2026-09").await, 10_00);
        assert_eq!(
            (booked(&priya, "6400", "2026-09").await, booked(&priya, "7700", "2026-09").await),
            (10_00, 0)
        );
    });
}

/// `faults.md`, “Converted with the rate of the day it was loaded”; conversion rounds per line, the
/// rest is a line of its own.
#[test]
fn dollars_are_converted_by_their_months_average_and_what_rounds_away_is_a_line() {
    story(async |house| {
        let priya = priya(&house, "2024-09", "2024-10").await;
        let rate =
            |on: &str, rate: &str| vec![("day", crate::kit::day(on)), ("USD", crate::kit::decimal(rate))];
        let days =
            rows([rate("2024-09-02", "1.1000"), rate("2024-09-30", "1.1212"), rate("2024-10-10", "1.0932")]);
        imports(&priya, "fx", days).await;
        house.at("2024-10-10T08:00:00Z");
        let bill = |amount: &str| line("6400", "2024-09-30", amount);
        let one = imports(&priya, "gl", rows([bill("1000.00 USD")])).await;
        assert_eq!(ledger_total(&priya, "2024-09").await, 900_41);
        assert_eq!(
            (booked(&priya, "6400", "2024-09").await, booked(&priya, ROUNDING, "2024-09").await),
            (900_41, 0)
        );
        reverts(&priya, &one).await.unwrap();
        // 3 × 333.33 = 999.99 USD = 900.4052 EUR → 900.41; each line alone 300.1350 → 300.14, in all 900.42.
        imports(&priya, "gl", rows([bill("333.33 USD"), bill("333.33 USD"), bill("333.33 USD")])).await;
        assert_eq!(
            (booked(&priya, "6400", "2024-09").await, booked(&priya, ROUNDING, "2024-09").await),
            (900_42, -1)
        );
        assert_eq!(ledger_total(&priya, "2024-09").await, 900_41);
        let listed = priya.lists("line list", &[("period", "2024-09")]).await;
        let sources: Vec<String> =
            listed.rows.iter().map(|row| listed.value(row, "rate_source").unwrap().plain()).collect();
        assert_eq!(
            sources.iter().filter(|source| *source == "USD per 1 EUR, file.csv, mean of 2 days").count(),
            3
        );
    });
}

#[test]
fn a_line_without_a_rate_or_with_an_unknown_code_is_rejected_with_its_reason() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        priya.does("cost-centre add", json!({"key": "4100", "name": "Operations"})).await.unwrap();
        let mut unknown = line("6400", "2026-09-01", "1.00 EUR");
        unknown.push(("cost_centre", text("7719")));
        let file = rows([
            unknown,
            line("9999", "2026-09-01", "1.00 EUR"),
            line("6400", "2026-09-01", "1.00 USD"),
            line("6400", "2026-10-01", "1.00 EUR"),
            line("6400", "2026-09-01", "1.00 EUR"),
        ]);
        let expected = [
            Verdict::Rejected("cost centre 7719 unknown".into()),
            Verdict::Rejected("account 9999 unknown".into()),
            Verdict::Rejected("no rate for USD in 2026-09".into()),
            Verdict::Rejected("Oct 2026 is not open yet".into()),
            Verdict::New,
        ];
        assert_eq!(checks(&priya, "gl", &file).await, expected);
        let mut made = line("9999", "2026-09-01", "1.00 EUR");
        made.extend([("create_accounts", text("cost")), ("account_name", text("Sundry"))]);
        imports(&priya, "gl", rows([made])).await;
        assert_eq!(priya.sees("account show", &[("code", "9999")]).await["name"], "Sundry");
    });
}

#[test]
fn a_file_of_many_chunks_is_one_batch_and_pages_in_the_database() {
    story(async |house| {
        let priya = priya(&house, "2026-09", "2026-09").await;
        // 1,200 lines pass the chunk of an import twice.
        let many = (0..1_200).map(|n| line("6400", &format!("2026-09-{:02}", n % 30 + 1), "0.01 EUR"));
        imports(&priya, "gl", rows(many)).await;
        assert_eq!(ledger_total(&priya, "2026-09").await, 12_00);
        assert_eq!(booked(&priya, "6400", "2026-09").await, 12_00);
        let page = Asked { page: 3, per: Some(500), ..Asked::default() };
        match priya.asks("line list", &[], page).await.unwrap() {
            access::View::List(listed) => assert_eq!((listed.rows.len(), listed.count), (200, 1_200)),
            access::View::Record(_) => panic!("a list"),
        }
    });
}
