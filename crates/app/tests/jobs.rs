//! Commands done later, on both engines: once, whatever happens to the process that does them, and with
//! what their asker may do when they are done.

use std::collections::BTreeSet;

use access::{Done, GrantScope, Role, history};
use app::{House, Request, jobs, registry};
use kernel::Refused;
use kernel::listing::Value as Cell;
use serde_json::{Value, json};
use testkit::{Person, TestHouse, story};

/// Asks for a command to be done later; the id of the job.
async fn asks(who: &Person, name: &str, body: Value) -> String {
    asked(who, name, body, name).await.unwrap().key
}

async fn asked(who: &Person, name: &str, body: Value, key: &str) -> Result<Done, Refused> {
    let command = registry::command(name).unwrap();
    let request = Request { body, key: Some(key.into()), ..Request::default() };
    app::later(&who.house.house, command, who.who().await, request, None).await
}

async fn shown(who: &Person, job: &str) -> Value {
    who.sees("job show", &[("id", job)]).await
}

fn care() -> Value {
    json!({"key": "CARE", "name": "Customer Care", "kind": "unit"})
}

async fn all_is_as_told(house: &House) {
    let mut tx = house.db.read().await.unwrap();
    assert!(history::verify(&mut tx, None).await.unwrap().is_ok());
    assert_eq!(history::check(&mut tx, &registry::nouns()).await.unwrap(), []);
}

async fn count(house: &House, sql: &str) -> i64 {
    let mut tx = house.db.read().await.unwrap();
    tx.query(sql).row().await.unwrap().unwrap().get("n").unwrap()
}

#[test]
fn a_job_is_done_once_in_its_askers_name_and_keeps_the_commands_answer() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let job = asks(&marta, "customer add", care()).await;
        assert_eq!(asks(&marta, "customer add", care()).await, job, "the same key is the same job");
        let waiting = shown(&marta, &job).await;
        assert_eq!((&waiting["state"], &waiting["label"]), (&json!("asked"), &json!("Add a customer")));
        assert_eq!(marta.lists("customer list", &[]).await.count, 0, "nothing is done yet");

        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 1);
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 0);
        let done = shown(&marta, &job).await;
        assert_eq!(done["state"], "done");
        assert_eq!((&done["location"], &done["done"]["key"]), (&json!("/customers/CARE"), &json!("CARE")));
        let selin = house.person("selin", &[Role::Auditor]).await;
        let told = selin.lists("history list", &[]).await;
        let of = |noun: &str| -> Vec<String> {
            let rows = told.rows.iter().filter(|row| told.value(row, "noun") == Some(&Cell::from(noun)));
            rows.map(|row| {
                let said = |key: &str| told.value(row, key).unwrap().plain();
                format!("{} by {}, {}", said("action"), said("person"), said("via"))
            })
            .collect()
        };
        assert_eq!(of("customer"), ["added by MARTA, session"]);
        assert_eq!(of("job"), ["done by MARTA, session", "asked for by MARTA, session"]);
        let left = "select (select count(*) from app_job_runs) + (select count(*) from app_job_work) as n";
        assert_eq!(count(&house.house, left).await, 0, "what it was given is gone");
        all_is_as_told(&house.house).await;
    });
}

#[test]
fn one_key_is_one_request_whether_it_is_done_now_or_later() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let command = registry::command("customer add").unwrap();
        let request = || Request { body: care(), key: Some("one".into()), ..Request::default() };
        let later = asked(&marta, "customer add", care(), "one").await.unwrap();
        let now = app::run(&house.house, command, marta.who().await, request()).await.unwrap();
        assert_eq!(now, later, "whoever asks again is told of the job");
        let other = asked(&marta, "customer add", json!({"key": "X"}), "one").await.unwrap_err();
        assert_eq!(other.code(), "idempotency_key_reused");
        let without = Request { key: None, ..request() };
        let without = app::later(&house.house, command, marta.who().await, without, None).await.unwrap_err();
        assert_eq!(without.code(), "idempotency_key_needed");
        let selin = house.person("selin", &[Role::Auditor]).await;
        let may_not = asked(&selin, "customer add", care(), "two").await.unwrap_err();
        assert_eq!(may_not.code(), "not_allowed", "what may not be done may not be asked for");
        jobs::run_all(&house.house).await.unwrap();
        assert_eq!(marta.lists("customer list", &[]).await.count, 1);
    });
}

