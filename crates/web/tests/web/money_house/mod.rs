//! A browser for the stories of money and imports, and figures recomputed from the rows they link to.

use std::sync::atomic::{AtomicU64, Ordering};

use access::session;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use kernel::Decimal;
use kernel::listing::encode;
use serde_json::Value;
use testkit::{Person, TestHouse};
use tower::ServiceExt;
use web::{Web, router};

/// Somebody with a browser, without scripts.
pub struct Browser {
    router: Router,
    cookie: String,
}

/// A page as it came.
pub struct Page {
    pub status: u16,
    pub location: String,
    pub body: String,
}

/// A number on a page: how it comes from its rows, and where they are.
#[derive(Debug)]
pub struct Figure {
    pub kind: String,
    pub column: String,
    pub href: String,
    pub value: String,
}

impl Browser {
    /// With a session of that person, as signing in opens one.
    pub async fn of(house: &TestHouse, person: &Person) -> Browser {
        let mut tx = house.house.db.begin().await.unwrap();
        let now = house.house.clock.now();
        let token = session::open(&mut tx, person.id, now, house.house.chance.as_ref()).await.unwrap();
        tx.commit().await.unwrap();
        let router = router(Web::new(house.house.clone(), false, false));
        Browser { router, cookie: format!("quarterdeck={token}") }
    }

    async fn send(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin");
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        Page { status, location: location.unwrap_or_default(), body }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send("GET", path.split('#').next().unwrap(), "text/plain", Vec::new()).await
    }

    /// Opens a page that must be there.
    pub async fn opens(&self, path: &str) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.main());
        page
    }

    /// Presses the button of the form on `page` that posts to `action`, with these answers in place of those
    /// the form has.
    pub async fn submits(&self, page: &Page, action: &str, answers: &[(&str, &str)]) -> Page {
        let mut fields = page.fields(action);
        fields.retain(|(name, _)| answers.iter().all(|(answered, _)| answered != name));
        let answers = answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let pairs: Vec<String> = fields
            .into_iter()
            .chain(answers)
            .map(|(name, value)| format!("{}={}", encode(&name), encode(&value)))
            .collect();
        let kind = "application/x-www-form-urlencoded";
        self.send("POST", action, kind, pairs.join("&").into_bytes()).await
    }

    /// The same with a file, as a browser sends one.
    pub async fn uploads(&self, page: &Page, action: &str, kind: &str, name: &str, text: &str) -> Page {
        let mut body = String::new();
        let mut part = |head: String, text: &str| {
            body.push_str(&format!("--mark\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n"))
        };
        for (field, value) in page.fields(action).into_iter().filter(|(field, _)| field != "kind") {
            part(format!("name=\"{field}\""), &value);
        }
        part("name=\"kind\"".into(), kind);
        part(format!("name=\"file\"; filename=\"{name}\""), text);
        body.push_str("--mark--\r\n");
        self.send("POST", action, "multipart/form-data; boundary=mark", body.into_bytes()).await
    }

    /// Follows a redirect.
    pub async fn follows(&self, page: Page) -> Page {
        assert_eq!(page.status, 303, "{}", page.main());
        self.opens(&page.location).await
    }

    /// The rows or the record behind an address, as its JSON.
    pub async fn json(&self, href: &str) -> Value {
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        let page = self.get(&format!("{path}.json?{query}")).await;
        assert_eq!(page.status, 200, "{href}: {}", page.main());
        serde_json::from_str(&page.body).unwrap_or_else(|_| panic!("{href} has no JSON: {}", page.main()))
    }

    /// Asserts that every sum, count and field on the page is what its rows give; how many there were.
    pub async fn ties(&self, path: &str) -> usize {
        let page = self.opens(path).await;
        let figures = page.figures();
        for figure in &figures {
            let behind = self.json(&figure.href).await;
            let found = match figure.kind.as_str() {
                "sum" => summed(&behind, &figure.column),
                "count" => Decimal::from(behind["count"].as_i64().unwrap()),
                _ => number(&behind[&figure.column]).unwrap_or_else(|| panic!("{figure:?} of {behind}")),
            };
            assert_eq!(found, figure.value.parse::<Decimal>().unwrap(), "{path}: {figure:?}");
        }
        figures.len()
    }
}

fn summed(list: &Value, column: &str) -> Decimal {
    let items = list["items"].as_array().unwrap_or_else(|| panic!("{column} of no list: {list}"));
    items.iter().filter_map(|item| number(&item[column])).sum()
}

/// An amount, a number as text, or a count.
fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Object(money) => money.get("amount")?.as_str()?.parse().ok(),
        Value::String(text) => text.parse().ok(),
        Value::Number(count) => count.to_string().parse().ok(),
        _ => None,
    }
}

/// The token with another nonce: chance is seeded, so that every page gets the same one; a browser gets
/// another each time.
fn anew(token: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let (session, _) = token.split_once('.').unwrap();
    format!("{session}.{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

impl Page {
    /// Whether the page holds `text`.
    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// The main part, for messages.
    pub fn main(&self) -> &str {
        self.body.split_once("<main").map_or(&self.body, |(_, main)| main)
    }

    /// Whether a form or button on it posts to `action`.
    pub fn offers(&self, action: &str) -> bool {
        self.body.contains(&format!("action=\"{action}\""))
    }

    /// The answers the form that posts to `action` has, as a browser would send them.
    fn fields(&self, action: &str) -> Vec<(String, String)> {
        let marked = format!("action=\"{action}\"");
        let form = self
            .body
            .split("<form")
            .skip(1)
            .find(|form| form.split('>').next().is_some_and(|tag| tag.contains(&marked)));
        let form = form.unwrap_or_else(|| panic!("no form posts to {action}: {}", self.main()));
        let form = form.split("</form>").next().unwrap();
        let mut fields = Vec::new();
        for tag in form.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let kind = attribute(tag, "type").unwrap_or_default();
            let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
            if let Some(name) = attribute(tag, "name").filter(|_| chosen && kind != "file") {
                let value = attribute(tag, "value").unwrap_or_default();
                fields.push((name.clone(), if name == "_token" { anew(&value) } else { value }));
            }
        }
        for select in form.split("<select").skip(1).map(|rest| rest.split("</select>").next().unwrap()) {
            let options: Vec<&str> =
                select.split("<option").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
            let option = options.iter().find(|tag| tag.contains(" selected")).or(options.first()).unwrap();
            fields.push((attribute(select, "name").unwrap(), attribute(option, "value").unwrap_or_default()));
        }
        for area in form.split("<textarea").skip(1).map(|rest| rest.split("</textarea>").next().unwrap()) {
            fields.push((attribute(area, "name").unwrap(), unescaped(area.split_once('>').unwrap().1)));
        }
        fields
    }

    /// Every sum, count and field on the page.
    pub fn figures(&self) -> Vec<Figure> {
        let tags = self
            .body
            .split("<a ")
            .skip(1)
            .filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("data-figure=")));
        let read = tags.map(|rest| {
            let tag = format!(" {}", rest.split('>').next().unwrap());
            Figure {
                kind: attribute(&tag, "data-figure").unwrap(),
                column: attribute(&tag, "data-column").unwrap_or_default(),
                href: attribute(&tag, "href").unwrap(),
                value: rest.split_once("<data value=\"").unwrap().1.split('"').next().unwrap().to_owned(),
            }
        });
        read.filter(|figure| matches!(figure.kind.as_str(), "sum" | "count" | "field")).collect()
    }
}
