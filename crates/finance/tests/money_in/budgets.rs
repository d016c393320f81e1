//! Budgets by two people, against actual.

use std::collections::BTreeMap;

use crate::kit::{checks, imports, imports_over, line, money, month, reverts, rows, text};
use access::Role;
use imports::{Cell, Verdict};
use kernel::listing::{Listing, Value};
use serde_json::json;
use testkit::{Person, TestHouse, story};

async fn finance_team(house: &TestHouse) -> (Person, Person) {
    let priya = house.person("priya", &[Role::FinanceManager]).await;
    let henrik = house.person("henrik", &[Role::FinanceManager]).await;
    for (code, class) in [("6400", "cost"), ("7700", "cost"), ("8000", "income")] {
        priya.does("account add", json!({"code": code, "name": code, "class": class})).await.unwrap();
    }
    for (key, name) in [("CLOUD", "Cloud"), ("FACIL", "Facilities & power")] {
        let input = json!({"key": key, "name": name, "spend": "operating", "behaviour": "fixed"});
        priya.does("pool add", input).await.unwrap();
    }
    priya.does("period open", json!({"from": "2026-06", "to": "2026-07"})).await.unwrap();
    (priya, henrik)
}

fn of_pool(of: &str, pool: &str, amount: &str) -> Vec<(&'static str, Cell)> {
    vec![("period", month(of)), ("pool", text(pool)), ("amount", money(amount))]
}

/// `pool_name: column column …` per row, `n/k` where there is no data.
fn shown(listed: &Listing, columns: &[&str]) -> Vec<String> {
    let plain = |row: &[Value], key: &str| match listed.value(row, key).unwrap().plain() {
        empty if empty.is_empty() => "n/k".to_owned(),
        text => text,
    };
    let line = |row: &Vec<Value>| {
        let words: Vec<String> = columns.iter().map(|key| plain(row, key)).collect();
        format!("{}: {}", plain(row, "pool_name"), words.join(" "))
    };
    listed.rows.iter().map(line).collect()
}

const MONTH: [&str; 5] = ["month_budget", "month_actual", "month_variance", "month_share", "month_word"];
const YEAR: [&str; 5] = ["year_budget", "year_actual", "year_variance", "year_share", "year_word"];

/// `faults.md`, “The chart is one month beside the table”: actual only in July, none in June.
#[test]
fn actual_stands_in_its_own_month_and_what_has_no_data_is_not_zero() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        let file = rows([
            of_pool("2026-06", "CLOUD", "500.00 EUR"),
            of_pool("2026-07", "CLOUD", "700.00 EUR"),
            of_pool("2026-07", "FACIL", "100.00 EUR"),
            vec![("period", month("2026-07")), ("kind", text("income")), ("amount", money("900.00 EUR"))],
        ]);
        imports(&priya, "budget", file).await;
        let rule = json!({"account": "6400", "pool": "CLOUD", "effective_from": "2026-06"});
        priya.does("mapping add", rule).await.unwrap();
        let path = [("number", "M-1")];
        priya.does_to("mapping submit", &path, json!({}), None).await.unwrap();
        henrik.does_to("mapping approve", &path, json!({}), None).await.unwrap();
        let actual = rows([
            line("6400", "2026-07-10", "742.00 EUR"),
            line("7700", "2026-07-11", "8.00 EUR"),
            line("8000", "2026-07-12", "-810.00 EUR"),
        ]);
        imports(&priya, "gl", actual).await;
        let june = priya.lists("budget show", &[("key", "2026-original"), ("period", "2026-06")]).await;
        assert_eq!(shown(&june, &MONTH), ["Cloud: 500.00 n/k n/k n/k n/k"]);
        let july = priya.lists("budget show", &[("key", "2026"), ("period", "2026-07")]).await;
        assert_eq!(
            shown(&july, &MONTH),
            [
                "Cloud: 700.00 742.00 42.00 0.06 adverse",
                "Facilities & power: 100.00 n/k n/k n/k n/k",
                "Not mapped: n/k 8.00 8.00 n/k adverse",
                "Income: 900.00 810.00 -90.00 -0.1 adverse",
            ]
        );
        assert_eq!(shown(&july, &YEAR)[0], "Cloud: 1200.00 742.00 -458.00 -0.3817 favourable");
        // Cost and income are never added up; their effect on the result is: −42 − 8 − 90.
        let total = |key: &str| {
            let place = july.columns.iter().position(|column| column.key == key).unwrap();
            july.totals[place].as_ref().map(|total| total.plain())
        };
        assert_eq!((total("month_actual"), total("month_effect")), (None, Some("-140.00".into())));
        assert_eq!(july.caption, "Budget 2026-original (draft) against actual, Jul 2026 (FY26 P10)");
    });
}

