//! What Quarterdeck does by itself.

use access::{GrantScope, Role};
use app::jobs;
use kernel::listing::Value as Cell;
use testkit::story;

use super::kit::{all_is_as_told, asks, care, count, second};

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
