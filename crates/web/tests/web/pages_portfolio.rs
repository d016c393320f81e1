//! Pages of portfolio and relationships at the door, on both engines: who may open what, empty places,
//! and figures that tie with the rows they link to.

use crate::pages_house::open;
use access::Role;
use serde_json::json;
use testkit::story;

/// A page, who may open it, and who may not.
const PAGES: &[(&str, &str, &str)] = &[
    ("/services", "yuki", "elif"),
    ("/services/new", "yuki", "rafael"),
    ("/services/DESK", "marta", "elif"),
    ("/services/DESK/offerings", "rafael", "elif"),
    ("/services/DESK/customers", "marta", "rafael"),
    ("/services/DESK/promises", "rafael", "marta"),
    ("/services/DESK/money", "rafael", "marta"),
    ("/services/DESK/history", "yuki", "elif"),
    ("/services/DESK/edit", "rafael", "marta"),
    ("/services/MAIL/edit", "yuki", "rafael"),
    ("/services/DESK/relate", "rafael", "priya"),
    ("/services/DESK/offerings/new", "rafael", "priya"),
    ("/services/DESK/promises/new", "rafael", "priya"),
    ("/offerings", "marta", "elif"),
    ("/offerings/DESK", "marta", "elif"),
    ("/offerings/DESK/edit", "rafael", "marta"),
    ("/offerings/DESK/target", "rafael", "marta"),
    ("/offerings/DESK/price", "priya", "marta"),
    ("/prices", "priya", "elif"),
    ("/prices/PRC-1/return", "priya", "rafael"),
    ("/money/promises", "rafael", "marta"),
    ("/money/recovery", "rafael", "marta"),
    ("/promises/PRM-1", "rafael", "marta"),
    ("/promises/PRM-1/measure", "rafael", "priya"),
    ("/promises/PRM-1/withdraw", "yuki", "rafael"),
    ("/catalogue", "elif", "pavel"),
    ("/catalogue/DESK", "elif", "pavel"),
    ("/catalogue/DESK/ask", "elif", "marta"),
    ("/customers", "elif", "rafael"),
    ("/customers/new", "marta", "elif"),
    ("/customers/CARE", "elif", "rafael"),
    ("/customers/CARE/edit", "marta", "elif"),
    ("/customers/CARE/contacts/new", "marta", "elif"),
    ("/customers/CARE/agreements/new", "marta", "elif"),
    ("/contacts", "elif", "pavel"),
    ("/agreements", "elif", "rafael"),
    ("/agreements/AGR-1", "elif", "rafael"),
    ("/agreements/AGR-1/edit", "marta", "elif"),
    ("/agreements/AGR-1/end", "marta", "elif"),
    ("/orders", "marta", "pavel"),
];

#[test]
fn each_page_opens_for_who_may_and_for_nobody_else() {
    story(async |house| {
        let people = open(&house).await;
        for (path, may, may_not) in PAGES {
            let opened = people[*may].get(path).await;
            assert_eq!(opened.status, 200, "{path} for {may}: {}", opened.text());
            assert_eq!(opened.count("<h1>"), 1, "{path}");
            assert!(opened.has("aria-label=\"Breadcrumb\""), "{path} has crumbs");
            assert_eq!(people[*may_not].get(path).await.status, 403, "{path} for {may_not}");
        }
    });
}

#[test]
fn another_customers_page_is_no_page_at_all() {
    story(async |house| {
        let people = open(&house).await;
        let elif = &people["elif"];
        for (others, nobodys) in [
            ("/customers/SALES", "/customers/NONE"),
            ("/agreements/AGR-2", "/agreements/AGR-99"),
            ("/catalogue?customer=SALES", "/catalogue?customer=NONE"),
        ] {
            let (others, nobodys) = (elif.get(others).await, elif.get(nobodys).await);
            assert_eq!((others.status, nobodys.status), (404, 404));
            assert_eq!(others.without_tokens(), nobodys.without_tokens());
        }
        let agreements = elif.get("/agreements").await;
        assert!(agreements.has("AGR-1") && !agreements.has("AGR-2") && !agreements.has("SALES"));
    });
}

#[test]
fn the_rail_of_a_customers_representative_leads_only_where_they_may_go() {
    story(async |house| {
        let people = open(&house).await;
        let elif = &people["elif"];
        for path in ["/catalogue", "/catalogue/DESK", "/customers/CARE", "/agreements", "/agreements/AGR-1"] {
            let page = elif.get(path).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text());
            for link in page.links() {
                let status = elif.get(&link).await.status;
                assert!(matches!(status, 200 | 303), "{path} leads to {link}: {status}");
            }
        }
    });
}

#[test]
fn a_representative_is_spoken_to_and_of_others_customers_it_is_told() {
    story(async |house| {
        let people = open(&house).await;
        for (path, yours, theirs) in [
            ("/customers/CARE", "What do you use, what do you pay?", "<h1>Customer Care</h1>"),
            ("/customers/CARE", "What you take", "What they take"),
            ("/customers/CARE", "Your catalogue", "Their catalogue"),
            ("/customers/CARE", "We know none of your people yet.", "We know nobody there yet."),
            (
                "/agreements",
                "What do you take, how much, until when?",
                "Who takes what, how much, until when?",
            ),
            ("/orders", "You have asked for nothing yet.", "Nobody has asked for anything yet."),
            ("/contacts", "Whom of you do we speak to?", "Whom do we speak to?"),
        ] {
            let (own, other) = (people["elif"].get(path).await, people["marta"].get(path).await);
            assert!(own.has(yours) && !own.has(theirs), "{path} for elif: {}", own.text());
            assert!(other.has(theirs) && !other.has(yours), "{path} for marta: {}", other.text());
        }
        assert!(people["elif"].get("/customers/CARE").await.has("Customer Care, business unit"));
    });
}

