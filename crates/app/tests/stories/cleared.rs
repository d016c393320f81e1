//! The demo goes away with its database, and no other organisation ever does.

use app::setup::{self, Founding};
use app::{House, demo};
use testkit::{postgres, runtime, sqlite};

/// A house whose database is marked as the demo's, or not.
async fn founded(url: &str, is_demo: bool) -> House {
    let house = House::open(url).await.unwrap();
    let at = || "2026-10-02T09:30:00.000Z".to_owned();
    let demo = is_demo.then(|| (at(), at()));
    let founding =
        Founding { name: "Larkfield Mobile".into(), currency: "EUR".into(), first_month: 10, demo };
    setup::found(&house, &founding).await.unwrap().tx.commit().await.unwrap();
    house
}

#[test]
fn the_demo_is_cleared_whole_and_its_database_can_be_used_anew() {
    runtime().block_on(async {
        for url in [sqlite(), postgres()] {
            let would = demo::clear(&founded(&url, true).await, &url, true).await.unwrap();
            let says = "Would be: Cleared the demo Larkfield Mobile: ";
            assert!(would.rehearsed && would.says.starts_with(says), "{}", would.says);

            let house = House::open_there(&url).await.expect("it is there as before");
            let done = demo::clear(&house, &url, false).await.unwrap();
            assert!(!done.rehearsed && done.says.starts_with("Cleared the demo Larkfield Mobile: "));
            let gone = House::open_there(&url).await.err().expect("nothing is there");
            assert_eq!(gone.code(), "no_database", "{url}");

            let house = founded(&url, false).await;
            let refused = demo::clear(&house, &url, false).await.unwrap_err();
            assert_eq!(refused.code(), "not_the_demo");
            let mut tx = house.db.read().await.unwrap();
            assert_eq!(house.organisation(&mut tx).await.unwrap().name, "Larkfield Mobile");
            drop(tx);
            house.db.close().await;
        }
    });
}

#[test]
fn a_demo_that_somebody_has_open_stays() {
    runtime().block_on(async {
        let url = sqlite();
        let house = founded(&url, true).await;
        let other = House::open_there(&url).await.unwrap();
        for rehearsed in [true, false] {
            let house = if rehearsed { house.clone() } else { House::open_there(&url).await.unwrap() };
            let refused = demo::clear(&house, &url, rehearsed).await.unwrap_err();
            assert_eq!(refused.code(), "demo_in_use");
        }
        let mut tx = other.db.read().await.unwrap();
        assert!(other.organisation(&mut tx).await.unwrap().demo.is_some());
        drop(tx);
        other.db.close().await;
    });
}
