//! A small organisation, its people signed in with a browser each, and what a page says.

#![allow(dead_code, reason = "each test file has its own part of it")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{GrantScope, Params, Role, grant, person, session};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use kernel::listing::encode;
use kernel::{CustomerId, ServiceId};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};
use tower::ServiceExt;
use web::{Web, router};

/// Somebody with a browser.
pub struct Browser {
    router: Router,
    cookie: String,
}

/// A page as it came.
pub struct Page {
    pub status: u16,
    pub location: String,
    body: String,
}

/// The people of the house by username, each with a browser.
pub type People = BTreeMap<String, Browser>;

/// DESK can be taken and lacks nothing, MAIL has a key and a name; CARE and SALES take DESK, HHT
/// nothing. Elif stands for CARE, Rafael owns DESK.
pub async fn open(house: &TestHouse) -> People {
    let yuki = active(house, "yuki", Role::PortfolioManager, GrantScope::Organisation).await;
    let marta = active(house, "marta", Role::RelationshipManager, GrantScope::Organisation).await;
    let priya = active(house, "priya", Role::FinanceManager, GrantScope::Organisation).await;
    let henrik = active(house, "henrik", Role::FinanceManager, GrantScope::Organisation).await;
    let pavel = active(house, "pavel", Role::Administrator, GrantScope::Organisation).await;
    for (key, name, kind) in [
        ("CARE", "Customer Care", "unit"),
        ("SALES", "Business Sales", "unit"),
        ("HHT", "Highland Health", "outside"),
    ] {
        marta.does("customer add", json!({ "key": key, "name": name, "kind": kind })).await.unwrap();
    }
    let care = id_of(&marta, "customer show", "CARE").await;
    let own = GrantScope::Customer(CustomerId::parse(&care).unwrap());
    let elif = active(house, "elif", Role::CustomerRepresentative, own).await;
    services(&yuki).await;
    let desk = id_of(&yuki, "service show", "DESK").await;
    let own = GrantScope::Service(ServiceId::parse(&desk).unwrap());
    let rafael = active(house, "rafael", Role::ServiceOwner, own).await;
    price(&priya, &henrik).await;
    for (customer, quantity) in [("CARE", "1357"), ("SALES", "88")] {
        let line = json!({ "customer": customer, "offering": "DESK", "quantity": quantity, "from_day": "2025-10-01",
            "notice_days": "30" });
        marta.does("agreement add", line).await.unwrap();
    }
    let router = router(Web::new(house.house.clone(), false, false));
    let mut people = People::new();
    for person in [yuki, marta, priya, henrik, pavel, elif, rafael] {
        let browser = Browser::signed_in(house, &router, &person).await;
        people.insert(person.username, browser);
    }
    people
}

/// Somebody active who never chose a password: hashing seven for every story would take minutes.
async fn active(house: &TestHouse, username: &str, role: Role, scope: GrantScope) -> Person {
    let mut cx = house.founding().await;
    let input = person::PersonInput { username: username.into(), name: username.to_uppercase(), email: None };
    person::add(&mut cx, &Params::default(), input).await.unwrap();
    grant::give_confirmed(&mut cx, username, role, scope).await.unwrap();
    let id = person::activate(&mut cx, username).await.unwrap();
    cx.tx.commit().await.unwrap();
    Person { house: house.clone(), id, username: username.into() }
}

async fn services(yuki: &Person) {
    let desk = json!({ "key": "DESK", "name": "Customer Care Desktop", "owner": "yuki", "relationship_manager": "marta",
        "value_proposition": "Your agents see the whole customer on one page.", "first_day": "2013-06-01" });
    yuki.does("service take-over", desk).await.unwrap();
    yuki.does("service take-over", json!({ "key": "MAIL", "name": "Voicemail" })).await.unwrap();
    yuki.does("offering add", json!({ "service": "DESK", "unit": "seat", "charging": "fixed" }))
        .await
        .unwrap();
    let promise = json!({ "name": "Availability", "measure": "service level", "promised": "99.5", "unit": "%", "due": "FY27" });
    yuki.does_to("promise add", &[("key", "DESK")], promise, None).await.unwrap();
}

/// A price one drafts and another approves.
async fn price(priya: &Person, henrik: &Person) {
    let price = json!({ "per_unit": "380.00", "from_day": "2025-10-01" });
    priya.does_to("price draft", &[("key", "DESK")], price, None).await.unwrap();
    let number = [("number", "PRC-1")];
    priya.does_to("price submit", &number, json!({}), None).await.unwrap();
    henrik.does_to("price approve", &number, json!({}), None).await.unwrap();
}