#[test]
fn a_refusal_is_kept_with_its_way_out_and_leaves_nothing_else() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        marta.does("customer add", care()).await.unwrap();
        let taken = asks(&marta, "customer add", care()).await;
        let wrong = asked(&marta, "customer add", json!({"key": "c", "name": "", "kind": "x"}), "w").await;
        let wrong = wrong.unwrap().key;
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 2);
        let told = shown(&marta, &taken).await;
        assert_eq!((&told["state"], &told["code"]), (&json!("refused"), &json!("customer_key_taken")));
        assert!(
            told["says"].as_str().unwrap().contains("CARE") && told["way_out"].as_str().unwrap().len() > 5
        );
        let told = shown(&marta, &wrong).await;
        let fields: Vec<&str> =
            told["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect();
        assert!(fields.contains(&"name"), "{told}");
        assert_eq!(marta.lists("customer list", &[]).await.count, 1);
        all_is_as_told(&house.house).await;
    });
}

#[test]
fn it_is_done_with_what_its_asker_may_do_then_not_when_they_asked() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let shut_out = asks(&marta, "customer add", care()).await;
        let at = [("username", "marta")];
        let version = adam.sees("user show", &at).await["version"].as_i64();
        adam.does_to("user disable", &at, json!({"why": "Left"}), version).await.unwrap();

        let nora = house.person("nora", &[Role::RelationshipManager]).await;
        let ungranted = asks(&nora, "customer add", care()).await;
        let roles = adam.sees("user show", &[("username", "nora")]).await;
        let grant = roles["grants"][0]["id"].as_str().unwrap().to_owned();
        adam.does_to("grant end", &[("id", &grant)], json!({"why": "Moved"}), None).await.unwrap();

        jobs::run_all(&house.house).await.unwrap();
        let codes =
            [shown(&adam, &shut_out).await["code"].clone(), shown(&adam, &ungranted).await["code"].clone()];
        assert_eq!(codes, ["job_asker_gone", "not_allowed"]);
        assert_eq!(count(&house.house, "select count(*) as n from relationships_customers").await, 0);
    });
}

#[test]
fn a_token_must_still_be_good_when_the_job_is_done() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let input = json!({"name": "Script", "days": "30", "may": "all"});
        let token = marta.does("token add", input).await.unwrap();
        let command = registry::command("customer add").unwrap();
        let request = Request { body: care(), key: Some("k".into()), ..Request::default() };
        let id = kernel::TokenId::parse(&token.key);
        let job = app::later(&house.house, command, marta.who().await, request, id).await.unwrap().key;
        marta.does_to("token revoke", &[("id", &token.key)], json!({}), None).await.unwrap();
        jobs::run_all(&house.house).await.unwrap();
        let told = shown(&marta, &job).await;
        assert_eq!(told["code"], "job_asker_gone");
        assert!(told["says"].as_str().unwrap().contains("token"), "{told}");
    });
}

