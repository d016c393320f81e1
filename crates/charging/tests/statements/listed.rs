//! The list of services: what each cost in the newest month that was run, and how its promises stand.
//!
//! By hand (`house`): in September DESK cost 970.00, IAM 490.00 and MAIL 240.00, together the 1,700.00 of the ledger.
//! NEW received nothing. OLD has ended.

use access::{GrantScope, Role, View};
use kernel::ServiceId;
use kernel::listing::{Asked, Listing};
use serde_json::json;
use testkit::Person;

use crate::house::Told;
use crate::words::{does, total, words};

/// The five services; of DESK a seat was promised at 100.00 a month where it takes 242.50, of IAM nothing is due.
async fn begun(house: testkit::TestHouse) -> Told {
    let told = Told::begun(house).await;
    let newcomer = json!({"key": "NEW", "name": "Newcomer"});
    let old = json!({"key": "OLD", "name": "Dial-in", "state": "retired", "since": "2026-01-01",
        "last_day": "2025-12-31"});
    for service in [newcomer, old] {
        does(&told.yuki, "service take-over", &[], service).await.unwrap();
    }
    let seat = json!({"name": "Cost of a seat", "measure": "unit cost", "due": "2026-09", "promised": "100",
        "unit": "seat"});
    let level = json!({"name": "Availability", "measure": "service level", "due": "FY27", "promised": "99.5",
        "unit": "%"});
    for (key, promise) in [("DESK", seat), ("IAM", level.clone()), ("OLD", level)] {
        does(&told.yuki, "promise add", &[("key", key)], promise).await.unwrap();
    }
    told
}

async fn asked(who: &Person, pairs: &[(&str, &str)]) -> Listing {
    let asked = Asked::read(pairs.iter().copied(), &[]);
    match who.asks("service list", &[], asked).await.unwrap() {
        View::List(listing) => listing,
        View::Record(_) => panic!("a list"),
    }
}

#[test]
fn services_stand_beside_their_cost_and_their_worst_promise() {
    testkit::story(async |house| {
        let told = begun(house).await;
        let all = asked(&told.priya, &[]).await;
        assert_eq!(
            words(&all, &["key", "cost", "cost_period", "promises"]),
            [
                "DESK | 970.00 | 2026-09 | off track",
                "IAM | 490.00 | 2026-09 | not due",
                "MAIL | 240.00 | 2026-09 | ",
                "NEW | 0.00 |  | ",
                "OLD |  |  | ",
            ]
        );
        // The total is of all rows that match, whatever is on the page.
        let first = asked(&told.priya, &[("per", "1")]).await;
        assert_eq!((first.rows.len(), first.count, total(&first, "cost").as_str()), (1, 5, "1700.00"));
    });
}

#[test]
fn services_are_sorted_and_filtered_by_cost_and_by_promises() {
    testkit::story(async |house| {
        let told = begun(house).await;
        for (pairs, keys) in [
            (&[("sort", "-cost")][..], &["DESK", "IAM", "MAIL", "NEW", "OLD"][..]),
            (&[("sort", "cost")], &["NEW", "MAIL", "IAM", "DESK", "OLD"]),
            (&[("filter", "cost>4.9e2")], &["DESK"]),
            (&[("filter", "cost>=490 cost<970")], &["IAM"]),
            (&[("cost", ">=490")], &["DESK", "IAM"]),
            (&[("cost", "240.00")], &["MAIL"]),
            // The worst first; what nothing is promised of last, by key.
            (&[("sort", "promises")], &["DESK", "IAM", "MAIL", "NEW", "OLD"]),
            (&[("sort", "-promises")], &["IAM", "DESK", "MAIL", "NEW", "OLD"]),
            (&[("promises", "off track")], &["DESK"]),
            (&[("promises", "not due"), ("filter", "cost>1")], &["IAM"]),
            (&[("q", "off track")], &["DESK"]),
        ] {
            assert_eq!(words(&asked(&told.priya, pairs).await, &["key"]), keys, "{pairs:?}");
        }
        let dear = asked(&told.priya, &[("filter", "cost>=490"), ("per", "1")]).await;
        assert_eq!((dear.count, total(&dear, "cost").as_str()), (2, "1460.00"));
        let filtered = asked(&told.priya, &[("promises", "off track")]).await;
        assert_eq!(words(&filtered, &["cost", "promises"]), ["970.00 | off track"]);
    });
}

#[test]
fn who_reads_no_money_has_no_such_columns_and_an_owner_those_of_own_services() {
    testkit::story(async |house| {
        let told = begun(house).await;
        let receiver = told.house.person("rudi", &[Role::Receiver]).await;
        let listing = asked(&receiver, &[]).await;
        let keys: Vec<&str> = listing.columns.iter().map(|column| column.key).collect();
        for key in ["cost", "cost_period", "promises"] {
            assert!(!keys.contains(&key), "{keys:?}");
        }
        assert!(listing.totals.iter().flatten().all(|total| !total.plain().contains('.')));
        let by_cost = Asked::read([("filter", "cost>1")].into_iter(), &[]);
        assert_eq!(receiver.asks("service list", &[], by_cost).await.err().unwrap().code(), "invalid_input");

        let desk = told.yuki.sees("service show", &[("key", "DESK")]).await;
        let own = GrantScope::Service(ServiceId::parse(desk["id"].as_str().unwrap()).unwrap());
        let owner = told.house.person_for("olga", &[(Role::ServiceOwner, own)]).await;
        let seen = asked(&owner, &[]).await;
        assert_eq!(
            words(&seen, &["key", "cost", "promises"]),
            ["DESK | 970.00 | off track", "IAM |  | ", "MAIL |  | ", "NEW |  | ", "OLD |  | "]
        );
        assert_eq!(total(&seen, "cost"), "970.00");
        assert_eq!(
            words(&asked(&owner, &[("sort", "promises")]).await, &["promises"])[..2],
            ["off track", ""]
        );
        assert!(asked(&owner, &[("promises", "not due")]).await.rows.is_empty());
    });
}

#[test]
fn a_past_day_has_its_services_and_no_figures_of_today() {
    testkit::story(async |house| {
        let told = begun(house).await;
        let then = told.priya.lists("service list", &[("as_of", "2026-10-02")]).await;
        assert_eq!(words(&then, &["key", "cost", "promises"])[0], "DESK |  | ");
        let at = then.columns.iter().position(|column| column.key == "cost").unwrap();
        assert_eq!(then.totals[at], None, "what nobody knows is not nought");
    });
}
