//! Promises: frozen when added, measured where the ledger does not say it, judged by the rule.

use access::Role;
use serde_json::{Value, json};
use testkit::Person;

use crate::house::{
    does, does_at, history_tells_all, lists_by, owner_of, rows, sees, takes_over, try_sees, words, yuki,
};

async fn promises(who: &Person, promise: Value) -> String {
    does(who, "promise add", &[("key", "4G")], promise).await.unwrap().key
}

async fn measures(who: &Person, number: &str, about: &str, value: &str, basis: &str) {
    let measured = json!({"about": about, "value": value, "basis": basis, "source": "report"});
    does(who, "promise measure", &[("number", number)], measured).await.unwrap();
}

#[test]
fn the_list_judges_every_promise_as_the_rule_does() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "4G", "4G Mobile Internet").await;
        let date = |name: &str, day: &str| json!({"name": name, "measure": "date", "promised": day});
        let level = |due: &str| {
            json!({"name": "Availability", "measure": "service level", "due": due, "promised": "99.5", "unit": "%",
                "watch": "0.1", "off_track": "0.5"})
        };
        // Today is 2 October 2026.
        for (promise, measured, judged) in [
            (date("Launch", "2027-01-31"), Some(("2026-10-01", "2027-03-31", "expected")), "watch"),
            (date("Radio test", "2026-09-20"), Some(("2026-10-01", "2026-10-10", "expected")), "watch"),
            (date("Core test", "2026-08-20"), Some(("2026-09-25", "2026-09-25", "actual")), "broken"),
            (date("Capital", "2026-08-20"), Some(("2026-09-10", "2026-09-10", "actual")), "kept"),
            (date("Coast", "2026-08-20"), None, "not due"),
            (level("2026-09"), Some(("2026-09", "99.5", "actual")), "kept"),
            (level("2026-09"), Some(("2026-09", "99.3", "actual")), "broken"),
            (level("monthly from 2026-07"), Some(("2026-08", "99.3", "actual")), "broken"),
            (level("FY27"), Some(("2026-10", "98.9", "actual")), "off track"),
            (level("FY27"), Some(("2026-10", "99.3", "actual")), "watch"),
        ] {
            let number = promises(&yuki, promise.clone()).await;
            if let Some((about, value, basis)) = measured {
                measures(&yuki, &number, about, value, basis).await;
            }
            let shown = sees(&yuki, "promise show", &[("number", &number)]).await;
            assert_eq!(shown["judged"], judged, "{promise} {measured:?}");
            let listed = rows(&yuki, "promise list", &[], &["number", "judged"]).await;
            assert!(listed.contains(&format!("{number} | {judged}")), "{promise}: {listed:?}");
        }
        history_tells_all(&house).await;
    });
}

#[test]
fn every_month_of_a_monthly_promise_is_judged_by_itself_and_the_latest_is_now() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "4G", "4G").await;
        let promise = json!({"name": "Availability", "measure": "service level", "due": "monthly from 2026-07",
            "promised": "99.5", "unit": "%", "watch": "0.1", "off_track": "0.5"});
        let number = promises(&yuki, promise).await;
        for (month, value) in [("2026-08", "98.0"), ("2026-07", "99.6"), ("2026-09", "99.5")] {
            measures(&yuki, &number, month, value, "actual").await;
        }
        let shown = sees(&yuki, "promise show", &[("number", &number)]).await;
        let judged: Vec<_> =
            shown["measured"].as_array().unwrap().iter().map(|row| row["judged"].clone()).collect();
        assert_eq!(judged, ["kept", "broken", "kept"]);
        assert_eq!((shown["now"].as_str(), shown["judged"].as_str()), (Some("99.5"), Some("kept")));
        let wrong = json!({"about": "2026-06", "value": "99", "source": "report"});
        let refused = does(&yuki, "promise measure", &[("number", &number)], wrong).await.unwrap_err();
        assert_eq!(refused.code(), "invalid_input");
        // A corrected month takes the place of what was entered.
        measures(&yuki, &number, "2026-08", "99.5", "actual").await;
        let shown = sees(&yuki, "promise show", &[("number", &number)]).await;
        assert_eq!(shown["measured"].as_array().unwrap().len(), 3);
        history_tells_all(&house).await;
    });
}

#[test]
fn the_list_ranks_projects_by_slip() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "4G", "4G").await;
        for (name, day, came) in [
            ("Early", "2026-03-31", "2026-03-30"),
            ("Late", "2026-01-31", "2026-08-31"),
            ("Hardly", "2026-05-31", "2026-06-01"),
        ] {
            let number = promises(&yuki, json!({"name": name, "measure": "date", "promised": day})).await;
            measures(&yuki, &number, came, came, "actual").await;
        }
        let ranked = lists_by(&yuki, "promise list", &[], "slip_days").await;
        assert_eq!(words(&ranked, &["name", "slip_days"]), ["Late | 212", "Hardly | 1", "Early | -1"]);
    });
}