#[test]
fn a_job_whose_process_died_is_taken_up_after_its_lease_and_given_up_after_the_third() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let job = asks(&marta, "customer add", care()).await;
        assert!(jobs::claim_and_die(&house.house).await.unwrap());
        assert_eq!(shown(&marta, &job).await["state"], "running");
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 0, "its lease still holds");
        house.at("2026-10-02T09:31:01Z");
        assert_eq!(shown(&marta, &job).await["state"], "asked", "the lease has ended");
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 1, "another process takes over");
        assert_eq!(marta.lists("customer list", &[]).await.count, 1);

        let deadly =
            asked(&marta, "customer add", json!({"key": "X", "name": "X", "kind": "unit"}), "x").await;
        let deadly = deadly.unwrap().key;
        for minute in [33, 35, 37] {
            house.at(&format!("2026-10-02T09:{minute}:00Z"));
            assert!(jobs::claim_and_die(&house.house).await.unwrap());
        }
        house.at("2026-10-02T09:39:00Z");
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 0, "it is not begun a fourth time");
        let told = shown(&marta, &deadly).await;
        let reference = told["code"].as_str().unwrap();
        assert_eq!(told["state"], "failed");
        assert!(
            reference.starts_with("J-") && told["way_out"].as_str().unwrap().contains(reference),
            "{told}"
        );
        assert_eq!(marta.lists("customer list", &[]).await.count, 1);
        all_is_as_told(&house.house).await;
    });
}

#[test]
fn a_job_is_called_off_while_it_waits_and_not_while_it_runs() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let job = asks(&marta, "customer add", care()).await;
        let at = [("id", job.as_str())];
        assert!(jobs::claim_and_die(&house.house).await.unwrap());
        let runs = marta.does_to("job cancel", &at, json!({}), None).await.unwrap_err();
        assert_eq!(runs.code(), "job_running");
        house.at("2026-10-02T09:32:00Z");
        let done = marta.does_to("job cancel", &at, json!({}), None).await.unwrap();
        assert!(done.changed);
        assert!(!marta.does_to("job cancel", &at, json!({}), None).await.unwrap().changed);
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 0);
        assert_eq!(shown(&marta, &job).await["state"], "cancelled");
        assert_eq!(marta.lists("customer list", &[]).await.count, 0);
        let other = asked(&marta, "customer add", care(), "again").await.unwrap().key;
        jobs::run_all(&house.house).await.unwrap();
        let ended = marta.does_to("job cancel", &[("id", &other)], json!({}), None).await.unwrap_err();
        assert_eq!(ended.code(), "job_ended");
        all_is_as_told(&house.house).await;
    });
}

#[test]
fn everybody_sees_their_own_jobs_an_administrator_all_and_nobody_anothers_answer() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        let nora = house.person("nora", &[Role::RelationshipManager]).await;
        let job = asks(&marta, "customer add", care()).await;
        jobs::run_all(&house.house).await.unwrap();
        let hidden = nora.reads("job show", &[("id", &job)]).await.err().unwrap();
        let missing = nora.reads("job show", &[("id", "none")]).await.err().unwrap();
        assert_eq!((hidden.code(), hidden.to_string()), (missing.code(), missing.to_string()));
        let cancel = nora.does_to("job cancel", &[("id", &job)], json!({}), None).await.unwrap_err();
        assert_eq!(cancel.code(), "not_found");
        assert_eq!(nora.lists("job list", &[]).await.count, 0);
        assert_eq!(marta.lists("job list", &[]).await.count, 1);
        assert_eq!(adam.lists("job list", &[]).await.count, 1);
        let seen = shown(&adam, &job).await;
        assert_eq!((&seen["state"], &seen["asked_by"]), (&json!("done"), &json!("MARTA")));
        let told: BTreeSet<&str> = seen.as_object().unwrap().keys().map(String::as_str).collect();
        for secret in ["says", "done", "location", "label", "fields"] {
            assert!(!told.contains(secret), "{secret} is told of another's job: {seen}");
        }
    });
}

