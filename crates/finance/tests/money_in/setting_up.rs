//! Periods, pools, cost centres: setting up, who may, and the history of it.

use crate::kit::moves;
use access::{Role, history};
use app::registry;
use serde_json::json;
use testkit::story;

#[test]
fn a_range_is_opened_once_and_the_rest_of_its_year_is_known_as_future() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let range = json!({"from": "2026-08", "to": "2026-11"});
        let done = priya.does("period open", range.clone()).await.unwrap();
        assert_eq!((done.changed, done.says.as_str()), (true, "Opened 4 periods."));
        let again = priya.does("period open", range).await.unwrap();
        assert!(!again.changed);
        let listed = priya.lists("period list", &[]).await;
        let states: Vec<String> =
            listed.rows.iter().map(|row| listed.value(row, "state").unwrap().plain()).collect();
        let expected = [vec!["future"; 10], vec!["open"; 4]].concat();
        assert_eq!((states, listed.count), (expected.into_iter().map(str::to_owned).collect(), 14));
        priya.does("period open", json!({"from": "2026-12"})).await.unwrap();
        assert_eq!(priya.sees("period show", &[("period", "2026-12")]).await["state"], "open");
        let wrong = priya.does("period open", json!({"from": "2026-11", "to": "2026-10"})).await.unwrap_err();
        assert_eq!(wrong.code(), "period_range");
    });
}

#[test]
fn a_closed_period_is_never_opened_again() {
    use finance::period::PeriodStep::{Close, Review, SoftClose};
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        priya.does("period open", json!({"from": "2026-09"})).await.unwrap();
        moves(&priya, "2026-09", &[Review, SoftClose, Close]).await;
        let refused = priya.does("period open", json!({"from": "2026-09"})).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Sep 2026 is closed, so it cannot be opened. That needs a period that is future."
        );
        let mut cx = priya.cx().await;
        let mut september = finance::period::load(&mut cx.tx, "2026-09").await.unwrap();
        assert!(finance::period::lock(&mut cx, &mut september).await.unwrap());
        assert!(!finance::period::lock(&mut cx, &mut september).await.unwrap());
        cx.tx.commit().await.unwrap();
        assert_eq!(priya.sees("period show", &[("period", "2026-09")]).await["locked"], true);
    });
}

#[test]
fn a_cost_centre_and_a_cost_object_can_be_renamed_and_keep_their_keys() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        priya.does("cost-centre add", json!({"key": "4100", "name": "Operations"})).await.unwrap();
        let path = [("key", "4100")];
        priya.does_to("cost-centre edit", &path, json!({"name": "Operation"}), Some(1)).await.unwrap();
        let stale =
            priya.does_to("cost-centre edit", &path, json!({"name": "Ops"}), Some(1)).await.unwrap_err();
        assert_eq!(stale.code(), "stale");
        let same =
            priya.does_to("cost-centre edit", &path, json!({"name": "Operation"}), Some(2)).await.unwrap();
        assert_eq!(same.says, "Cost centre 4100 is as it was.");
        let object = json!({"key": "LAB", "name": "The lap"});
        priya.does("object add", object.clone()).await.unwrap();
        assert_eq!(priya.does("object add", object).await.unwrap_err().code(), "invalid_input");
        let path = [("key", "LAB")];
        priya.does_to("object edit", &path, json!({"name": "The lab"}), Some(1)).await.unwrap();
        assert_eq!(priya.sees("object show", &path).await["name"], "The lab");
        let mut cx = priya.cx().await;
        let differences = history::check(&mut cx.tx, &registry::nouns()).await.unwrap();
        assert!(differences.is_empty(), "{differences:?}");
    });
}

#[test]
fn only_finance_sets_up_money_and_every_record_agrees_with_its_history() {
    story(async |house| {
        let priya = house.person("priya", &[Role::FinanceManager]).await;
        let selin = house.person("selin", &[Role::Auditor]).await;
        let pavel = house.person("pavel", &[Role::Administrator]).await;
        let pool = json!({"key": "CLOUD", "name": "Cloud", "spend": "operating", "behaviour": "variable", "purpose": "run"});
        for command in finance::COMMANDS.iter().copied().flatten() {
            let refused =
                selin.does_to(command.name, &[("key", "X"), ("number", "M-1")], json!({}), Some(1)).await;
            assert_eq!(refused.unwrap_err().code(), "not_allowed", "{}", command.name);
        }
        for reading in finance::READINGS.iter().copied().flatten() {
            let refused = pavel.reads(reading.name, &[("key", "X")]).await;
            assert_eq!(
                refused.err().map(|refused| refused.code().to_owned()).as_deref(),
                Some("not_allowed"),
                "{}",
                reading.name
            );
        }
        priya.does("pool add", pool.clone()).await.unwrap();
        assert_eq!(priya.does("pool add", pool).await.unwrap_err().code(), "pool_key_taken");
        let path = [("key", "CLOUD")];
        priya.does_to("pool edit", &path, json!({"purpose": "grow"}), Some(1)).await.unwrap();
        let stale = priya.does_to("pool edit", &path, json!({"purpose": "run"}), Some(1)).await.unwrap_err();
        assert_eq!(stale.code(), "stale");
        priya.does("cost-centre add", json!({"key": "4100", "name": "Operations"})).await.unwrap();
        let twice = priya.does("cost-centre add", json!({"key": "4100", "name": "Other"})).await.unwrap_err();
        assert_eq!(twice.code(), "cost_centre_key_taken");
        priya.does("period open", json!({"from": "2026-09"})).await.unwrap();
        let mut cx = priya.cx().await;
        let differences = history::check(&mut cx.tx, &registry::nouns()).await.unwrap();
        assert!(differences.is_empty(), "{differences:?}");
    });
}
