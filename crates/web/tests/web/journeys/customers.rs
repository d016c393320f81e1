//! A relationship manager comes in, adds a customer, settles a conflict, works with a list.

use access::{GrantScope, Params, Role, grant, person};
use browser::{Browser, Error};
use serde_json::json;
use testkit::TestHouse;

use super::site::{Site, runtime, tell};
use crate::doors::Door;

/// A house with a relationship manager who has a one-time link; the link.
pub(crate) async fn invited(house: &TestHouse) -> String {
    let mut cx = house.founding().await;
    let input = person::PersonInput { username: "marta".into(), name: "Marta Kowalczyk".into(), email: None };
    let done = person::add(&mut cx, &Params::default(), input).await.unwrap();
    grant::give_confirmed(&mut cx, "marta", Role::RelationshipManager, GrantScope::Organisation)
        .await
        .unwrap();
    cx.tx.commit().await.unwrap();
    done.told().body["link"].as_str().unwrap().to_owned()
}

pub(crate) fn the_main_form(browser: &Browser) -> Result<(), Error> {
    browser.submit("main form.form")
}

#[test]
fn a_manager_comes_in_adds_a_customer_and_settles_a_conflict() {
    tell(|browser, js| {
        let runtime = runtime();
        let (door, link) = runtime.block_on(async {
            let house = TestHouse::founded(&testkit::sqlite()).await;
            let link = invited(&house).await;
            (Door::of(house), link)
        });
        let site = Site::of(runtime, door.house.house.clone(), false);
        comes_in(browser, &site, &link)?;
        adds(browser, &site)?;
        changes_what_another_changed(browser, &site, &door)?;
        lists(browser, &site, &door)?;
        if js {
            by_keys(browser)?;
        }
        darkens(browser, &site)
    });
}

/// By the one-time link, with a password that is too short first.
fn comes_in(browser: &Browser, site: &Site, link: &str) -> Result<(), Error> {
    browser.goto(&site.at("/customers"))?;
    assert_eq!(browser.url()?, site.at("/sign-in"), "nobody gets past without signing in");
    browser.goto(&site.at(link))?;
    assert!(browser.text("main")?.contains("Your username is marta."));
    browser.fill("input[name=password]", "short")?;
    the_main_form(browser)?;
    assert!(browser.text(".error-summary")?.contains("at least 12 characters"));
    assert!(browser.title()?.starts_with("Error: "));
    browser.fill("input[name=password]", "a password of length")?;
    the_main_form(browser)?;
    assert_eq!(browser.url()?, site.at("/"));
    assert_eq!(browser.text("h1")?, "What needs me today?");
    let cookies = browser.cookies()?;
    let session = cookies.iter().find(|cookie| cookie.name == "quarterdeck").expect("there is a session");
    assert!(session.http_only && session.same_site == "Lax");
    Ok(())
}

/// The first answer is wrong: what was typed stays, the summary leads to the field.
fn adds(browser: &Browser, site: &Site) -> Result<(), Error> {
    browser.link("Relationships")?.follow()?;
    browser.link("Add customer")?.follow()?;
    browser.fill("main input[name=key]", "care")?;
    browser.fill("main input[name=name]", "Customer Care")?;
    the_main_form(browser)?;
    assert!(browser.title()?.starts_with("Error: "), "{}", browser.title()?);
    let problem = browser.find(".error-summary a")?;
    assert_eq!(problem.text()?, "Key: Enter a key of 2 to 12 capital letters and digits, for example CARE.");
    let field = browser.find("main input[name=key]")?;
    assert_eq!(problem.attribute("href")?.unwrap(), format!("#{}", field.attribute("id")?.unwrap()));
    assert_eq!(
        (field.value()?, browser.find("main input[name=name]")?.value()?),
        ("care".into(), "Customer Care".into())
    );
    browser.fill("main input[name=key]", "CARE")?;
    the_main_form(browser)?;
    assert_eq!(browser.url()?, site.at("/customers/CARE"));
    assert!(browser.text("body")?.contains("Added customer CARE, Customer Care."));
    browser.reload()?;
    assert!(!browser.text("body")?.contains("Added customer CARE"), "it is said once");
    Ok(())
}

/// Somebody else saves first: both values are shown, nothing typed is lost, saving again is on purpose.
fn changes_what_another_changed(browser: &Browser, site: &Site, door: &Door) -> Result<(), Error> {
    browser.goto(&site.at("/customers/CARE/edit"))?;
    site.runtime.block_on(async {
        let nora = door.who("nora", Role::RelationshipManager).await;
        let at = "/api/v1/relationships/customers/CARE";
        let ask = door.ask("PATCH", at).by(&nora).header("if-match", "\"1\"");
        assert_eq!(ask.json(&json!({"name": "Care and Returns"})).send().await.status, 200);
    });
    browser.fill("main input[name=name]", "Care Centre")?;
    the_main_form(browser)?;
    assert!(browser.text(".error-summary")?.contains("Somebody changed this since you opened it"));
    assert!(browser.text(".conflict")?.contains("Care and Returns"), "what is stored now");
    assert_eq!(browser.find("main input[name=name]")?.value()?, "Care Centre", "what was typed");
    the_main_form(browser)?;
    assert_eq!(browser.url()?, site.at("/customers/CARE"));
    assert_eq!(browser.text("h1")?, "Care Centre");
    let told = browser.text(".history")?;
    let newest = told.find("Care Centre").expect("the history tells the last change");
    let older = told.rfind("Care and Returns").expect("and the one before");
    assert!(newest < older && told.contains("Nora") && told.contains("Marta Kowalczyk"), "{told}");
    Ok(())
}

