//! A new organisation: whoever administers it sees what comes first, in order, and who does it; each role its own
//! steps; all of them gone once they are done.

use access::Role;
use serde_json::json;
use testkit::story;

use crate::money_house::{Browser, Page};
use crate::month;

/// The steps as `screens.md` 2.4 has them: people, then three imports, then the way to the first run.
const IN_ORDER: [&str; 9] = [
    "People",
    "Currency and fiscal year",
    "Services",
    "Customers",
    "Months",
    "Ledger lines",
    "Mapping",
    "Allocation rules",
    "First run",
];

/// Each step shown: its name and the row it stands in.
fn steps(page: &Page) -> Vec<(String, String)> {
    let Some((_, table)) = page.main().split_once("<caption class=\"hidden\">First steps</caption>") else {
        return Vec::new();
    };
    let body = table.split("</table>").next().unwrap().split_once("<tbody>").unwrap().1;
    let rows = body.split("<tr").skip(1).map(str::to_owned);
    rows.map(|row| (row.split_once("<b>").unwrap().1.split("</b>").next().unwrap().to_owned(), row)).collect()
}

fn names(page: &Page) -> Vec<String> {
    steps(page).into_iter().map(|(name, _)| name).collect()
}

/// The names of the steps that are done.
fn done(page: &Page) -> Vec<String> {
    steps(page).into_iter().filter(|(_, row)| row.contains("Done")).map(|(name, _)| name).collect()
}

fn row(page: &Page, name: &str) -> String {
    let found = steps(page).into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no step {name}: {}", page.main())).1
}

#[test]
fn an_administrator_alone_begins_with_people_and_sees_whose_the_rest_is() {
    story(async |house| {
        let adam = house.person("adam", &[Role::Administrator]).await;
        let adam = Browser::of(&house, &adam).await;
        let home = adam.opens("/").await;
        assert_eq!(names(&home), IN_ORDER);
        // Founding set the currency and the year: EUR, from October.
        assert_eq!(done(&home), ["Currency and fiscal year"]);
        assert!(row(&home, "Currency and fiscal year").contains("EUR, year from Oct"), "{}", home.main());
        assert!(!home.has("Nothing needs you."), "{}", home.main());
        let people = row(&home, "People");
        assert!(people.contains("class=\"btn primary\" href=\"/records/people/new\""), "{people}");
        assert_eq!(adam.opens("/records/people/new").await.status, 200);
        for (name, role) in [
            ("Services", "Portfolio manager"),
            ("Customers", "Relationship manager"),
            ("Months", "Finance manager"),
            ("Ledger lines", "Finance manager"),
            ("Mapping", "Finance manager"),
            ("Allocation rules", "Finance manager"),
            ("First run", "Finance manager"),
        ] {
            let row = row(&home, name);
            assert!(row.contains(role) && row.contains("Nobody holds this role yet"), "{name}: {row}");
            assert!(!row.contains("href="), "{name} is not an administrator's: {row}");
        }
        house.person("yuki", &[Role::PortfolioManager]).await;
        let home = adam.opens("/").await;
        assert_eq!(done(&home), ["People", "Currency and fiscal year"]);
        assert!(!row(&home, "Services").contains("Nobody holds"), "{}", home.main());
        assert!(row(&home, "Customers").contains("Nobody holds"), "{}", home.main());
    });
}

#[test]
fn each_role_sees_its_own_steps_with_a_link_that_opens() {
    story(async |house| {
        let finance: &[&str] = &["Months", "Ledger lines", "Mapping", "Allocation rules", "First run"];
        let own: [(&str, Role, &[&str]); 5] = [
            ("yuki", Role::PortfolioManager, &["Services"]),
            ("marta", Role::RelationshipManager, &["Customers"]),
            ("priya", Role::FinanceManager, finance),
            ("tomas", Role::Executive, &[]),
            ("amina", Role::Auditor, &[]),
        ];
        for (who, role, own) in own {
            let person = house.person(who, &[role]).await;
            let browser = Browser::of(&house, &person).await;
            let home = browser.opens("/").await;
            assert_eq!(names(&home), own, "{who}");
            for (name, row) in steps(&home) {
                let href = row.split_once("href=\"").unwrap_or_else(|| panic!("{name}: {row}")).1;
                let href = href.split('"').next().unwrap();
                assert_eq!(browser.get(href).await.status, 200, "{name} for {who}: {href}");
            }
        }
        let yuki = house.person("yuki.two", &[Role::PortfolioManager]).await;
        yuki.does("service take-over", json!({"key": "DESK", "name": "Desktop"})).await.unwrap();
        let home = Browser::of(&house, &yuki).await.opens("/").await;
        assert_eq!(names(&home), [""; 0], "hers is done");
    });
}

#[test]
fn the_steps_are_done_one_by_one_and_then_gone() {
    story(async |house| {
        let people = month::organisation(&house).await;
        let adam = house.person("adam", &[Role::Administrator]).await;
        let adam = Browser::of(&house, &adam).await;
        let priya = Browser::of(&house, &people.priya).await;
        let home = adam.opens("/").await;
        let open = |page: &Page| {
            let done = done(page);
            names(page).into_iter().filter(|name| !done.contains(name)).collect::<Vec<_>>()
        };
        assert_eq!(open(&home), ["Ledger lines", "First run"], "{}", home.main());
        assert!(home.has("7 of 9 first steps are done."), "{}", home.main());
        let lines = month::ledger(&[("1", "6400", "525051.89")]);
        month::imports(&people.priya, "gl", &lines, Some("525051.89")).await.unwrap();
        assert_eq!(open(&adam.opens("/").await), ["First run"]);
        assert_eq!(open(&priya.opens("/").await), ["First run"]);
        // The close of the month has begun: no more than its own steps needs finance.
        people.priya.does_to("period review", &month::AT, json!({}), None).await.unwrap();
        assert_eq!(names(&priya.opens("/").await), [""; 0]);
        assert_eq!(open(&adam.opens("/").await), ["First run"], "not done yet");
        month::imports(&people.priya, "drivers", month::SEATS, None).await.unwrap();
        people.priya.does("allocate run", json!({"period": month::MONTH})).await.unwrap();
        assert_eq!(names(&adam.opens("/").await), [""; 0], "all are done");
    });
}