#[test]
fn every_count_ties_with_the_rows_it_links_to() {
    story(async |house| {
        let people = open(&house).await;
        let mut checked = 0;
        for (who, path) in [
            ("yuki", "/services"),
            ("yuki", "/services/DESK"),
            ("yuki", "/services/MAIL"),
            ("priya", "/prices"),
            ("marta", "/offerings/DESK"),
            ("marta", "/customers"),
            ("marta", "/customers/CARE"),
            ("marta", "/agreements"),
            ("marta", "/orders"),
            ("elif", "/customers/CARE"),
            ("elif", "/agreements"),
        ] {
            let page = people[who].get(path).await;
            for (said, link) in page.counts() {
                let (at, query) = link.split_once('?').unwrap_or((&link, ""));
                let rows = people[who].get(&format!("{at}.json?{query}")).await.json();
                assert_eq!(rows["count"], json!(said), "{path}: {link}");
                checked += 1;
            }
        }
        assert!(checked > 20, "{checked} counts were looked at");
    });
}

#[test]
fn an_empty_place_says_one_sentence_and_offers_one_action() {
    story(async |house| {
        let people = open(&house).await;
        for (who, path, says, action) in [
            ("yuki", "/services/MAIL", "Nobody can take this service yet", "/services/MAIL/offerings/new"),
            (
                "yuki",
                "/services/MAIL/promises",
                "Nothing is promised of this service yet",
                "/services/MAIL/promises/new",
            ),
            ("yuki", "/services/DESK/money", "No cost was allocated to this service yet.", "/services/DESK"),
            (
                "marta",
                "/customers/HHT",
                "They take nothing by agreement yet.",
                "/customers/HHT/agreements/new",
            ),
            ("marta", "/customers/HHT", "We know nobody there yet.", "/customers/HHT/contacts/new"),
            ("marta", "/orders", "Nobody has asked for anything yet.", "/catalogue"),
        ] {
            let page = people[who].get(path).await;
            assert!(page.has(says), "{path} says: {}", page.text());
            assert!(
                page.empties().iter().any(|place| place.contains(says) && place.contains(action)),
                "{path}"
            );
        }
    });
}

#[test]
fn a_service_that_has_ended_says_so_where_nothing_is_to_be_known_any_more() {
    story(async |house| {
        let people = open(&house).await;
        let yuki = house.person("yves", &[Role::PortfolioManager]).await;
        let old = json!({ "key": "OLD", "name": "Dial-in", "state": "retired", "since": "2026-01-01",
            "last_day": "2025-12-31" });
        yuki.does("service take-over", old).await.unwrap();
        let promise = json!({ "name": "Availability", "measure": "service level", "promised": "99.5", "unit": "%",
            "due": "FY26" });
        yuki.does_to("promise add", &[("key", "OLD")], promise, None).await.unwrap();
        let yuki = &people["yuki"];
        let end = "the service ended on 31\u{a0}Dec\u{a0}2025";
        let money = yuki.get("/services/OLD/money").await;
        assert!(money.has(&format!("It has no cost any more: {end}.")), "{}", money.text());
        assert!(money.has("href=\"/services/OLD/money?period=2025-12\""), "{}", money.text());
        let last = yuki.get("/services/OLD/money?period=2025-12").await;
        assert!(
            last.has(&format!("It carried no cost in the months that were run: {end}.")),
            "{}",
            last.text()
        );
        let promises = yuki.get("/services/OLD/promises").await;
        assert!(promises.has("no figure") && promises.has(end), "{}", promises.text());
        assert!(!promises.has("no data yet"), "{}", promises.text());
        // One that runs has a cost that nobody knows yet; one that has ended has none.
        let list = yuki.get("/services?state=operational").await;
        assert!(list.has("n/k"), "{}", list.text());
        let list = yuki.get("/services?state=retired").await;
        assert!(list.has("Dial-in") && !list.has("n/k"), "{}", list.text());
    });
}

/// The past is read, not changed: what was draft at the end of a day may be decided since.
#[test]
fn a_page_as_of_a_day_offers_nothing_that_changes() {
    story(async |house| {
        let people = open(&house).await;
        let day = house.house.clock.now().date_naive();
        for (who, path) in [
            ("yuki", "/services/DESK"),
            ("yuki", "/services/MAIL"),
            ("priya", "/offerings/DESK"),
            ("rafael", "/offerings/DESK"),
            ("marta", "/agreements/AGR-1"),
            ("rafael", "/services/DESK/offerings"),
        ] {
            let changing = async |path: &str| {
                let page = people[who].get(path).await;
                assert_eq!(page.status, 200, "{path} for {who}: {}", page.text());
                let main = page.text();
                let words = ["/new\"", "/edit\"", "/new?", "/edit?", "method=\"post\"", "/price", "/end"];
                let found = words.iter().filter(|word| main.contains(**word)).copied().collect::<Vec<_>>();
                (found, main.to_owned())
            };
            let (today, _) = changing(path).await;
            assert!(!today.is_empty(), "{path} for {who} offers nothing today");
            let (then, main) = changing(&format!("{path}?as_of={day}")).await;
            assert!(then.is_empty(), "{path} for {who} as of {day}: {then:?}\n{main}");
        }
    });
}
