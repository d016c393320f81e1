//! Take-overs: what suffices, what is missing, who may, what a past day shows.

use access::Role;
use serde_json::json;

use crate::house::{does, does_at, history_tells_all, owner_of, rows, sees, takes_over, try_sees, yuki};

#[test]
fn key_and_name_suffice_and_what_the_guard_asks_is_listed_until_it_is_answered() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        house.person("rafael", &[Role::ServiceOwner]).await;
        house.person("daniel", &[Role::RelationshipManager]).await;
        takes_over(&yuki, "CARE", "Customer Care Desktop").await;
        let care = [("key", "CARE")];
        let service = sees(&yuki, "service show", &care).await;
        assert_eq!(
            (service["state"].as_str(), service["complete"].as_bool()),
            (Some("operational"), Some(false))
        );
        assert_eq!(service["missing"].as_array().unwrap().len(), 4);

        let people = json!({"owner": "rafael", "relationship_manager": "daniel", "kind": "supporting"});
        does_at(&yuki, "service edit", &care, people, Some(1)).await.unwrap();
        let offering = json!({"service": "CARE", "unit": "seat", "charging": "at cost"});
        does(&yuki, "offering add", &[], offering).await.unwrap();
        let still = sees(&yuki, "service show", &care).await;
        assert_eq!(still["missing"], json!(["a promise it will be judged by"]));
        let target =
            json!({"measure": "Availability", "level": "99.5 %, 07:00–22:00", "unit": "%", "value": "99.5"});
        does(&yuki, "target set", &care, target).await.unwrap();
        let columns = ["key", "state", "kind", "owner", "complete", "offerings", "missing"];
        let listed = rows(&yuki, "service list", &[], &columns).await;
        assert_eq!(listed, ["CARE | operational | supporting | RAFAEL | yes | 1 | "]);

        does(&yuki, "target remove", &care, json!({"measure": "availability"})).await.unwrap();
        assert_eq!(sees(&yuki, "service show", &care).await["complete"], json!(false));
        history_tells_all(&house).await;
    });
}

#[test]
fn a_retiring_service_needs_a_successor_or_none_and_a_last_day() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "4G", "4G Mobile Internet").await;
        let ending = json!({"key": "3G", "name": "3G Mobile Internet", "state": "retiring", "first_day": "2009-03-01",
            "since": "2026-09-01", "owner": "yuki", "relationship_manager": "yuki"});
        does(&yuki, "service take-over", &[], ending).await.unwrap();
        let missing = async || sees(&yuki, "service show", &[("key", "3G")]).await["missing"].clone();
        assert_eq!(
            missing().await.as_array().unwrap()[2..],
            [json!("a successor, or “none”"), json!("a last day")]
        );
        does_at(&yuki, "service edit", &[("key", "3G")], json!({"last_day": "2030-09-30"}), Some(1))
            .await
            .unwrap();
        let replaces = json!({"kind": "replaces", "other": "3G"});
        let done = does(&yuki, "service relate", &[("key", "4G")], replaces).await.unwrap();
        assert_eq!(missing().await.as_array().unwrap().len(), 2);
        let relation = done.body["relation"].as_str().unwrap();
        does(&yuki, "service unrelate", &[("id", relation)], json!({})).await.unwrap();
        assert_eq!(missing().await.as_array().unwrap().len(), 3);
        does_at(&yuki, "service edit", &[("key", "3G")], json!({"no_successor": "yes"}), Some(2))
            .await
            .unwrap();
        assert_eq!(missing().await.as_array().unwrap().len(), 2);
        history_tells_all(&house).await;
    });
}