#[test]
fn a_promise_is_frozen_and_the_ledger_measures_the_cost_ones() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "4G", "4G").await;
        let promise = |value: &str| json!({"name": "Yearly cost", "measure": "yearly cost", "due": "FY26", "promised": value, "source_key": "p1"});
        let number = promises(&yuki, promise("7000000.00")).await;
        let again = does(&yuki, "promise add", &[("key", "4G")], promise("7000000.00")).await.unwrap();
        assert_eq!((again.changed, again.key.as_str()), (false, number.as_str()));
        let other = does(&yuki, "promise add", &[("key", "4G")], promise("9000000.00")).await.unwrap_err();
        assert_eq!(other.code(), "promise_frozen");
        let measured = json!({"value": "7154000", "source": "me"});
        let refused = does(&yuki, "promise measure", &[("number", &number)], measured).await.unwrap_err();
        assert_eq!(refused.code(), "promise_from_ledger");
        let columns = ["due_on", "promised", "currency", "judged", "source"];
        let listed = rows(&yuki, "promise list", &[], &columns).await;
        assert_eq!(listed, ["2026-09-30 | 7000000.00 | EUR |  | cost of service"]);
        let mut tx = house.house.db.read().await.unwrap();
        let active = portfolio::promise::active(&mut tx).await.unwrap();
        assert_eq!(active.iter().map(|promise| promise.number.as_str()).collect::<Vec<_>>(), [number]);
    });
}

#[test]
fn who_is_judged_by_a_promise_does_not_withdraw_it_and_others_money_stays_unseen() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        let tomas = house.person("tomas", &[Role::PortfolioManager]).await;
        takes_over(&yuki, "4G", "4G").await;
        takes_over(&yuki, "3G", "3G").await;
        does_at(&yuki, "service edit", &[("key", "4G")], json!({"owner": "yuki"}), Some(1)).await.unwrap();
        let number =
            promises(&yuki, json!({"name": "Launch", "measure": "date", "promised": "2027-01-31"})).await;
        let path = [("number", number.as_str())];
        let why = json!({"why": "Typed the wrong year."});
        assert_eq!(
            does(&yuki, "promise withdraw", &path, why.clone()).await.unwrap_err().code(),
            "same_person"
        );
        let rafael = owner_of(&house, &yuki, "rafael", "3G").await;
        assert_eq!(rows(&rafael, "promise list", &[], &["number"]).await, [""; 0]);
        let foreign = try_sees(&rafael, "promise show", &path).await.unwrap_err();
        let missing = try_sees(&rafael, "promise show", &[("number", "PRM-99")]).await.unwrap_err();
        assert_eq!(foreign.to_string(), missing.to_string());
        assert_eq!(sees(&rafael, "service show", &[("key", "4G")]).await["promises"], Value::Null);
        assert_eq!(
            does(&rafael, "promise withdraw", &path, why.clone()).await.unwrap_err().code(),
            "not_allowed"
        );
        does(&tomas, "promise withdraw", &path, why).await.unwrap();
        assert_eq!(rows(&yuki, "promise list", &[], &["number", "judged"]).await, ["PRM-1 | withdrawn"]);
        let measured = json!({"value": "2026-10-01", "source": "me"});
        assert_eq!(
            does(&yuki, "promise measure", &path, measured).await.unwrap_err().code(),
            "promise_withdrawn"
        );
        history_tells_all(&house).await;
    });
}

#[test]
fn what_cannot_be_promised_is_refused_with_its_field() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "4G", "4G").await;
        for (promise, field) in [
            (json!({"name": "x", "measure": "joy", "promised": "1"}), "measure"),
            (json!({"name": "x", "measure": "yearly cost", "due": "2026-09", "promised": "1"}), "due"),
            (json!({"name": "x", "measure": "unit cost", "promised": "1"}), "due"),
            (json!({"name": "x", "measure": "date", "due": "2027-02-01", "promised": "2027-01-31"}), "due"),
            (json!({"name": "x", "measure": "date", "promised": "soon"}), "promised"),
            (
                json!({"name": "x", "measure": "service level", "due": "FY26", "promised": "1", "direction": "date"}),
                "direction",
            ),
            (
                json!({"name": "x", "measure": "unit cost", "due": "FY26", "promised": "1", "watch": "5",
                "off_track": "2"}),
                "off_track",
            ),
        ] {
            let refused = does(&yuki, "promise add", &[("key", "4G")], promise.clone()).await.unwrap_err();
            let kernel::Refused::Refusal(refusal) = refused else { panic!("{promise}: a fault") };
            assert_eq!(refusal.fields[0].field, field, "{promise}");
        }
    });
}
