//! What the tests of the doors share: the whole product behind its router, without a network; people
//! with their roles; requests as a browser, a script or the command line sends them.

#![allow(dead_code, reason = "each test file has its own part of it")]

use std::collections::{BTreeMap, VecDeque};

use access::{GrantScope, Params, Role, Who, grant, person};
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use axum::{Router, http::HeaderName};
use serde_json::Value;
use testkit::{Person, TestHouse};
use tower::ServiceExt;
use web::{LocalActor, Web, router};

/// The product over a house.
#[derive(Clone)]
pub struct Door {
    /// The house.
    pub house: TestHouse,
    router: Router,
}

/// A story told at the door, on SQLite alone: what differs between the engines is told by the contexts'
/// own stories.
pub fn tell(story: impl AsyncFn(Door)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let house = TestHouse::founded(&testkit::sqlite()).await;
        story(Door::of(house.clone())).await;
        house.house.db.close().await;
    });
}

impl Door {
    /// As served on loopback, without the demo's one click.
    pub fn of(house: TestHouse) -> Door {
        let web = Web::new(house.house.clone(), false, false);
        Door { house, router: router(web) }
    }

    /// As served in another way.
    pub fn with(house: &TestHouse, secure: bool, demo_sign_in: bool) -> Door {
        let web = Web::new(house.house.clone(), secure, demo_sign_in);
        Door { house: house.clone(), router: router(web) }
    }

    /// A request to be filled in and sent.
    pub fn ask(&self, method: &str, path: impl Into<String>) -> Ask<'_> {
        let (method, path) = (method.to_owned(), path.into());
        Ask { door: self, method, path, who: None, headers: HeaderMap::new(), body: Vec::new() }
    }

    /// What a reading or a page answers to `who`.
    pub async fn get(&self, who: &Who, path: impl Into<String>) -> Answer {
        self.ask("GET", path).by(who).send().await
    }

    /// Somebody active, who holds each role for its scope and never chose a password.
    pub async fn person(&self, username: &str, roles: &[(Role, GrantScope)]) -> Person {
        let mut cx = self.house.founding().await;
        let name = format!("{}{}", username[..1].to_uppercase(), &username[1..]);
        let input = person::PersonInput { username: username.into(), name, email: None };
        person::add(&mut cx, &Params::default(), input).await.unwrap();
        for (role, scope) in roles {
            grant::give_confirmed(&mut cx, username, *role, *scope).await.unwrap();
        }
        let id = person::activate(&mut cx, username).await.unwrap();
        cx.tx.commit().await.unwrap();
        Person { house: self.house.clone(), id, username: username.into() }
    }

    /// The same, for the whole organisation, as they would act now.
    pub async fn who(&self, username: &str, role: Role) -> Who {
        self.person(username, &[(role, GrantScope::Organisation)]).await.who().await
    }

    /// One value of the database.
    pub async fn value(&self, sql: &str) -> i64 {
        let mut tx = self.house.house.db.read().await.unwrap();
        tx.query(sql).row().await.unwrap().unwrap().get("n").unwrap()
    }

    /// The texts of column `x`; what is null is left out.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let mut tx = self.house.house.db.read().await.unwrap();
        let rows = tx.query(sql).rows().await.unwrap();
        rows.iter().filter_map(|row| row.get::<Option<String>>("x").unwrap()).collect()
    }

    /// Changes rows behind the product's back.
    pub async fn alter(&self, sql: &str) {
        let mut tx = self.house.house.db.begin().await.unwrap();
        assert!(tx.query(sql).execute().await.unwrap() > 0, "{sql} changes nothing");
        tx.commit().await.unwrap();
    }

    /// How many entries the history has.
    pub async fn head(&self) -> i64 {
        self.value("select coalesce(max(seq), 0) as n from access_history").await
    }
}

/// A request.
pub struct Ask<'d> {
    door: &'d Door,
    method: String,
    path: String,
    who: Option<Who>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Ask<'_> {
    /// As the command line sends it on a database of its own.
    pub fn by(mut self, who: &Who) -> Self {
        self.who = Some(who.clone());
        self
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(HeaderName::try_from(name).unwrap(), value.parse().unwrap());
        self
    }

    /// With a new idempotency key.
    pub fn keyed(self) -> Self {
        let (chance, clock) = (&self.door.house.house.chance, &self.door.house.house.clock);
        let key = chance.uuid_v7(clock.now()).to_string();
        self.header("idempotency-key", &key)
    }

    /// With a body in JSON.
    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }

    /// With exactly these bytes.
    pub fn raw(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self
    }

    /// As a browser sends a form.
    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        let encode = kernel::listing::encode;
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.body = pairs.join("&").into_bytes();
        self.header("content-type", "application/x-www-form-urlencoded")
    }

    /// Sends it and reads the whole answer.
    pub async fn send(self) -> Answer {
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.path);
        *request.headers_mut().unwrap() = self.headers;
        let mut request = request.body(Body::from(self.body)).unwrap();
        if let Some(who) = self.who {
            request.extensions_mut().insert(LocalActor(who));
        }
        let response = self.door.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Answer { status, headers, body }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text; bytes that are none are left out.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The code of a refusal; empty where it is none.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The fields a refusal names.
    pub fn fields(&self) -> Vec<String> {
        let fields = self.json()["fields"].as_array().cloned().unwrap_or_default();
        fields.iter().map(|field| field["field"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The values of a header that may come more than once.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }
}

/// The blanks of a path, in order.
pub fn blanks(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

/// An address of the API with its blanks filled: each by its own value, or by `other`.
pub fn address(path: &str, values: &[(&str, &str)], other: &str) -> String {
    let filled = blanks(path).into_iter().fold(path.to_owned(), |path, name| {
        let value = values.iter().find(|(known, _)| *known == name).map_or(other, |(_, value)| value);
        path.replace(&format!("{{{name}}}"), &kernel::listing::encode(value))
    });
    format!("/api/v1{filled}")
}

/// A page that was reached, and from where.
pub struct Reached {
    /// The page whose link led there; empty for home.
    pub from: String,
    /// What it answered.
    pub answer: Answer,
}

/// Follows every link from home, at most `most` pages; what each answered, by address.
pub async fn crawl(door: &Door, who: &Who, most: usize) -> BTreeMap<String, Reached> {
    let (mut waiting, mut seen) = (VecDeque::from([("/".to_owned(), String::new())]), BTreeMap::new());
    while let Some((path, from)) = waiting.pop_front() {
        if seen.contains_key(&path) || seen.len() >= most {
            continue;
        }
        let answer = door.get(who, &path).await;
        if answer.header("content-type").starts_with("text/html") {
            waiting.extend(links(&answer.text()).into_iter().map(|link| (link, path.clone())));
        }
        seen.insert(path, Reached { from, answer });
    }
    seen
}

/// Addresses of our own that a page links to, without what stands after `#`.
fn links(page: &str) -> Vec<String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    own.map(|href| href.split('#').next().unwrap_or_default().replace("&amp;", "&")).collect()
}
