//! What a service costs and whether that is what was promised, on both engines.

use crate::month::{AT, closed, september};
use access::{GrantScope, Role};
use kernel::listing::{Asked, Listing, Sort};
use serde_json::json;
use testkit::{Person, story};

/// Promises of the desktop: a yearly cost, a unit cost of the month, a launch.
async fn promised(people: &crate::month::People) {
    let at = [("key", "DESK")];
    for body in [
        json!({"name": "Cost of the year", "measure": "yearly cost", "due": "FY26", "promised": "6000000"}),
        json!({"name": "Cost of a seat", "measure": "unit cost", "due": "2026-09", "promised": "386.92", "unit": "seat"}),
        json!({"name": "Cost of a seat, hoped", "measure": "unit cost", "due": "2026-09", "promised": "300", "unit": "seat"}),
        json!({"name": "Launch", "measure": "date", "promised": "2027-01-31"}),
    ] {
        people.yuki.does_to("promise add", &at, body, None).await.unwrap();
    }
    let launch = json!({"value": "2027-03-31", "basis": "expected", "source": "project"});
    people.yuki.does_to("promise measure", &[("number", "PRM-4")], launch, None).await.unwrap();
}

fn cell(listing: &Listing, number: &str, key: &str) -> String {
    let row =
        listing.rows.iter().find(|row| listing.value(row, "number").unwrap().plain() == number).unwrap();
    listing.value(row, key).unwrap().plain()
}

fn numbers(listing: &Listing) -> Vec<String> {
    listing.rows.iter().map(|row| listing.value(row, "number").unwrap().plain()).collect()
}

/// 525,051.89 × 12 = 6,300,622.68, 5 % over 6,000,000; 525,051.89 ÷ 1,357 = 386.9211; the launch is 59 days
/// late where 28 are the watch limit.
#[test]
fn before_the_close_costs_are_expected_and_say_how() {
    story(async |house| {
        let people = september(&house).await;
        promised(&people).await;
        let list = people.priya.lists("promise judged", &[]).await;
        for (number, key, expected) in [
            ("PRM-1", "now", "6300622.68"),
            ("PRM-1", "difference", "300622.68"),
            ("PRM-1", "share", "0.050104"),
            ("PRM-1", "judged", "watch"),
            ("PRM-1", "basis", "expected"),
            ("PRM-1", "says", "1 of 12 months so far, the rest pro rata"),
            ("PRM-2", "now", "386.9211"),
            ("PRM-2", "judged", "on track"),
            ("PRM-2", "basis", "expected"),
            ("PRM-3", "judged", "off track"),
            ("PRM-4", "difference", "59 days"),
            ("PRM-4", "judged", "watch"),
            ("PRM-4", "slip", "2.1071"),
        ] {
            assert_eq!(cell(&list, number, key), expected, "{number} {key}");
        }
        assert_eq!(numbers(&list)[0], "PRM-3", "the worst first");
        let asked =
            Asked { sort: Some(Sort { column: "slip".into(), descending: true }), ..Asked::default() };
        match people.priya.asks("promise judged", &[], asked).await.unwrap() {
            access::View::List(ranked) => assert_eq!(numbers(&ranked), ["PRM-3", "PRM-1", "PRM-4", "PRM-2"]),
            access::View::Record(_) => panic!("a list"),
        }
    });
}

#[test]
fn after_the_close_a_month_is_kept_or_broken_and_the_year_still_expected() {
    story(async |house| {
        let people = closed(&house).await;
        promised(&people).await;
        let list = people.priya.lists("promise of", &[("service", "DESK")]).await;
        for (number, judged, basis) in [
            ("PRM-1", "watch", "expected"),
            ("PRM-2", "kept", "actual"),
            ("PRM-3", "broken", "actual"),
            ("PRM-4", "watch", "expected"),
        ] {
            assert_eq!(
                (cell(&list, number, "judged"), cell(&list, number, "basis")),
                (judged.into(), basis.into()),
                "{number}"
            );
        }
    });
}

#[test]
fn without_a_run_there_is_no_data_and_nothing_is_judged() {
    story(async |house| {
        let people = crate::month::organisation(&house).await;
        promised(&people).await;
        let list = people.priya.lists("promise judged", &[]).await;
        for number in ["PRM-1", "PRM-2", "PRM-3"] {
            let told = ["now", "judged", "basis"].map(|key| cell(&list, number, key));
            assert_eq!(told, ["".to_owned(), "not due".into(), "no data yet".into()], "{number}");
        }
    });
}

async fn total(person: &Person, reading: &str, params: &[(&str, &str)], key: &str) -> String {
    let list = person.lists(reading, params).await;
    let at = list.columns.iter().position(|column| column.key == key).unwrap();
    list.totals[at].as_ref().unwrap().plain()
}

#[test]
fn what_services_cost_ties_with_the_run_and_with_its_pools() {
    story(async |house| {
        let people = september(&house).await;
        for (reading, params) in [
            ("service cost", vec![("period", "2026-09")]),
            ("service cost", vec![("year", "2026")]),
            ("service cost-by-pool", vec![("service", "DESK"), ("period", "2026-09")]),
        ] {
            for key in ["month", "to_date", "year"] {
                assert_eq!(total(&people.priya, reading, &params, key).await, "525051.89", "{reading} {key}");
            }
        }
        assert_eq!(people.priya.sees("run show", &AT).await["allocated"]["amount"], "525051.89");
        assert_eq!(total(&people.priya, "service cost", &[("period", "2026-10")], "month").await, "0.00");
    });
}

#[test]
fn a_service_owner_sees_the_cost_and_promises_of_own_services_only() {
    story(async |house| {
        let people = september(&house).await;
        promised(&people).await;
        people.yuki.does("service take-over", json!({"key": "MAIL", "name": "Mail"})).await.unwrap();
        let mut cx = people.yuki.cx().await;
        let keys = portfolio::service::all_keys(&mut cx.tx).await.unwrap();
        drop(cx);
        let scope = |key: &str| (Role::ServiceOwner, GrantScope::Service(keys[key]));
        let own = house.person_for("owner", &[scope("DESK")]).await;
        let other = house.person_for("other", &[scope("MAIL")]).await;
        assert_eq!(own.lists("promise judged", &[]).await.count, 4);
        assert_eq!(other.lists("promise judged", &[]).await.count, 0);
        assert_eq!(own.lists("service cost", &AT).await.count, 1);
        assert_eq!(other.lists("service cost", &AT).await.count, 0);
        for reading in ["promise of", "service cost-by-pool"] {
            let refused = other.reads(reading, &[("service", "DESK")]).await.err().unwrap();
            assert_eq!(refused.code(), "not_found", "{reading}");
        }
    });
}
