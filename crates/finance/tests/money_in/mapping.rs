//! Lines to cost pools: rules by two people, in force from a period on, and the meter.

use crate::kit::{closes, imports, line, rows, text};
use access::Role;
use kernel::listing::Value;
use serde_json::{Value as Json, json};
use testkit::{Person, TestHouse, story};

/// Two finance managers, accounts, pools, open periods.
pub async fn finance_team(house: &TestHouse) -> (Person, Person) {
    let priya = house.person("priya", &[Role::FinanceManager]).await;
    let henrik = house.person("henrik", &[Role::FinanceManager]).await;
    for code in ["6400", "6410", "7700"] {
        priya.does("account add", json!({"code": code, "name": code, "class": "cost"})).await.unwrap();
    }
    for key in ["CLOUD", "SOFTWARE", "OTHER"] {
        let input = json!({"key": key, "name": key, "spend": "operating", "behaviour": "variable"});
        priya.does("pool add", input).await.unwrap();
    }
    priya.does("period open", json!({"from": "2026-07", "to": "2026-09"})).await.unwrap();
    (priya, henrik)
}

async fn approved(priya: &Person, henrik: &Person, rule: Json) -> String {
    let done = priya.does("mapping add", rule).await.unwrap();
    approve(priya, henrik, &done.key).await;
    done.key
}

pub async fn approve(priya: &Person, henrik: &Person, number: &str) {
    let path = [("number", number)];
    priya.does_to("mapping submit", &path, json!({}), None).await.unwrap();
    henrik.does_to("mapping approve", &path, json!({}), None).await.unwrap();
}

/// Pool → sum of the period's cost lines, minor units; "" for what has none.
pub async fn by_pool(person: &Person, month: &str) -> Vec<(String, i64)> {
    let listed = person.lists("line list", &[("period", month)]).await;
    let mut sums = std::collections::BTreeMap::new();
    for row in &listed.rows {
        let pool = listed.value(row, "pool").unwrap().plain();
        match listed.value(row, "amount") {
            Some(Value::Money(money)) => *sums.entry(pool).or_insert(0) += money.minor(),
            other => panic!("{other:?}"),
        }
    }
    sums.into_iter().collect()
}

#[test]
fn a_rule_maps_only_after_another_person_approved_it_and_the_meter_moves() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        imports(
            &priya,
            "gl",
            rows([line("6400", "2026-09-01", "80.00 EUR"), line("7700", "2026-09-02", "20.00 EUR")]),
        )
        .await;
        let said = async || priya.sees("coverage show", &[("period", "2026-09")]).await;
        assert_eq!(said().await["says"], "0 % of spend mapped.");
        let rule = json!({"account": "64*", "pool": "SOFTWARE", "effective_from": "2026-09"});
        let done = priya.does("mapping add", rule).await.unwrap();
        assert_eq!((done.key.as_str(), done.says.as_str()), ("M-1", "Wrote M-1 version 1: account 64*."));
        let path = [("number", "M-1")];
        priya.does_to("mapping submit", &path, json!({}), None).await.unwrap();
        assert_eq!(said().await["says"], "0 % of spend mapped.");
        let own = priya.does_to("mapping approve", &path, json!({}), None).await.unwrap_err();
        assert_eq!(own.code(), "same_person");
        henrik.does_to("mapping approve", &path, json!({}), None).await.unwrap();
        let record = said().await;
        assert_eq!(
            (record["says"].as_str(), record["unmapped_lines"].as_i64()),
            (Some("80 % of spend mapped."), Some(1))
        );
        assert_eq!(record["unmapped"], json!({"amount": "20.00", "currency": "EUR"}));
        let again = henrik.does_to("mapping approve", &path, json!({}), None).await.unwrap();
        assert!(!again.changed);
        // What is imported later is mapped at once.
        imports(&priya, "gl", rows([line("6410", "2026-09-03", "100.00 EUR")])).await;
        assert_eq!(said().await["says"], "90 % of spend mapped.");
    });
}

#[test]
fn a_closed_month_keeps_its_pools_and_a_new_version_holds_from_its_period_on() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        let months = ["2026-07", "2026-08", "2026-09"];
        imports(&priya, "gl", rows(months.map(|month| line("6400", &format!("{month}-01"), "10.00 EUR"))))
            .await;
        approved(
            &priya,
            &henrik,
            json!({"account": "6400", "pool": "SOFTWARE", "effective_from": "2026-07"}),
        )
        .await;
        closes(&priya, "2026-07").await;
        let revise = async |from: &str, pool: &str| {
            let input = json!({"account": "6400", "pool": pool, "effective_from": from});
            priya.does_to("mapping revise", &[("number", "M-1")], input, None).await
        };
        assert_eq!(revise("2026-07", "CLOUD").await.unwrap_err().code(), "mapping_period_closed");
        revise("2026-09", "CLOUD").await.unwrap();
        assert_eq!(revise("2026-09", "OTHER").await.unwrap_err().code(), "mapping_version_open");
        approve(&priya, &henrik, "M-1").await;
        for (month, pool) in [("2026-07", "SOFTWARE"), ("2026-08", "SOFTWARE"), ("2026-09", "CLOUD")] {
            assert_eq!(by_pool(&priya, month).await, [(pool.to_owned(), 10_00)], "{month}");
        }
        // A version without a pool ends the rule.
        revise("2026-09", "").await.unwrap();
        approve(&priya, &henrik, "M-1").await;
        assert_eq!(by_pool(&priya, "2026-09").await, [(String::new(), 10_00)]);
        let run = json!({"period": "2026-07"});
        assert_eq!(priya.does("mapping run", run).await.unwrap_err().code(), "period_not_open");
    });
}

#[test]
fn what_no_rule_fits_is_listed_by_amount_with_a_proposal() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        let with = |mut cells: Vec<_>, element: &str| {
            cells.push(("cost_element", text(element)));
            cells
        };
        let file = rows([
            with(line("6400", "2026-08-01", "10.00 EUR"), "E1"),
            with(line("6400", "2026-09-01", "5.00 EUR"), "E9"),
            with(line("6410", "2026-09-01", "70.00 EUR"), "E1"),
            with(line("7700", "2026-09-01", "30.00 EUR"), "E7"),
            with(line("7700", "2026-09-02", "30.00 EUR"), "E7"),
        ]);
        imports(&priya, "gl", file).await;
        let rule =
            json!({"cost_element": "E1", "account": "6400", "pool": "CLOUD", "effective_from": "2026-07"});
        approved(&priya, &henrik, rule).await;
        let listed = priya.lists("unmapped list", &[("period", "2026-09")]).await;
        let told: Vec<Vec<String>> = (listed.rows.iter())
            .map(|row| {
                ["account", "amount", "lines", "proposed"]
                    .map(|key| listed.value(row, key).unwrap().plain())
                    .into()
            })
            .collect();
        // By the same cost element, by nothing, by the same account.
        let expected =
            [["6410", "70.00", "1", "CLOUD"], ["7700", "60.00", "2", ""], ["6400", "5.00", "1", "CLOUD"]];
        assert_eq!(told, expected);
    });
}
