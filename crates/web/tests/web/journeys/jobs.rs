//! A long file is checked by a form: the page says how far it is and leads on by itself, with scripts and
//! without.

use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::json;
use testkit::{Person, TestHouse};
use tokio::sync::watch;

use super::customers::{invited, the_main_form};
use super::site::{Site, runtime, tell};

/// More lines than a browser is let wait for.
const LINES: usize = 80_000;

#[test]
fn a_long_file_is_checked_while_the_page_says_how_far_it_is() {
    tell(|browser, js| {
        let runtime = runtime();
        let (house, link) = runtime.block_on(async {
            let house = TestHouse::founded(&testkit::sqlite()).await;
            let link = invited(&house).await;
            (house, link)
        });
        let site = Site::of(runtime, house.house.clone(), false);
        browser.goto(&site.at(&link))?;
        browser.fill("input[name=password]", "a password of length")?;
        the_main_form(browser)?;
        let label = site.runtime.block_on(uploaded(&house));
        browser.goto(&site.at(&format!("/records/batches/{label}/check")))?;
        browser.submit(&format!("form[action='/records/batches/{label}/check']"))?;
        let url = browser.url()?;
        assert!(url.contains("/jobs/"), "{url}");
        assert!(browser.has("progress")?, "it says how far it is");
        assert!(browser.text("main")?.contains("Call it off"), "nobody works yet");

        let (stop, told) = watch::channel(false);
        let worker = site.runtime.spawn(app::jobs::work(house.house.clone(), told));
        let (begun, mut said) = (Instant::now(), Vec::new());
        while browser.url()?.contains("/jobs/") {
            assert!(begun.elapsed() < Duration::from_secs(60), "it does not end: {}", browser.text("main")?);
            if let Ok(text) = browser.text(".progress [role=status]") {
                said.push(text);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(browser.url()?, site.at(&format!("/records/batches/{label}")));
        assert!(browser.text(".banner")?.contains(&format!("Checked {label}: 80,000 new")), "its own banner");
        let way = said.iter().filter(|text| text.ends_with("of 80,000 lines")).count();
        assert!(way > 0, "{js}: nothing was said on the way: {said:?}");
        stop.send(true).unwrap();
        site.runtime.block_on(worker).unwrap();
        Ok(())
    });
}

/// A file of customers, uploaded by who came in; its batch.
async fn uploaded(house: &TestHouse) -> String {
    let mut tx = house.house.db.read().await.unwrap();
    let id = access::person::by_username(&mut tx, "marta").await.unwrap().unwrap().id;
    drop(tx);
    let marta = Person { house: house.clone(), id, username: "marta".into() };
    let lines: String =
        (0..LINES).map(|n| format!("C{n},Customer number {n} of a long file of many,unit\n")).collect();
    let file = base64::engine::general_purpose::STANDARD.encode(format!("key,name,kind\n{lines}"));
    let input = json!({"kind": "customers", "file_name": "long.csv", "file": file});
    marta.does("import upload", input).await.unwrap().key
}
