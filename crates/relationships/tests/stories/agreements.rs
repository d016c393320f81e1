//! Agreements: quantities by day, what a period is charged on, notice, and what is not open.

use kernel::{Quantity, Scope};
use relationships::agreement::{ActiveAgreement, active_in};
use serde_json::json;
use testkit::{TestHouse, story};

use crate::house::{history_tells_all, open, own, rows, service, takes};

async fn active(house: &TestHouse, period: &str) -> Vec<ActiveAgreement> {
    let mut tx = house.house.db.read().await.unwrap();
    active_in(&mut tx, &Scope::All, period.parse().unwrap()).await.unwrap()
}

#[test]
fn a_quantity_holds_from_its_day_and_a_past_month_keeps_its_own() {
    story(async |house| {
        let people = open(&house).await;
        let done = takes(&people.marta, "CARE", "1357", "2025-10-01").await.unwrap();
        assert_eq!(done.key, "AGR-1");
        takes(&people.marta, "SALES", "88", "2026-09-16").await.unwrap();
        let change = json!({"quantity": "1400", "from_day": "2026-09-11"});
        let path = [("number", "AGR-1")];
        people.marta.does_to("agreement change", &path, change.clone(), Some(1)).await.unwrap();
        let again = people.marta.does_to("agreement change", &path, change, Some(2)).await.unwrap();
        assert!(!again.changed);

        let september = active(&house, "2026-09").await;
        let told: Vec<_> =
            september.iter().map(|line| (line.customer_key.as_str(), line.taken.clone())).collect();
        let units = Quantity::of_units;
        assert_eq!(
            (told[0].0, told[0].1.steps.as_slice()),
            ("CARE", &[(units(1357), 10), (units(1400), 20)][..])
        );
        assert_eq!((told[0].1.at_end, told[0].1.days_in_period), (units(1400), 30));
        assert_eq!((told[1].0, told[1].1.steps.as_slice()), ("SALES", &[(units(88), 15)][..]));
        let august = active(&house, "2026-08").await;
        assert_eq!((august.len(), august[0].taken.at_end), (1, units(1357)));
        assert_eq!(active(&house, "2025-09").await, []);

        let on = async |day: &str| {
            house.at(&format!("{day}T09:00:00Z"));
            rows(&people.marta, "agreement list", &[], &["quantity", "state"]).await
        };
        assert_eq!(on("2026-08-31").await, ["1357 | active", "88 | confirmed"]);
        assert_eq!(on("2026-09-30").await, ["1400 | active", "88 | active"]);
        history_tells_all(&house).await;
    });
}

#[test]
fn a_line_ends_with_its_notice_or_with_a_reason_and_leaves_the_month_it_ends_in() {
    story(async |house| {
        let people = open(&house).await;
        let line = json!({"customer": "CARE", "offering": "DESK", "quantity": "10", "from_day": "2026-01-01",
            "notice_days": "90", "settlement": "recharge"});
        people.marta.does("agreement add", line).await.unwrap();
        let path = [("number", "AGR-1")];
        let end = async |to: &str, why: &str, version| {
            let body = json!({"to_day": to, "why": why});
            people.marta.does_to("agreement end", &path, body, Some(version)).await
        };
        // Today is 2 October 2026; ninety days later is 31 December.
        assert_eq!(end("2026-12-30", "", 1).await.unwrap_err().code(), "agreement_notice");
        assert_eq!(end("2025-12-31", "mistake", 1).await.unwrap_err().code(), "agreement_outside");
        end("2026-12-31", "", 1).await.unwrap();
        end("2026-11-15", "Both sides agree.", 2).await.unwrap();
        let november = active(&house, "2026-11").await;
        assert_eq!((november[0].taken.days(), november[0].taken.at_end), (15, Quantity::ZERO));
        assert_eq!(active(&house, "2026-12").await, []);
        let late = json!({"quantity": "12", "from_day": "2026-11-16"});
        let refused = people.marta.does_to("agreement change", &path, late, Some(3)).await.unwrap_err();
        assert_eq!(refused.code(), "agreement_outside");
        takes(&people.marta, "CARE", "5", "2026-11-16").await.unwrap();
        assert_eq!(end("2026-11-30", "longer", 3).await.unwrap_err().code(), "agreement_overlaps");
        history_tells_all(&house).await;
    });
}

#[test]
fn a_customer_has_one_line_per_offering_at_a_time_and_an_import_twice_adds_none() {
    story(async |house| {
        let people = open(&house).await;
        let imported = json!({"customer": "CARE", "offering": "DESK", "quantity": "10", "from_day": "2026-01-01",
            "source_key": "row 1"});
        assert!(people.marta.does("agreement add", imported.clone()).await.unwrap().changed);
        let change = json!({"quantity": "12", "from_day": "2026-05-01"});
        people.marta.does_to("agreement change", &[("number", "AGR-1")], change, Some(1)).await.unwrap();
        assert!(!people.marta.does("agreement add", imported.clone()).await.unwrap().changed);
        let mut other = imported;
        other["quantity"] = json!("11");
        let refused = people.marta.does("agreement add", other).await.unwrap_err();
        assert_eq!(refused.code(), "agreement_already_there");
        let refused = takes(&people.marta, "CARE", "3", "2026-06-01").await.unwrap_err();
        assert_eq!(refused.code(), "agreement_overlaps");
        assert_eq!(people.marta.lists("agreement list", &[]).await.count, 1);
    });
}

