//! A small organisation, its people signed in with a browser each, and what a page says.

#![allow(dead_code, reason = "each test file has its own part of it")]

mod page;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{GrantScope, Params, Role, grant, person, session};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use kernel::listing::encode;
use kernel::{CustomerId, ServiceId};
use serde_json::json;
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
