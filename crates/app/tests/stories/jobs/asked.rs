//! A job is asked for, done or refused, in its asker's name, and told of to nobody else.

use std::collections::BTreeSet;

use access::Role;
use app::{Request, jobs, registry};
use kernel::listing::Value as Cell;
use serde_json::json;
use testkit::story;

use super::kit::{all_is_as_told, asked, asks, care, count, shown};

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
