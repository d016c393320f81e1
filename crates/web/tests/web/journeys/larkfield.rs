//! The demo: finance follows the money, a customer sees their own.

use browser::{Browser, Error};

use super::site::{Site, runtime, tell};

#[test]
fn in_larkfield_finance_follows_the_money_and_a_customer_sees_their_own() {
    let runtime = runtime();
    let house = runtime.block_on(testkit::larkfield()).house;
    let site = Site::of(runtime, house, true);
    tell(|browser, _| {
        priya(browser, &site)?;
        elif(browser, &site)
    });
}

fn click_in(browser: &Browser, site: &Site, username: &str, name: &str) -> Result<(), Error> {
    browser.goto(&site.at("/"))?;
    if browser.has("details.account")? {
        browser.click("details.account summary")?;
        browser.follow("details.account form[action='/sign-out'] button")?;
    }
    browser.find(&format!("form:has(input[value='{username}']) button"))?.follow()?;
    assert_eq!(browser.url()?, site.at("/"));
    assert!(browser.text("details.account summary")?.contains(name));
    Ok(())
}

/// From what needs her to the close, the flow, a statement and where its amount comes from. The figures
/// are those of `demo.md`.
fn priya(browser: &Browser, site: &Site) -> Result<(), Error> {
    click_in(browser, site, "priya.venkataraman", "Priya Venkataraman")?;
    assert!(browser.has("main a[title='€7,563,248.11']")?, "the ledger of September waits");
    browser.link("Close")?.follow()?;
    browser.goto(&site.at("/money/close/2026-09"))?;
    assert_eq!(browser.text("h1")?, "Can Sep 2026 be closed?");
    let close = browser.text("main")?;
    assert!(
        close.contains("€7,563,248.11") && close.contains("€609,266.18") && close.contains("€0.00"),
        "{close}"
    );
    browser.goto(&site.at("/money/flow?period=2026-08"))?;
    assert_eq!(browser.text("h1")?, "Where does the money go, and what drives it?");
    assert!(browser.has("main svg")?, "the flow is drawn");
    assert!(!browser.find_all("main details table tbody tr")?.is_empty(), "and is a table as well");
    browser.link("Statements")?.follow()?;
    browser.find("main table tbody a[href^='/money/statements/STM-']")?.follow()?;
    let question = browser.text("h1")?;
    assert!(question.starts_with("What is ") && question.contains(" charged for "), "{question}");
    browser.find("main a[href$='#trace']")?.follow()?;
    let trace = browser.text("#trace")?;
    assert!(trace.contains('€'), "{trace}");
    Ok(())
}

/// Only what is hers: statements of one customer, and of another nothing by its address.
fn elif(browser: &Browser, site: &Site) -> Result<(), Error> {
    click_in(browser, site, "elif.demir", "Elif Demir")?;
    browser.link("Statements")?.follow()?;
    let statements = browser.find_all("main table > tbody:not(.top-total) > tr")?;
    assert!(statements.len() >= 20, "23 months were charged");
    assert!(browser.find_all("main a[href^='/customers/']")?.is_empty(), "all are hers: no row says whose");
    let mut refused = 0;
    for number in 1..=6 {
        browser.goto(&site.at(&format!("/money/statements/STM-{number}")))?;
        let question = browser.text("h1")?;
        if question == "There is nothing here" {
            refused += 1;
        } else {
            assert!(question.starts_with("What is Customer Care charged"), "{question}");
        }
    }
    assert_eq!(refused, 5, "of six customers' first statements one is hers");
    for path in ["/money/close/2026-09", "/money/flow", "/customers/BS", "/records/history"] {
        browser.goto(&site.at(path))?;
        let said = browser.text("h1")?;
        assert!(
            ["There is nothing here", "That is not yours to do"].contains(&said.as_str()),
            "{path}: {said}"
        );
        assert!(!browser.text("main")?.contains('€'), "{path}");
    }
    Ok(())
}
