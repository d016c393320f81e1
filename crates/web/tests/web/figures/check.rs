//! Recomputes a page's figures from the rows they link to.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kernel::Decimal;
use serde_json::Value;

use super::numbers::{close, computed, number, plain, said, same, tell};
use super::page::{Figure, read};
use crate::doors::Door;

/// Amounts in words that are no figures: where they stand, what is said there, and why.
const EXCEPTIONS: [(&str, &str, &str); 11] = [
    ("/money/variances", "cause", "a setting of the close policy, not a result"),
    ("/money/close-policy", "cause", "a setting of the close policy, not a result"),
    ("/money/budget", "true-up", "what a person wrote of a variance, in their own words"),
    ("/money/causes", "true-up", "the same, in the list of causes"),
    ("/money/ledger/", "", "what was posted in another currency; the amount in ours beside it is the figure"),
    (
        "/money/trace/",
        "≈",
        "a quotient said to be rounded, inside the sentence that gives both numbers exactly",
    ),
    ("/money/trace/", "rounding", "what a quotient in the sentence lacks of the amount it gives"),
    ("/money/periods/", "EUR", "a record shown field by field as the API gives it: it is its own evidence"),
    ("/money/periods/", "is not confirmed", "why a step waits, in the words the API says it in"),
    ("/help/errors", "Write one amount", "how an amount is written, not one of this organisation"),
    ("/", "is not confirmed", "the same, told again on the way to the step"),
];

/// Pages with a table whose cells stand in no list of their own: which, and where their numbers come from.
const PARTS: [(&str, &str); 6] = [
    ("/money/flow", "what is left of a row or column whose shown cells and whose whole are figures"),
    ("/money/ledger/", "the postings of the transaction that the page is"),
    ("/money/drivers/", "quantities of the month that the page shows; each row opens what it measures"),
    ("/money/statements/", "the service's part of a pool, between the pool and the line, both figures"),
    ("/money/trace/", "the same, on its own page"),
    ("/money/budget", "what no pool has: an address cannot ask for lines without one"),
];

/// Somebody signed in, with what they have read already.
pub struct Visitor<'d> {
    door: &'d Door,
    cookie: String,
    known: BTreeMap<String, Result<Rc<Value>, String>>,
    /// The numbers and words of what is known, each as [`plain`] writes it.
    told: BTreeMap<String, Rc<BTreeSet<String>>>,
}

/// A figure that is not what its rows give.
#[derive(Debug)]
pub struct Finding {
    /// The page it stands on.
    pub page: String,
    /// What it says of itself.
    pub figure: String,
    /// What it should be by its rows, or what it lacks.
    pub expected: String,
    /// What it is.
    pub found: String,
}

impl Finding {
    /// A link that leads nowhere, or to a page its reader may not open.
    pub fn broken(page: &str, status: u16) -> Option<Finding> {
        (status != 200).then(|| Finding {
            page: page.to_owned(),
            figure: "the page a link leads to".into(),
            expected: "200".into(),
            found: status.to_string(),
        })
    }
}