#[test]
fn two_houses_on_one_database_do_twenty_jobs_once_each() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        for n in 0..20 {
            let body = json!({"key": format!("C{n}"), "name": "C", "kind": "unit"});
            asked(&marta, "customer add", body, &format!("key {n}")).await.unwrap();
        }
        let both = [house.house.clone(), second(&house)].map(|house| {
            tokio::spawn(async move {
                let mut done = 0;
                loop {
                    // Where the other is faster with a job, this one looks again.
                    match jobs::run_all(&house).await.unwrap() {
                        0 => return done,
                        n => done += n,
                    }
                }
            })
        });
        let mut done = 0;
        for house in both {
            done += house.await.unwrap();
        }
        assert_eq!(done, 20);
        assert_eq!(marta.lists("customer list", &[]).await.count, 20);
        let events = "select count(*) as n from access_history where noun = 'job' and action = 'done'";
        assert_eq!(count(&house.house, events).await, 20);
        all_is_as_told(&house.house).await;
    });
}

/// The same database as another process has it.
fn second(house: &TestHouse) -> House {
    let chance = std::sync::Arc::new(kernel::SeededChance::new(2));
    house.house.clone().with(house.clock.clone(), chance)
}

#[test]
fn what_is_due_is_asked_for_once_and_done_by_quarterdeck_itself() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let other = second(&house);
        let (one, two) =
            tokio::join!(jobs::ask_for_what_is_due(&house.house), jobs::ask_for_what_is_due(&other));
        assert_eq!(one.unwrap() + two.unwrap(), jobs::SCHEDULES.len());
        assert_eq!(jobs::ask_for_what_is_due(&other).await.unwrap(), 0, "the same day again");
        assert_eq!(jobs::run_all(&house.house).await.unwrap(), 2);
        let listed = adam.lists("job list", &[]).await;
        let of = |key: &str| -> Vec<String> {
            listed.rows.iter().map(|row| listed.value(row, key).unwrap().plain()).collect()
        };
        assert_eq!(of("state"), ["done", "done"]);
        assert_eq!(of("person"), ["Quarterdeck", "Quarterdeck"]);
        // Off for a week: the days missed are made up for by one run, and the month's end was not in it.
        house.at("2026-10-09T00:00:00Z");
        assert_eq!(jobs::ask_for_what_is_due(&house.house).await.unwrap(), 1);
        house.at("2026-10-31T00:00:00Z");
        assert_eq!(jobs::ask_for_what_is_due(&house.house).await.unwrap(), 2);
        jobs::run_all(&house.house).await.unwrap();
        all_is_as_told(&house.house).await;
    });
}

#[test]
fn what_expired_is_removed_by_schedule_and_told_with_how_much_it_was() {
    story(async |house| {
        let marta = house.person("marta", &[Role::RelationshipManager]).await;
        asks(&marta, "customer add", care()).await;
        jobs::run_all(&house.house).await.unwrap();
        let mut cx = marta.cx().await;
        let (now, chance) = (cx.now, cx.chance.clone());
        access::session::open(&mut cx.tx, marta.id, now, chance.as_ref()).await.unwrap();
        cx.tx.commit().await.unwrap();
        for (day, sessions, retries) in [("2026-10-30T09:00:00Z", 0, 2), ("2026-12-01T09:00:00Z", 0, 0)] {
            house.at(day);
            jobs::ask_for_what_is_due(&house.house).await.unwrap();
            jobs::run_all(&house.house).await.unwrap();
            let kept = "select count(*) as n from access_idempotency where claimed_at < '2026-10-03'";
            assert_eq!(
                count(&house.house, "select count(*) as n from access_sessions").await,
                sessions,
                "{day}"
            );
            assert_eq!(count(&house.house, kept).await, retries, "{day}");
        }
        let selin = house.person_for("selin", &[(Role::Auditor, GrantScope::Organisation)]).await;
        let told = selin.lists("history list", &[]).await;
        let removed = told.rows.iter().filter(|row| told.value(row, "noun") == Some(&Cell::from("clearing")));
        let by: Vec<String> = removed
            .map(|row| {
                let said = |key: &str| told.value(row, key).unwrap().plain();
                format!("{} by {}, {}", said("action"), said("person"), said("via"))
            })
            .collect();
        assert_eq!(by, ["removed by Quarterdeck, schedule", "removed by Quarterdeck, schedule"]);
        all_is_as_told(&house.house).await;
    });
}
