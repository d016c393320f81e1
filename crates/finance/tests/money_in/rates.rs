//! Exchange rates from a list or a wide table, and what they are asked for.

use crate::kit::{checks, day, decimal, imports, imports_over, month, reverts, rows, text};
use access::Role;
use finance::rate::{self, RateKind};
use imports::{Cell, Verdict};
use kernel::{Currency, Money};
use testkit::{Person, story};

/// A row of the European Central Bank's table: `N/A` is blank.
fn wide(on: &str, usd: &str, gbp: Option<&str>) -> Vec<(&'static str, Cell)> {
    vec![
        ("day", day(on)),
        ("USD", decimal(usd)),
        ("GBP", gbp.map_or(Cell::Blank, decimal)),
        ("CYP", Cell::Blank),
    ]
}

/// The shown average and closing rate of dollars in a month.
async fn dollars(person: &Person, of: &str) -> [Option<String>; 2] {
    let mut cx = person.cx().await;
    let of = of.parse().unwrap();
    let average = rate::average(&mut cx.tx, Currency::USD, Currency::EUR, of).await.unwrap();
    let closing = rate::closing(&mut cx.tx, Currency::USD, Currency::EUR, of).await.unwrap();
    [average, closing].map(|rate| rate.map(|rate| rate.shown().to_string()))
}

/// Reference rates of the European Central Bank around the end of August 2024, whose 31st was a
/// Saturday: the closing rate is that of the 30th.
#[test]
fn a_wide_table_gives_averages_and_the_last_day_with_a_rate_closes_the_month() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let file = || {
            rows([
                wide("2024-09-30", "1.1196", Some("0.83543")),
                wide("2024-09-02", "1.1061", None),
                wide("2024-08-30", "1.1087", None),
                wide("2024-08-29", "1.1088", None),
            ])
        };
        assert_eq!(checks(&priya, "fx", &file()).await, [const { Verdict::New }; 4]);
        imports(&priya, "fx", file()).await;
        assert_eq!(checks(&priya, "fx", &file()).await, [const { Verdict::Known }; 4]);
        let shown = |average: &str, closing: &str| [Some(average.to_owned()), Some(closing.to_owned())];
        assert_eq!(dollars(&priya, "2024-09").await, shown("1.11285", "1.1196"));
        assert_eq!(dollars(&priya, "2024-08").await, shown("1.10875", "1.1087"));
        assert_eq!(dollars(&priya, "2024-07").await, [None, None]);
        assert_eq!(priya.lists("rate list", &[]).await.count, 5);
        let august = priya.lists("rate month", &[("period", "2024-08")]).await;
        let told = august.rows.iter().map(|row| row[1..].iter().map(|cell| cell.plain()).collect::<Vec<_>>());
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ["average", "1.10875", "USD per 1 EUR", "file.csv, mean of 2 days"],
                ["closing", "1.1087", "USD per 1 EUR", "file.csv"],
            ]
        );
    });
}

#[test]
fn a_rate_given_for_the_month_goes_before_the_mean_of_its_days() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        imports(&priya, "fx", rows([wide("2024-09-30", "1.1196", None)])).await;
        let given = |kind: &str, rate: &str| {
            let currency = Cell::Currency(Currency::USD);
            vec![
                ("period", month("2024-09")),
                ("currency", currency),
                ("rate", decimal(rate)),
                ("rate_kind", text(kind)),
            ]
        };
        imports(
            &priya,
            "fx",
            rows([given("average", "1.1106"), given("closing", "1.12"), given("budget", "1.07")]),
        )
        .await;
        assert_eq!(dollars(&priya, "2024-09").await, [Some("1.1106".into()), Some("1.12".into())]);
        let mut cx = priya.cx().await;
        let of = "2024-09".parse().unwrap();
        let applied = rate::average(&mut cx.tx, Currency::USD, Currency::EUR, of).await.unwrap().unwrap();
        let bill = Money::parse("1000.00", Currency::USD).unwrap();
        assert_eq!(applied.convert(bill).unwrap().plain(), "900.41");
        assert_eq!((applied.kind, applied.says().as_str()), (RateKind::Average, "USD per 1 EUR, file.csv"));
    });
}

#[test]
fn a_later_file_takes_the_place_of_a_rate_and_undoing_it_brings_the_old_one_back() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        imports(&priya, "fx", rows([wide("2024-09-30", "1.1196", Some("0.8354"))])).await;
        let corrected = || rows([wide("2024-09-30", "1.1200", Some("0.8354"))]);
        match &checks(&priya, "fx", &corrected()).await[0] {
            Verdict::Changed(changes) => {
                let told: Vec<_> =
                    changes.iter().map(|c| (c.field.as_str(), c.old.as_str(), c.new.as_str())).collect();
                assert_eq!(told, [("USD", "1.1196", "1.12")]);
            }
            other => panic!("{other:?}"),
        }
        let later = imports(&priya, "fx", corrected()).await;
        assert_eq!(dollars(&priya, "2024-09").await[0].as_deref(), Some("1.12"));
        reverts(&priya, &later).await.unwrap();
        assert_eq!(dollars(&priya, "2024-09").await[0].as_deref(), Some("1.1196"));
    });
}

#[test]
fn two_rates_for_one_day_in_one_file_are_not_taken() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let file = || rows([wide("2024-09-30", "1.1196", None), wide("2024-09-30", "1.2", None)]);
        let second = Verdict::Rejected("a second rate for transaction USD 2024-09-30".into());
        assert_eq!(checks(&priya, "fx", &file()).await, [Verdict::New, second]);
        let refused =
            imports_over(&priya, "fx", file(), &std::collections::BTreeMap::new()).await.unwrap_err();
        assert_eq!(refused.code(), "said_twice_in_file");
        assert_eq!(priya.lists("rate list", &[]).await.count, 0);
    });
}