#[test]
fn the_same_take_over_twice_changes_nothing_and_another_of_its_key_is_refused() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        let input = json!({"key": "VMAIL", "name": "Voicemail", "state": "retiring", "last_day": "2027-03-31",
            "source": "service list 2026", "source_key": "17"});
        assert!(does(&yuki, "service take-over", &[], input.clone()).await.unwrap().changed);
        house.at("2026-10-05T09:30:00Z");
        assert!(!does(&yuki, "service take-over", &[], input).await.unwrap().changed);
        let other = json!({"key": "VMAIL", "name": "Voicemail & Messaging"});
        let refused = does(&yuki, "service take-over", &[], other).await.unwrap_err();
        assert_eq!(refused.code(), "service_key_taken");
        for wrong in [
            json!({"key": "vmail", "name": ""}),
            json!({"key": "X1", "name": "X", "owner": "nobody.here"}),
            json!({"key": "X1", "name": "X", "state": "live"}),
            json!({"key": "X1", "name": "X", "first_day": "2026-10-01", "last_day": "2026-09-30"}),
            json!({"key": "X1", "name": "X", "state": "retired", "last_day": "2027-01-01"}),
            json!({"key": "X1", "name": "X", "approved_by": "tomas"}),
        ] {
            let refused = does(&yuki, "service take-over", &[], wrong.clone()).await.unwrap_err();
            assert_eq!(refused.code(), "invalid_input", "{wrong}");
        }
        assert_eq!(rows(&yuki, "service list", &[], &["key"]).await, ["VMAIL"]);
    });
}

#[test]
fn each_day_shows_the_services_and_states_of_that_day() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        for service in [
            json!({"key": "WAP", "name": "WAP Portal", "state": "retired", "first_day": "2001-05-01",
                "last_day": "2025-02-28"}),
            json!({"key": "SELF", "name": "Self-care", "first_day": "2024-11-15"}),
            json!({"key": "VMAIL", "name": "Voicemail", "state": "retiring", "since": "2026-08-20"}),
        ] {
            does(&yuki, "service take-over", &[], service).await.unwrap();
        }
        let on = async |day: &str| {
            house.at(&format!("{day}T09:00:00Z"));
            rows(&yuki, "service list", &[], &["key", "state"]).await
        };
        assert_eq!(on("2024-10-31").await, ["VMAIL | operational", "WAP | operational"]);
        assert_eq!(
            on("2025-02-28").await,
            ["SELF | operational", "VMAIL | operational", "WAP | operational"]
        );
        assert_eq!(on("2025-03-01").await, ["SELF | operational", "VMAIL | operational", "WAP | retired"]);
        assert_eq!(on("2026-08-20").await, ["SELF | operational", "VMAIL | retiring", "WAP | retired"]);
        house.at("2024-11-14T09:00:00Z");
        let unborn = try_sees(&yuki, "service show", &[("key", "SELF")]).await;
        assert_eq!(unborn.unwrap_err().code(), "not_found");
    });
}

/// `faults.md`, "Two people edit one record".
#[test]
fn the_second_of_two_who_edit_one_service_is_told_and_nothing_is_lost() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        let rafael = house.person("rafael", &[Role::PortfolioManager]).await;
        takes_over(&yuki, "4G", "4G Mobile Internet").await;
        let four = [("key", "4G")];
        does_at(&rafael, "service edit", &four, json!({"owner": "rafael"}), Some(1)).await.unwrap();
        let stale = does_at(&yuki, "service edit", &four, json!({"name": "4G"}), Some(1)).await.unwrap_err();
        let blind = does_at(&yuki, "service edit", &four, json!({"name": "4G"}), None).await.unwrap_err();
        assert_eq!((stale.code(), blind.code()), ("stale", "version_needed"));
        let service = sees(&yuki, "service show", &four).await;
        assert_eq!(
            (service["name"].as_str(), service["version"].as_i64()),
            (Some("4G Mobile Internet"), Some(2))
        );
        let again = does_at(&yuki, "service edit", &four, json!({"name": "4G"}), Some(2)).await.unwrap();
        assert_eq!(again.version, Some(3));
        assert_eq!(sees(&yuki, "service show", &four).await["owner"]["username"], "rafael");
    });
}

