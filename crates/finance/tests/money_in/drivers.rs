//! Drivers and their quantities per period and receiver.

use crate::kit::{checks, closes, imports, month, quantity, reverts, rows, text};
use access::Role;
use imports::{Cell, Verdict};
use kernel::Period;
use serde_json::json;
use testkit::{Person, TestHouse, story};

async fn seats(house: &TestHouse) -> Person {
    let priya = house.person("priya", &[Role::FinanceManager]).await;
    let marta = house.person("marta", &[Role::RelationshipManager, Role::PortfolioManager]).await;
    for key in ["RETAIL", "CARE"] {
        marta.does("customer add", json!({"key": key, "name": key, "kind": "unit"})).await.unwrap();
    }
    marta.does("service take-over", json!({"key": "WORK", "name": "Workplace"})).await.unwrap();
    priya.does("period open", json!({"from": "2026-08", "to": "2026-09"})).await.unwrap();
    let input = json!({"key": "SEATS", "name": "Seats", "unit": "seats", "source": "HR system"});
    priya.does("driver add", input).await.unwrap();
    priya
}

fn row(of: &str, service: Option<&str>, customer: &str, seats: &str) -> Vec<(&'static str, Cell)> {
    let service = service.map_or(Cell::Blank, text);
    vec![
        ("driver", text("SEATS")),
        ("period", month(of)),
        ("service", service),
        ("customer", text(customer)),
        ("quantity", quantity(seats)),
    ]
}

async fn told(person: &Person, of: &str) -> Vec<String> {
    let of: Period = of.parse().unwrap();
    let all = finance::driver::quantities(&mut person.cx().await.tx, of).await.unwrap();
    let words = |key: Option<String>| key.unwrap_or_else(|| "–".into());
    all.into_iter()
        .map(|q| format!("{} {} {}", words(q.service), words(q.customer), q.quantity.plain()))
        .collect()
}

#[test]
fn a_receiver_is_a_customer_or_a_customer_of_a_service_and_a_later_file_corrects_one_cell() {
    story(async |house| {
        let priya = seats(&house).await;
        let file = || {
            rows([
                row("2026-09", None, "CARE", "1140"),
                row("2026-09", None, "RETAIL", "217"),
                row("2026-09", Some("WORK"), "CARE", "12.5"),
            ])
        };
        imports(&priya, "drivers", file()).await;
        assert_eq!(told(&priya, "2026-09").await, ["– CARE 1140", "– RETAIL 217", "WORK CARE 12.5"]);
        assert_eq!(checks(&priya, "drivers", &file()).await, [const { Verdict::Known }; 3]);
        let correction = || rows([row("2026-09", None, "CARE", "1068")]);
        match &checks(&priya, "drivers", &correction()).await[0] {
            Verdict::Changed(changes) => {
                assert_eq!((changes[0].old.as_str(), changes[0].new.as_str()), ("1140", "1068"))
            }
            other => panic!("{other:?}"),
        }
        let later = imports(&priya, "drivers", correction()).await;
        assert_eq!(told(&priya, "2026-09").await[0], "– CARE 1068");
        reverts(&priya, &later).await.unwrap();
        assert_eq!(told(&priya, "2026-09").await[0], "– CARE 1140");
        let listed = priya.lists("quantity list", &[("driver", "SEATS")]).await;
        let place = listed.columns.iter().position(|column| column.key == "quantity").unwrap();
        assert_eq!(listed.totals[place].as_ref().unwrap().plain(), "1369.5");
        let all = priya.lists("quantity list", &[]).await;
        assert_eq!(all.totals[place], None, "seats and other units are never added up");
    });
}

#[test]
fn quantities_of_a_closed_month_stay() {
    story(async |house| {
        let priya = seats(&house).await;
        let batch = imports(&priya, "drivers", rows([row("2026-08", None, "CARE", "1")])).await;
        closes(&priya, "2026-08").await;
        assert_eq!(reverts(&priya, &batch).await.unwrap_err().code(), "driver_period_closed");
        let late = checks(&priya, "drivers", &rows([row("2026-08", None, "CARE", "2")])).await;
        assert_eq!(late, [Verdict::Rejected("Aug 2026 is closed".into())]);
        assert_eq!(told(&priya, "2026-08").await, ["– CARE 1"]);
    });
}

#[test]
fn a_drivers_name_and_source_change_and_its_key_is_once() {
    story(async |house| {
        let priya = seats(&house).await;
        let path = [("key", "SEATS")];
        let done =
            priya.does_to("driver edit", &path, json!({"source": "Directory"}), Some(1)).await.unwrap();
        assert_eq!((done.changed, done.version), (true, Some(2)));
        let again =
            priya.does_to("driver edit", &path, json!({"source": "Directory"}), Some(2)).await.unwrap();
        assert!(!again.changed);
        let twice = json!({"key": "SEATS", "name": "Seats", "unit": "seats", "source": "HR"});
        assert_eq!(priya.does("driver add", twice).await.unwrap_err().code(), "driver_key_taken");
        let unit = priya.does_to("driver edit", &path, json!({"unit": "heads"}), Some(2)).await;
        assert_eq!(unit.unwrap_err().code(), "invalid_input");
    });
}