async fn id_of(who: &Person, reading: &str, key: &str) -> String {
    who.sees(reading, &[("key", key)]).await["id"].as_str().unwrap().to_owned()
}

/// The token with another nonce. Chance is seeded in tests, so that every page gets the same one; a
/// browser gets another each time.
fn anew(token: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (session, _) = token.split_once('.').unwrap();
    format!("{session}.{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

impl Browser {
    /// With a session of that person, as signing in opens one.
    async fn signed_in(house: &TestHouse, router: &Router, person: &Person) -> Browser {
        let mut tx = house.house.db.begin().await.unwrap();
        let now = house.house.clock.now();
        let token = session::open(&mut tx, person.id, now, house.house.chance.as_ref()).await.unwrap();
        tx.commit().await.unwrap();
        Browser { router: router.clone(), cookie: format!("quarterdeck={token}") }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
    }

    async fn answer(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page {
            status,
            location: location.unwrap_or_default(),
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.answer(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Opens the page of a form and keeps its hidden fields.
    pub async fn form(&self, path: &str) -> Vec<(String, String)> {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        page.hidden(path)
    }

    /// Opens the form at `page`, fills it in and sends it to `to`.
    pub async fn send(&self, page: &str, to: &str, answers: &[(&str, &str)]) -> Page {
        let seen = self.form(page).await;
        self.send_seen(&seen, to, answers).await
    }

    /// Sends a form that was opened before.
    pub async fn send_seen(&self, seen: &[(String, String)], to: &str, answers: &[(&str, &str)]) -> Page {
        let seen = seen.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<String> = seen
            .chain(answers.iter().copied())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        self.answer(self.request("POST", to).body(Body::from(pairs.join("&"))).unwrap()).await
    }
}

impl Page {
    /// The hidden fields of the form on it, whose page is at `path`: with what stood there as it was opened.
    pub fn hidden(&self, path: &str) -> Vec<(String, String)> {
        let mut fields = vec![("_form".to_owned(), path.to_owned())];
        for name in ["_token", "_version"] {
            let marked = format!("type=\"hidden\" name=\"{name}\" value=\"");
            // The last on the page: before it may stand the shell's own, without a version.
            if let Some((_, rest)) = self.body.rsplit_once(&marked) {
                let value = rest.split('"').next().unwrap().to_owned();
                fields.push((name.to_owned(), if name == "_token" { anew(&value) } else { value }));
            }
        }
        for was in self.body.split("type=\"hidden\" name=\"_was.").skip(1) {
            let (name, rest) = was.split_once("\" value=\"").unwrap();
            let value = rest.split('"').next().unwrap().replace("&amp;", "&");
            fields.push((format!("_was.{name}"), value));
        }
        fields
    }

    /// Whether the page holds `text`.
    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// How often it does.
    pub fn count(&self, text: &str) -> usize {
        self.body.matches(text).count()
    }

    /// The page as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    /// The main part's words, for messages.
    pub fn text(&self) -> &str {
        self.body.split_once("<main").map_or(&self.body, |(_, main)| main)
    }

    /// The page without what differs each time it is made.
    pub fn without_tokens(&self) -> String {
        let mut parts = self.body.split("name=\"_token\" value=\"");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |page, part| page + part.split_once('"').map_or("", |(_, rest)| rest))
    }

    /// Addresses on this site the page links to, help and search aside.
    pub fn links(&self) -> Vec<String> {
        let hrefs = self.body.split("<a ").skip(1).filter_map(|rest| {
            let tag = rest.split('>').next()?;
            let (_, href) = tag.split_once("href=\"")?;
            Some(href.split('"').next()?.replace("&amp;", "&"))
        });
        hrefs
            .filter(|href| {
                href.starts_with('/') && !href.starts_with("/help") && !href.starts_with("/search")
            })
            .collect()
    }

    /// Every figure that counts rows: what it says and where its rows are.
    pub fn counts(&self) -> Vec<(i64, String)> {
        let figures =
            self.body.split("<a ").skip(1).filter(|rest| {
                rest.split('>').next().is_some_and(|tag| tag.contains("data-figure=\"count\""))
            });
        let read = figures.map(|rest| {
            let href = rest.split_once("href=\"").unwrap().1.split('"').next().unwrap().replace("&amp;", "&");
            let value = rest.split_once("<data value=\"").unwrap().1.split('"').next().unwrap();
            (value.parse().unwrap(), href)
        });
        read.collect()
    }

    /// The empty places of the page.
    pub fn empties(&self) -> Vec<String> {
        let places = self.body.split("<div class=\"empty\">").skip(1);
        places.map(|rest| rest.split("</div>").next().unwrap_or_default().to_owned()).collect()
    }
}