#[test]
fn an_owner_edits_their_own_service_alone_and_never_its_state() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "CARE", "Care").await;
        takes_over(&yuki, "BILL", "Billing").await;
        let rafael = owner_of(&house, &yuki, "rafael", "CARE").await;
        let (own, other) = ([("key", "CARE")], [("key", "BILL")]);
        does_at(&rafael, "service edit", &own, json!({"for_whom": "agents"}), Some(1)).await.unwrap();
        let refused = [
            does_at(&rafael, "service edit", &other, json!({"for_whom": "all"}), Some(1)).await,
            does_at(&rafael, "service edit", &own, json!({"state": "retiring"}), Some(2)).await,
            does(&rafael, "service take-over", &[], json!({"key": "NEW", "name": "New"})).await,
            does(&rafael, "service relate", &other, json!({"kind": "enables", "other": "CARE"})).await,
            does(&rafael, "offering add", &[], json!({"service": "BILL", "unit": "u", "charging": "fixed"}))
                .await,
        ];
        for result in refused {
            assert_eq!(result.unwrap_err().code(), "not_allowed");
        }
        let ended = json!({"state": "retiring", "since": "2026-09-01"});
        does_at(&yuki, "service edit", &own, ended, Some(2)).await.unwrap();
        assert_eq!(sees(&yuki, "service show", &own).await["state"], "retiring");
    });
}

#[test]
fn nothing_replaces_itself_not_even_through_others() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        for key in ["2G", "3G", "4G"] {
            takes_over(&yuki, key, key).await;
        }
        let relate = async |key: &str, kind: &str, other: &str| {
            does(&yuki, "service relate", &[("key", key)], json!({"kind": kind, "other": other})).await
        };
        relate("4G", "replaces", "3G").await.unwrap();
        relate("3G", "replaces", "2G").await.unwrap();
        assert!(!relate("3G", "replaces", "2G").await.unwrap().changed);
        assert_eq!(relate("2G", "replaces", "4G").await.unwrap_err().code(), "service_replaces_itself");
        assert_eq!(relate("4G", "replaces", "4G").await.unwrap_err().code(), "invalid_input");
        relate("3G", "depends on", "4G").await.unwrap();
        relate("4G", "depends on", "3G").await.unwrap();
        let shown = sees(&yuki, "service show", &[("key", "3G")]).await;
        let said: Vec<String> = (shown["relations"].as_array().unwrap().iter())
            .map(|relation| {
                format!("{} {}", relation["is"].as_str().unwrap(), relation["key"].as_str().unwrap())
            })
            .collect();
        assert_eq!(said, ["depends on 4G", "needed by 4G", "replaces 2G", "replaced by 4G"]);
        history_tells_all(&house).await;
    });
}

#[test]
fn a_service_is_retiring_before_it_is_retired_and_nothing_may_depend_on_it() {
    testkit::story(async |house| {
        let yuki = yuki(&house).await;
        takes_over(&yuki, "M2M", "Machine Connectivity").await;
        let three = json!({"key": "3G", "name": "3G", "first_day": "2009-03-01"});
        does(&yuki, "service take-over", &[], three).await.unwrap();
        let depends = json!({"kind": "depends on", "other": "3G"});
        let done = does(&yuki, "service relate", &[("key", "M2M")], depends).await.unwrap();
        let edit =
            async |body, version| does_at(&yuki, "service edit", &[("key", "3G")], body, Some(version)).await;
        let retired = json!({"state": "retired", "last_day": "2026-09-30"});
        assert_eq!(edit(retired.clone(), 1).await.unwrap_err().code(), "service_not_retiring");
        let retiring = json!({"state": "retiring", "since": "2026-09-01", "last_day": "2026-09-30"});
        edit(retiring, 1).await.unwrap();
        assert_eq!(edit(retired.clone(), 2).await.unwrap_err().code(), "service_still_needed");
        let relation = done.body["relation"].as_str().unwrap();
        does(&yuki, "service unrelate", &[("id", relation)], json!({})).await.unwrap();
        // Ended today, so it holds today: the service is free of it from tomorrow on.
        house.at("2026-10-03T09:30:00Z");
        let later = json!({"state": "retired", "since": "2026-10-03"});
        edit(later, 2).await.unwrap();
        let states = sees(&yuki, "service show", &[("key", "3G")]).await["states"].clone();
        let days = [("operational", "2009-03-01"), ("retiring", "2026-09-01"), ("retired", "2026-10-03")];
        let told = days.map(|(state, day)| json!({"state": state, "from_day": day}));
        assert_eq!(states, json!(told));
        // Mended afterwards, it is still retired and was retiring before.
        edit(json!({"for_whom": "nobody any more"}), 3).await.unwrap();
        assert_eq!(sees(&yuki, "service show", &[("key", "3G")]).await["states"], json!(told));
        history_tells_all(&house).await;
    });
}
