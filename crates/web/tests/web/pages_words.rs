//! The pages of the portfolio manager and of the relationship manager: one thing has one name on all of them, a word
//! of an enumeration is written for people, one is not called many, and where there is nothing there is a way on.

use access::Role;
use testkit::story;

use crate::house::{AUGUST, Told};
use crate::money_house;
use crate::pages_house::{People, open};

/// Opens the page and sees what it says and what it does not.
async fn says(people: &People, who: &str, path: &str, name: &str, never: &str) {
    let page = people[who].get(path).await;
    assert_eq!(page.status, 200, "{path} for {who}: {}", page.text());
    assert!(page.text().contains(name), "{path} says {name}: {}", page.text());
    assert!(!page.text().contains(never), "{path} does not say {never}: {}", page.text());
}

#[test]
fn one_thing_has_one_name_wherever_it_stands() {
    story(async |house| {
        let people = open(&house).await;
        for (who, path, name, never) in [
            ("yuki", "/offerings", "Charging model", ">Charging<"),
            ("yuki", "/offerings/DESK", "Charging model", ">Charging<"),
            ("marta", "/services/DESK", "Relationship manager", ">Relationship<"),
            ("marta", "/customers", "Relationship manager", "Managed by"),
            ("marta", "/customers/CARE", "Relationship manager", "Managed by"),
            ("marta", "/customers/CARE", "<h2>Contacts</h2>", "<h2>People</h2>"),
            ("marta", "/agreements", "Memo", ">memo<"),
            ("marta", "/customers/CARE", "Memo", ">memo<"),
            ("marta", "/agreements/AGR-1", "Memo: shown, not paid", "memo: shown"),
            ("priya", "/prices", "value=\"superseded\"", ">superseded<"),
        ] {
            says(&people, who, path, name, never).await;
        }
    });
}

#[test]
fn a_unit_and_a_notice_stand_in_the_number_of_what_they_count() {
    story(async |house| {
        let people = open(&house).await;
        let (marta, elif) = (&people["marta"], &people["elif"]);
        let one = [("customer", "HHT"), ("offering", "DESK"), ("quantity", "1"), ("from_day", "2025-10-01")];
        let terms = [("notice_days", "1"), ("settlement", "recharge")];
        let entered =
            marta.send("/customers/HHT/agreements/new", "/agreements", &[&one[..], &terms].concat()).await;
        assert_eq!(entered.status, 303, "{}", entered.text());
        let order =
            [("customer", "CARE"), ("offering", "DESK"), ("quantity", "1400"), ("from_day", "2026-11-01")];
        assert_eq!(elif.send("/catalogue/DESK/check", "/orders", &order).await.status, 303);
        says(&people, "marta", "/agreements?customer=CARE", ">seats<", ">seat<").await;
        says(&people, "marta", "/agreements?customer=HHT", ">seat<", ">seats<").await;
        says(&people, "marta", "/orders", ">seats<", ">seat<").await;
        says(&people, "marta", "/agreements/AGR-1/end", "Notice agreed: 30 days.", "1 days").await;
        says(&people, "marta", "/agreements/AGR-3/end", "Notice agreed: 1 day.", "1 days").await;
        let today = house.house.clock.now().date_naive().to_string();
        let end = [("to_day", today.as_str()), ("why", "")];
        let early = marta.send("/agreements/AGR-3/end", "/agreements/AGR-3/end/edit", &end).await;
        assert_eq!(early.status, 409, "{}", early.text());
        assert!(early.has("1 day&#39;s notice") || early.has("1 day's notice"), "{}", early.text());
    });
}

#[test]
fn one_statement_is_not_all_statements() {
    story(async |house| {
        let told = Told::begun(house.clone()).await;
        told.bills(AUGUST).await;
        let marta = money_house::Browser::of(&house, &told.marta).await;
        let page = marta.opens("/customers/CARE").await;
        assert!(page.has("The only statement") && !page.has("1 statements"), "{}", page.main());
    });
}

#[test]
fn a_list_of_one_customer_offers_what_is_added_to_them() {
    story(async |house| {
        let people = open(&house).await;
        let today = house.house.clock.now().date_naive();
        let agreement = "href=\"/customers/CARE/agreements/new\"";
        let contact = "href=\"/customers/CARE/contacts/new\"";
        for (who, path, link, offered) in [
            ("marta", "/agreements?customer=CARE".to_owned(), agreement, true),
            ("marta", "/contacts?customer=CARE".to_owned(), contact, true),
            // Of all customers it cannot be said to whom; the past is not changed; others may not.
            ("marta", "/agreements".to_owned(), agreement, false),
            ("marta", format!("/agreements?customer=CARE&as_of={today}"), agreement, false),
            ("marta", "/agreements?customer=NONE".to_owned(), "/agreements/new\"", false),
            ("yuki", "/agreements?customer=CARE".to_owned(), agreement, false),
            ("elif", "/contacts?customer=CARE".to_owned(), contact, false),
        ] {
            let page = people[who].get(&path).await;
            assert_eq!(page.status, 200, "{path} for {who}: {}", page.text());
            assert_eq!(page.has(link), offered, "{path} for {who}: {}", page.text());
        }
    });
}

#[test]
fn an_empty_place_leads_on_for_who_may_not_fill_it() {
    story(async |house| {
        let people = open(&house).await;
        // Priced by nobody yet; a portfolio manager drafts no price.
        let offering = [("service", "MAIL"), ("unit", "box"), ("charging", "fixed")];
        let nobody = people["marta"].get("/services/MAIL").await;
        assert!(
            nobody.empties().iter().any(|place| place.contains("href=\"/offerings\"")),
            "{}",
            nobody.text()
        );
        let added = people["yuki"].send("/services/MAIL/offerings/new", "/offerings", &offering).await;
        assert_eq!(added.status, 303, "{}", added.text());
        says(&people, "yuki", "/services/MAIL", "Not set yet", ">fixed").await;
        for (who, path, says, leads) in [
            ("yuki", "/offerings/MAIL", "It has no price yet.", "/prices"),
            ("marta", "/offerings/MAIL", "No service level is promised with it yet.", "/offerings"),
            ("yuki", "/customers/HHT", "They take nothing by agreement yet.", "/catalogue?customer=HHT"),
            ("yuki", "/customers/HHT", "We know nobody there yet.", "/contacts"),
        ] {
            let page = people[who].get(path).await;
            let link = format!("href=\"{leads}\"");
            let found = page.empties().iter().any(|place| place.contains(says) && place.contains(&link));
            assert!(found, "{path} for {who}: {}", page.text());
        }
    });
}

#[test]
fn a_list_with_nothing_in_it_says_who_adds_the_first() {
    story(async |house| {
        for (username, role, path, says) in [
            ("marta", Role::RelationshipManager, "/services", "A portfolio manager takes them over."),
            ("yuki", Role::PortfolioManager, "/customers", "A relationship manager adds them."),
        ] {
            let person = house.person(username, &[role]).await;
            let page = money_house::Browser::of(&house, &person).await.opens(path).await;
            assert!(page.has(says) && page.has("<div class=\"empty\">"), "{path}: {}", page.main());
        }
    });
}
