//! What people do, in a real browser against a real server: with scripts and without.

mod doors;

use std::net::TcpListener;
use std::path::Path;

use access::{GrantScope, Params, Role, grant, person};
use app::House;
use browser::{Browser, Error};
use doors::Door;
use kernel::Period;
use serde_json::json;
use testkit::TestHouse;
use tokio::runtime::Runtime;
use web::{Web, router};

/// A server on a free port of loopback, as long as it is kept.
struct Site {
    runtime: Runtime,
    base: String,
}

impl Site {
    fn of(runtime: Runtime, house: House, demo_sign_in: bool) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let served = router(Web::new(house, false, demo_sign_in));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, served).await.unwrap();
        });
        Site { runtime, base }
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Tells a journey with scripts and without; only where there is no Chromium it says so and passes.
fn tell(journey: impl Fn(&Browser, bool) -> Result<(), Error>) {
    if !Path::new("/usr/bin/chromium").exists() {
        assert!(std::env::var_os("CI").is_none(), "there is no Chromium: run dev/setup.sh test");
        eprintln!("SKIPPED, nothing is shown: there is no Chromium; run dev/setup.sh test");
        return;
    }
    for js in [false, true] {
        let browser = Browser::start(js).unwrap();
        if let Err(error) = journey(&browser, js) {
            let at = browser.url().unwrap_or_default();
            let seen = browser.text("main").unwrap_or_default();
            panic!("{}, at {at}: {error}\n{seen}", if js { "with scripts" } else { "without scripts" });
        }
        let complaints = browser.complaints().unwrap();
        // A refused form answers with its status, which a browser notes; anything else is a fault of a page.
        let faults: Vec<&String> = complaints
            .iter()
            .filter(|line| !line.contains("the server responded with a status of 4"))
            .collect();
        assert!(faults.is_empty(), "the browser complains: {faults:?}");
    }
}

/// A house with a relationship manager who has a one-time link; the link.
async fn invited(house: &TestHouse) -> String {
    let mut cx = house.founding().await;
    let input = person::PersonInput { username: "marta".into(), name: "Marta Kowalczyk".into(), email: None };
    let done = person::add(&mut cx, &Params::default(), input).await.unwrap();
    grant::give_confirmed(&mut cx, "marta", Role::RelationshipManager, GrantScope::Organisation)
        .await
        .unwrap();
    cx.tx.commit().await.unwrap();
    done.body["link"].as_str().unwrap().to_owned()
}

fn the_main_form(browser: &Browser) -> Result<(), Error> {
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
    assert_eq!(problem.text()?, "Enter a key of 2 to 12 capital letters and digits, for example CARE.");
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
    let cookies = browser.cookies()?;
    let session = cookies.iter().find(|cookie| cookie.name == "quarterdeck").expect("there is a session");
    for (label, begins) in [("CSV", &b"key,"[..]), ("Excel", b"PK"), ("JSON", b"{\"schema\"")] {
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

#[test]
fn in_larkfield_finance_follows_the_money_and_a_customer_sees_their_own() {
    let runtime = runtime();
    let house = runtime.block_on(async {
        let house = House::open(&testkit::sqlite()).await.unwrap();
        let september: Period = "2026-09".parse().unwrap();
        app::demo::load(&house, september, &|_| {}).await.unwrap();
        house
    });
    let door = runtime.block_on(async {
        // Opened again, the house has the clock of the demo.
        House::open(&format!("sqlite:{}", path_of(&house).await)).await.unwrap()
    });
    let site = Site::of(runtime, door, true);
    tell(|browser, _| {
        priya(browser, &site)?;
        elif(browser, &site)
    });
}

/// The file of a SQLite house.
async fn path_of(house: &House) -> String {
    let mut tx = house.db.read().await.unwrap();
    tx.query("select file from pragma_database_list where name = 'main'")
        .row()
        .await
        .unwrap()
        .unwrap()
        .get("file")
        .unwrap()
}

fn click_in(browser: &Browser, site: &Site, name: &str) -> Result<(), Error> {
    browser.goto(&site.at("/"))?;
    if browser.has("details.account")? {
        browser.click("details.account summary")?;
        browser.follow("details.account form[action='/sign-out'] button")?;
    }
    browser.button(name)?.follow()?;
    assert_eq!(browser.url()?, site.at("/"));
    assert!(browser.text("details.account summary")?.contains(name));
    Ok(())
}

/// From what needs her to the close, the flow, a statement and where its amount comes from. The figures
/// are those of `demo.md`.
fn priya(browser: &Browser, site: &Site) -> Result<(), Error> {
    click_in(browser, site, "Priya Venkataraman")?;
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
    click_in(browser, site, "Elif Demir")?;
    browser.link("Statements")?.follow()?;
    let customers = browser.find_all("main table > tbody a[href^='/customers/']")?;
    assert!(customers.len() >= 20, "23 months were charged");
    for customer in customers {
        assert_eq!(customer.attribute("href")?.unwrap(), "/customers/CARE");
    }
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