#[test]
fn who_raised_any_of_it_does_not_approve_it_and_then_it_stays() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        let ingrid = house.person("ingrid", &[Role::Executive]).await;
        let path = [("key", "2026-original")];
        priya.does("budget add", json!({"fiscal_year": "2026", "name": "original"})).await.unwrap();
        let empty = priya.does_to("budget submit", &path, json!({}), None).await.unwrap_err();
        assert_eq!(empty.code(), "budget_empty");
        let batch = imports(&henrik, "budget", rows([of_pool("2026-07", "CLOUD", "1.00 EUR")])).await;
        priya.does_to("budget submit", &path, json!({}), None).await.unwrap();
        for person in [&priya, &henrik] {
            let refused = person.does_to("budget approve", &path, json!({}), None).await.unwrap_err();
            assert_eq!(refused.code(), "same_person");
        }
        ingrid.does_to("budget approve", &path, json!({}), None).await.unwrap();
        assert_eq!(reverts(&henrik, &batch).await.unwrap_err().code(), "budget_frozen");
        let more = checks(&priya, "budget", &rows([of_pool("2026-07", "CLOUD", "2.00 EUR")])).await;
        assert_eq!(more, [Verdict::Rejected("budget 2026-original is approved".into())]);
        let mut revised = of_pool("2026-07", "CLOUD", "2.00 EUR");
        revised.push(("budget", text("Revised")));
        imports(&priya, "budget", rows([revised])).await;
        assert_eq!(priya.lists("budget list", &[]).await.count, 2);
        // What is not approved yet does not take the place of what is.
        let held = priya.lists("budget show", &[("key", "2026"), ("period", "2026-07")]).await;
        assert_eq!(shown(&held, &["month_budget"]), ["Cloud: 1.00"]);
    });
}

#[test]
fn a_later_file_changes_its_cells_only_and_amounts_by_cost_element_get_a_pool() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        let rule = json!({"cost_element": "E1", "pool": "CLOUD", "effective_from": "2025-10"});
        priya.does("mapping add", rule).await.unwrap();
        let path = [("number", "M-1")];
        priya.does_to("mapping submit", &path, json!({}), None).await.unwrap();
        henrik.does_to("mapping approve", &path, json!({}), None).await.unwrap();
        let cell = |element: &str, amount: &str| {
            vec![
                ("fiscal_year", text("2025/26")),
                ("cost_centre", text("4100")),
                ("cost_element", text(element)),
                ("amount", money(amount)),
            ]
        };
        let file = || rows([cell("E1", "1200.00 EUR"), cell("E2", "100.00 EUR")]);
        imports(&priya, "budget", file()).await;
        assert_eq!(checks(&priya, "budget", &file()).await, [const { Verdict::Known }; 2]);
        let show = async || {
            let listed = priya.lists("budget show", &[("key", "2026"), ("period", "2026-09")]).await;
            shown(&listed, &["month_budget", "year_budget"])
        };
        assert_eq!(show().await, ["Cloud: 100.00 1200.00", "Not mapped: 8.33 100.00"]);
        let later = imports(&priya, "budget", rows([cell("E1", "2400.00 EUR")])).await;
        assert_eq!(show().await, ["Cloud: 200.00 2400.00", "Not mapped: 8.33 100.00"]);
        reverts(&priya, &later).await.unwrap();
        assert_eq!(show().await, ["Cloud: 100.00 1200.00", "Not mapped: 8.33 100.00"]);
        let (none, file) = (BTreeMap::new(), rows([cell("E1", "1.00 EUR"), cell("E1", "2.00 EUR")]));
        let twice = imports_over(&priya, "budget", file, &none).await;
        assert_eq!(twice.unwrap_err().code(), "said_twice_in_file");
    });
}
