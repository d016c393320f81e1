//! Processes that die, and several that share a database.

use access::Role;
use app::jobs;
use serde_json::json;
use testkit::story;

use super::kit::{all_is_as_told, asked, asks, care, count, second, shown};

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