/// What checking gave: figures by kind, and what is wrong.
#[derive(Debug, Default)]
pub struct Checked {
    /// How many of each kind were recomputed.
    pub kinds: BTreeMap<String, usize>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl<'d> Visitor<'d> {
    /// Comes in by one click on the demo's sign-in page.
    pub async fn signed_in(door: &'d Door, username: &str) -> Visitor<'d> {
        let ask = door.ask("POST", "/sign-in/demo").header("host", "127.0.0.1");
        let answer = ask.form(&[("username", username)]).send().await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"), "{username}");
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Visitor { door, cookie, known: BTreeMap::new(), told: BTreeMap::new() }
    }

    /// Opens an address: status, type and text.
    pub async fn open(&self, path: &str) -> (u16, String, String) {
        let answer = self.door.ask("GET", path).header("cookie", &self.cookie).send().await;
        (answer.status, answer.header("content-type").to_owned(), answer.text())
    }

    /// The rows or the record an address leads to.
    async fn rows(&mut self, href: &str) -> Result<Rc<Value>, String> {
        let href = href.split('#').next().unwrap_or_default();
        if !self.known.contains_key(href) {
            let (path, query) = href.split_once('?').unwrap_or((href, ""));
            let (status, _, text) = self.open(&format!("{path}.json?{query}")).await;
            let json = serde_json::from_str(&text).ok().filter(|_| status == 200);
            let json = json.map(Rc::new).ok_or_else(|| format!("rows at {href}, which answers {status}"));
            self.known.insert(href.to_owned(), json);
        }
        self.known[href].clone()
    }

    /// Recomputes everything on a page.
    pub async fn check(&mut self, page: &str, html: &str, checked: &mut Checked) {
        let read = read(html);
        let path = page.split(['?', '#']).next().unwrap_or_default();
        for figure in &read.figures {
            *checked.kinds.entry(figure.kind.clone()).or_default() += 1;
            let outcome = match figure.kind.as_str() {
                "cell" => self.stands_in_its_rows(page, figure, &read.row_links).await,
                _ => self.recompute(path, figure).await,
            };
            if let Err(expected) = outcome {
                let (page, found) = (page.to_owned(), figure.value.clone());
                let figure = format!("{} {} at “{}”", figure.kind, figure.column, figure.href);
                checked.findings.push(Finding { page, figure, expected, found });
            }
        }
        // A sentence may repeat what the page has as a figure.
        let figures: BTreeSet<Decimal> =
            read.figures.iter().filter_map(|figure| Some(number(&figure.value).ok()?.abs())).collect();
        for (found, amount) in read.loose {
            let excepted = |(at, said, _): &(&str, &str, &str)| page.starts_with(at) && found.contains(said);
            if !figures.contains(&amount.abs()) && !EXCEPTIONS.iter().any(excepted) {
                let expected = format!("a figure of {amount} with kind and link");
                let (page, figure) = (page.to_owned(), "none".to_owned());
                checked.findings.push(Finding { page, figure, expected, found });
            }
        }
    }

    /// The rows or the record of a figure. Two pages show one row of a list in full, which has no address of
    /// its own in the API: a promise with what came of it, and a service on a customer's menu card.
    async fn evidence(&mut self, href: &str, from: &str, value: &str) -> Result<Rc<Value>, String> {
        let (path, query) = href.split_once('?').unwrap_or((href, ""));
        if let Some(number) = path.strip_prefix("/promises/").filter(|_| from.starts_with("field:")) {
            let list = self.rows("/money/promises").await?;
            let mut items = list["items"].as_array().into_iter().flatten();
            let row = items.find(|row| row["number"] == number);
            return row.map(|row| Rc::new(row.clone())).ok_or_else(|| format!("a row {number} of promises"));
        }
        if let Some(service) = path.strip_prefix("/catalogue/").filter(|_| from == "field:per_unit") {
            let menu = self.rows(&format!("/catalogue?{query}")).await?;
            let cards =
                ["available", "ending"].map(|section| menu[section].as_array().cloned().unwrap_or_default());
            let card = cards.concat().into_iter().find(|card| card["key"] == service);
            let card = card.ok_or_else(|| format!("a card of {service}"))?;
            let prices: Vec<&Value> =
                card["offerings"].as_array().into_iter().flatten().map(|of| &of["price"]).collect();
            let price = prices.iter().find(|price| said(&price["per_unit"]) == value).or(prices.first());
            return price
                .map(|price| Rc::new((*price).clone()))
                .ok_or_else(|| format!("a price of {service}"));
        }
        self.rows(href).await
    }

    /// What stands in the rows or the record an address leads to; nothing where there are none.
    async fn told(&mut self, href: &str) -> Rc<BTreeSet<String>> {
        if !self.told.contains_key(href) {
            let mut told = BTreeSet::new();
            if let Ok(rows) = self.rows(href).await {
                tell(&rows, &mut told);
            }
            self.told.insert(href.to_owned(), Rc::new(told));
        }
        self.told[href].clone()
    }

    /// A cell is a number of a row as it is: it stands in what it leads to itself, in what its row leads to, or
    /// in the list that the page shows.
    async fn stands_in_its_rows(
        &mut self,
        page: &str,
        figure: &Figure,
        row_links: &[Vec<String>],
    ) -> Result<(), String> {
        let row = figure.row.ok_or("a link to its rows: it stands in no table")?;
        if figure.href.is_empty() && PARTS.iter().any(|(at, _)| page.starts_with(at)) {
            return Ok(());
        }
        let path = page.split(['?', '#']).next().unwrap_or_default();
        let leads =
            if figure.href.is_empty() { &row_links[row][..] } else { std::slice::from_ref(&figure.href) };
        let places = [&[page.to_owned()], leads].concat();
        for place in &places {
            let place = if place.starts_with('?') { format!("{path}{place}") } else { place.clone() };
            if self.told(&place).await.contains(&plain(&figure.value)) {
                return Ok(());
            }
        }
        Err(format!("the value in the rows of {}", places.join(", ")))
    }

    /// What it should be instead, where it is not.
    async fn recompute(&mut self, path: &str, figure: &Figure) -> Result<(), String> {
        let whole =
            |href: &str| if href.starts_with('?') { format!("{path}{href}") } else { href.to_owned() };
        match figure.kind.as_str() {
            _ if figure.href.is_empty() => return Err("a link to its rows".into()),
            "sum" | "count" | "field" => {
                let from = match figure.kind.as_str() {
                    "count" => "count".to_owned(),
                    kind => format!("{kind}:{}", figure.column),
                };
                let rows = self.evidence(&whole(&figure.href), &from, &figure.value).await?;
                return same(&computed(&rows, &from)?, &figure.value);
            }
            _ => {}
        }
        let mut numbers = Vec::new();
        for [from, value, href] in &figure.operands {
            let rows = self.evidence(&whole(href), from, value).await?;
            same(&computed(&rows, from)?, value)
                .map_err(|expected| format!("{from} {expected}, not {value}"))?;
            numbers.push(number(value)?);
        }
        let [a, b] = numbers[..] else { return Err(format!("a recomputer of the kind {}", figure.kind)) };
        let result = match figure.kind.as_str() {
            "difference" => a.checked_sub(b),
            "product" => a.checked_mul(b),
            "ratio" | "quotient" => a.checked_div(b),
            kind => return Err(format!("a recomputer of the kind {kind}")),
        };
        let result = result.ok_or_else(|| format!("{} of {a} and {b}, which there is not", figure.kind))?;
        close(result, number(&figure.value)?)
    }
}