#[test]
fn a_service_that_retires_or_has_not_begun_is_closed_to_new_lines() {
    story(async |house| {
        let people = open(&house).await;
        let ending = json!({"key": "VMAIL", "name": "Voicemail", "first_day": "2010-01-01", "state": "retiring",
            "since": "2026-08-20", "last_day": "2027-03-31", "no_successor": "yes"});
        service(&people.yuki, ending, "mailbox").await;
        for (offering, from, refused) in [
            ("VMAIL", "2026-08-19", None),
            ("VMAIL", "2026-08-20", Some("service_not_open")),
            ("DESK", "2019-12-31", Some("service_not_open")),
            ("NONE", "2026-01-01", Some("invalid_input")),
        ] {
            let line = json!({"customer": "CARE", "offering": offering, "quantity": "1", "from_day": from});
            let result = people.marta.does("agreement add", line).await;
            assert_eq!(result.err().as_ref().map(|refused| refused.code()), refused, "{offering} {from}");
        }
        for wrong in [
            json!({"customer": "CARE", "offering": "DESK", "quantity": "0", "from_day": "2026-01-01"}),
            json!({"customer": "NONE", "offering": "DESK", "quantity": "1", "from_day": "2026-01-01"}),
            json!({"customer": "CARE", "offering": "DESK", "quantity": "1", "from_day": "2026-02-01",
                "to_day": "2026-01-01"}),
            json!({"customer": "CARE", "offering": "DESK", "quantity": "1", "from_day": "2026-01-01",
                "settlement": "external"}),
        ] {
            assert_eq!(
                people.marta.does("agreement add", wrong.clone()).await.unwrap_err().code(),
                "invalid_input"
            );
        }
    });
}

#[test]
fn a_manager_of_one_customer_counts_and_changes_that_one_alone() {
    story(async |house| {
        let people = open(&house).await;
        takes(&people.marta, "CARE", "10", "2026-01-01").await.unwrap();
        takes(&people.marta, "SALES", "20", "2026-01-01").await.unwrap();
        let daniel = own(&house, &people.marta, "daniel", access::Role::RelationshipManager, "CARE").await;
        assert_eq!(rows(&daniel, "agreement list", &[], &["customer"]).await, ["CARE"]);
        let services = rows(&daniel, "service list", &[], &["key", "customers"]).await;
        assert_eq!(services, ["BILL | 0", "DESK | 1"]);
        assert_eq!(
            rows(&people.marta, "service list", &[], &["key", "customers"]).await,
            ["BILL | 0", "DESK | 2"]
        );
        let shown = daniel.sees("service show", &[("key", "DESK")]).await;
        assert_eq!(shown["customers"].as_array().unwrap().len(), 1);
        let body = json!({"quantity": "1", "from_day": "2026-02-01"});
        let foreign = daniel.does_to("agreement change", &[("number", "AGR-2")], body.clone(), Some(1)).await;
        let missing = daniel.does_to("agreement change", &[("number", "AGR-9")], body, Some(1)).await;
        assert_eq!(foreign.unwrap_err().to_string(), missing.unwrap_err().to_string());
        let line =
            json!({"customer": "SALES", "offering": "DESK", "quantity": "1", "from_day": "2026-01-01"});
        assert_eq!(daniel.does("agreement add", line).await.unwrap_err().code(), "invalid_input");
        // Who may not read customers is told no number of them, not zero.
        let rafael = house.person("rafael", &[access::Role::Receiver]).await;
        assert_eq!(rows(&rafael, "service list", &[], &["key", "customers"]).await, ["BILL | ", "DESK | "]);
    });
}

#[test]
fn a_service_that_customers_still_take_is_not_retired() {
    story(async |house| {
        let people = open(&house).await;
        takes(&people.marta, "CARE", "10", "2026-01-01").await.unwrap();
        takes(&people.marta, "SALES", "20", "2026-01-01").await.unwrap();
        let edit = async |body, version| {
            people.yuki.does_to("service edit", &[("key", "DESK")], body, Some(version)).await
        };
        let retiring = json!({"state": "retiring", "since": "2026-09-01", "last_day": "2026-09-30"});
        edit(retiring, 1).await.unwrap();
        let end = async |number: &str| {
            let ended = json!({"to_day": "2026-09-30", "why": "Retired"});
            people.marta.does_to("agreement end", &[("number", number)], ended, Some(1)).await.unwrap();
        };
        end("AGR-2").await;
        let refused = edit(json!({"state": "retired"}), 2).await.unwrap_err();
        assert_eq!(refused.code(), "service_still_taken");
        assert!(refused.to_string().contains("(AGR-1)"), "{refused}");
        end("AGR-1").await;
        edit(json!({"state": "retired"}), 2).await.unwrap();
        history_tells_all(&house).await;
    });
}