/// Filtered, sorted, and as files.
fn lists(browser: &Browser, site: &Site, door: &Door) -> Result<(), Error> {
    site.runtime.block_on(async {
        let olaf = door.who("olaf", Role::RelationshipManager).await;
        for (key, kind) in [("ZOO", "outside"), ("BANK", "outside")] {
            let ask = door.ask("POST", "/api/v1/relationships/customers").by(&olaf).keyed();
            assert_eq!(ask.json(&json!({"key": key, "name": key, "kind": kind})).send().await.status, 201);
        }
    });
    let keys = || -> Result<Vec<String>, Error> {
        browser
            .find_all("main table > tbody:not(.top-total) th[scope=row] a")?
            .iter()
            .map(|cell| cell.text())
            .collect()
    };
    browser.link("Relationships")?.follow()?;
    assert_eq!(keys()?, ["BANK", "CARE", "ZOO"]);
    browser.find("main form.filters select[name=kind]")?.choose("Outside organisation")?;
    browser.submit("main form.filters")?;
    assert_eq!(keys()?, ["BANK", "ZOO"]);
    assert!(browser.url()?.contains("kind=outside"), "a filter is in the address: {}", browser.url()?);
    browser.link("Key")?.follow()?;
    if keys()? == ["BANK", "ZOO"] {
        browser.link("Key")?.follow()?;
    }
    assert_eq!(keys()?, ["ZOO", "BANK"], "sorted the other way, still filtered");
    files(browser, site, door)
}

/// The files of the list hold what the page shows.
fn files(browser: &Browser, site: &Site, door: &Door) -> Result<(), Error> {
    let cookies = browser.cookies()?;
    let session = cookies.iter().find(|cookie| cookie.name == "quarterdeck").expect("there is a session");
    for (label, begins) in [("CSV", &b"\xef\xbb\xbfkey,"[..]), ("Excel", b"PK"), ("JSON", b"{\"schema\"")] {
        let href = browser.link(label)?.attribute("href")?.unwrap();
        let file = site.runtime.block_on(async {
            let ask =
                door.ask("GET", href.as_str()).header("cookie", &format!("quarterdeck={}", session.value));
            ask.send().await
        });
        assert!(file.status == 200 && file.body.starts_with(begins), "{href}: {}", file.text());
        if label == "CSV" {
            let rows: Vec<String> = file.text().lines().skip(1).map(|line| line[..3].to_owned()).collect();
            assert_eq!(rows, ["ZOO", "BAN"], "the file holds what the page shows");
        }
    }
    Ok(())
}

/// j and k move, Enter opens.
fn by_keys(browser: &Browser) -> Result<(), Error> {
    let here = || browser.text("tr.at th[scope=row] a");
    browser.find("body")?.type_text("j")?;
    assert_eq!(here()?, "ZOO");
    browser.find("body")?.type_text("j")?;
    assert_eq!(here()?, "BANK");
    browser.find("body")?.type_text("j")?;
    assert_eq!(here()?, "BANK", "the last row is the last");
    browser.find("body")?.type_text("k")?;
    assert_eq!(here()?, "ZOO");
    browser.find("body")?.type_text("?")?;
    assert!(browser.text("dialog.keys")?.contains("next, previous row"));
    browser.find("dialog.keys button")?.click()
}

/// The choice of dark stays.
fn darkens(browser: &Browser, site: &Site) -> Result<(), Error> {
    browser.goto(&site.at("/customers"))?;
    assert_eq!(browser.find("html")?.attribute("data-theme")?, None);
    browser.click("details.account summary")?;
    browser.follow("details.account form[action='/theme'] button[value=dark]")?;
    assert_eq!(browser.url()?, site.at("/customers"), "one stays where one was");
    assert_eq!(browser.find("html")?.attribute("data-theme")?.as_deref(), Some("dark"));
    browser.goto(&site.at("/"))?;
    assert_eq!(browser.find("html")?.attribute("data-theme")?.as_deref(), Some("dark"));
    assert!(browser.cookies()?.iter().any(|cookie| cookie.name == "theme" && cookie.value == "dark"));
    browser.click("details.account summary")?;
    browser.follow("details.account form[action='/sign-out'] button")?;
    assert_eq!(browser.url()?, site.at("/sign-in"));
    browser.goto(&site.at("/customers/CARE"))?;
    assert_eq!(browser.url()?, site.at("/sign-in"), "signed out");
    Ok(())
}
