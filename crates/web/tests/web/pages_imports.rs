//! The import pages where a file leaves something open: what is asked is seen, and can be answered there.

use access::Role;
use testkit::story;

use crate::money_house::Browser;
use crate::month;

const AT: &str = "/records/batches/B-0001";

/// No day in any row, two amounts, a column without a name, accounts nobody knows.
const OPEN: &str = "Analysis of transactions,,,,\nSep-26,,,,\nAccount,Supplier,Net,Gross\n\
    Taxi,Cab Ltd,10.50,11.90\nRent,Homes Ltd,7.00,8.33,left over\n";

#[test]
fn what_a_file_leaves_open_is_asked_on_the_page_of_its_columns_and_answered_there() {
    story(async |house| {
        let people = month::organisation(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        asked(&priya).await;
        answered(&priya).await;
    });
}

async fn asked(priya: &Browser) {
    let upload = priya.opens("/records/batches/new?kind=gl").await;
    let columns =
        priya.follows(priya.uploads(&upload, "/records/batches", "gl", "sep.csv", OPEN).await).await;
    for says in [
        "What is asked about this file",
        "Which column is the amount: “Net” (17.5) or “Gross” (20.23)?",
        "What is in the columns without a name: column 5?",
        "without a name, filled in 1\u{a0}line: left over",
        "Line 2 says “Sep-26”, which is Sep 2026.",
        "Create unknown accounts",
    ] {
        assert!(columns.has(says), "{says}: {}", columns.main());
    }
    // Checked all the same, no line has a month: no account is looked up, so nothing is asked about accounts.
    let formats = priya.opens(&format!("{AT}/formats")).await;
    assert!(
        formats.has("Which column is the amount") && formats.has("/columns\">Answer"),
        "{}",
        formats.main()
    );
    let check = priya.opens(&format!("{AT}/check")).await;
    let found = priya.follows(priya.submits(&check, &format!("{AT}/check"), &[]).await).await;
    assert!(found.has("neither a posting date nor a period"), "{}", found.main());
    assert!(!found.has("columns#f-constant:create_accounts") && !found.has("Write it"), "{}", found.main());
}

async fn answered(priya: &Browser) {
    let columns = priya.opens(&format!("{AT}/columns")).await;
    let meant = [
        ("column:Gross", "amount"),
        ("column:Net", ""),
        ("constant:period", "2026-09"),
        ("constant:create_accounts", "cost"),
    ];
    // With its month the accounts are unknown, and the page leads to where that is answered.
    priya.follows(priya.submits(&columns, &format!("{AT}/edit"), &meant[..3]).await).await;
    let check = priya.opens(&format!("{AT}/check")).await;
    let found = priya.follows(priya.submits(&check, &format!("{AT}/check"), &[]).await).await;
    assert!(found.has("columns#f-constant:create_accounts") && !found.has("Write it"), "{}", found.main());
    let columns = priya.opens(&format!("{AT}/columns")).await;
    let formats = priya.follows(priya.submits(&columns, &format!("{AT}/edit"), &meant).await).await;
    assert!(formats.has("Nothing has to be answered"), "{}", formats.main());
    let check = priya.opens(&format!("{AT}/check")).await;
    let found = priya.follows(priya.submits(&check, &format!("{AT}/check"), &[]).await).await;
    assert!(found.has("€20.23") && found.has("Import 2"), "{}", found.main());
}

/// The refusal of a button stands on the page it was pressed on, whoever hides where they come from.
#[test]
fn a_check_that_is_refused_is_said_on_its_own_page() {
    story(async |house| {
        let people = month::organisation(&house).await;
        let priya = Browser::of(&house, &people.priya).await;
        let upload = priya.opens("/records/batches/new?kind=gl").await;
        priya.uploads(&upload, "/records/batches", "gl", "sep.csv", "Strange,Amount\n6400,1.00\n").await;
        let check = priya.opens(&format!("{AT}/check")).await;
        let refused = priya.submits(&check, &format!("{AT}/check"), &[]).await;
        assert_eq!(refused.status, 422, "{}", refused.main());
        assert!(refused.has("No column or value is set for: Account."), "{}", refused.main());
        assert!(refused.has("Is this how sep.csv is read?"), "{}", refused.main());
        let batches = priya.opens("/records/batches").await;
        assert!(batches.has("Ledger lines") && !batches.has(">Gl<"), "{}", batches.main());
    });
}

#[test]
fn who_brought_customers_in_sees_that_file_everywhere_and_no_file_of_money_anywhere() {
    story(async |house| {
        month::september(&house).await;
        let rosa = house.person("rosa", &[Role::RelationshipManager]).await;
        let file = "key,name\nHHT,Highland Health Trust\n";
        month::imports(&rosa, "customers", file, None).await.unwrap();
        let selin = Browser::of(&house, &house.person("selin", &[Role::Auditor]).await).await;
        let rosa = Browser::of(&house, &rosa).await;
        let (own, money) = ("href=\"/records/batches/B-0003\"", ["B-0001", "B-0002"]);
        for path in ["/", "/records/batches"] {
            let page = rosa.opens(path).await;
            assert!(page.main().contains(own), "{path}: {}", page.main());
            assert!(money.iter().all(|batch| !page.main().contains(batch)), "{path}: {}", page.main());
        }
        let batch = rosa.opens("/records/batches/B-0003").await;
        assert!(batch.has("customers.csv") && batch.has("What it wrote"), "{}", batch.main());
        for batch in money {
            assert_eq!(rosa.get(&format!("/records/batches/{batch}")).await.status, 404, "{batch}");
        }
        // Nobody was there yet when the first people came in.
        let all = selin.opens("/records/history?sort=seq&per=20").await;
        assert!(all.main().contains(">Quarterdeck<"), "{}", all.main());
    });
}
