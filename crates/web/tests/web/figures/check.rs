//! Recomputes a page's figures from the rows they link to.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kernel::Decimal;
use serde_json::Value;

use super::page::{Figure, read};
use crate::doors::Door;

/// Amounts in words that are no figures: where they stand, what is said there, and why.
const EXCEPTIONS: [(&str, &str, &str); 7] = [
    ("/money/variances", "cause", "a setting of the close policy, not a result"),
    ("/money/close-policy", "cause", "a setting of the close policy, not a result"),
    ("/money/ledger/", "", "what was posted in another currency; the amount in ours beside it is the figure"),
    (
        "/money/trace/",
        "≈",
        "a quotient said to be rounded, inside the sentence that gives both numbers exactly",
    ),
    ("/money/periods/", "EUR", "a record shown field by field as the API gives it: it is its own evidence"),
    ("/money/periods/", "is not confirmed", "why a step waits, in the words the API says it in"),
    ("/", "is not confirmed", "the same, told again on the way to the step"),
];

/// Somebody signed in, with what they have read already.
pub struct Visitor<'d> {
    door: &'d Door,
    cookie: String,
    known: BTreeMap<String, Result<Rc<Value>, String>>,
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
        Visitor { door, cookie, known: BTreeMap::new() }
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
            if let Err(expected) = self.recompute(path, figure).await {
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

    /// What it should be instead, where it is not.
    async fn recompute(&mut self, path: &str, figure: &Figure) -> Result<(), String> {
        let whole =
            |href: &str| if href.starts_with('?') { format!("{path}{href}") } else { href.to_owned() };
        match figure.kind.as_str() {
            "cell" if figure.in_table => return Ok(()),
            "cell" => return Err("a link to its rows: it stands in no table".into()),
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

/// What `sum:column`, `count` or `field:name` gives of these rows, as text.
fn computed(rows: &Value, from: &str) -> Result<String, String> {
    let items = rows["items"].as_array();
    match from.split_once(':') {
        None if from == "count" => {
            let items = items.ok_or("a list to count")?;
            match rows["count"].as_u64() {
                Some(count) if count == items.len() as u64 => Ok(count.to_string()),
                count => Err(format!("one count of {count:?} rows stated and {} there", items.len())),
            }
        }
        Some(("sum", column)) => {
            let items = items.ok_or("a list to sum")?;
            if items.iter().any(|item| item.get(column).is_none()) {
                return Err(format!("a column {column} to sum"));
            }
            let cells = items.iter().map(|item| &item[column]).filter(|cell| !cell.is_null());
            let sum = cells.map(|cell| number(&said(cell))).sum::<Result<Decimal, String>>()?;
            let total = rows["totals"].get(column).map(said).map_or(Ok(sum), |total| number(&total))?;
            if total == sum {
                Ok(sum.to_string())
            } else {
                Err(format!("total {total} of rows that give {sum}"))
            }
        }
        Some(("field", name)) => {
            let field = name.split('.').try_fold(rows, |at, part| match part.parse::<usize>() {
                Ok(place) => at.get(place),
                Err(_) => at.get(part),
            });
            field.filter(|field| !field.is_null()).map(said).ok_or_else(|| format!("a field {name} to read"))
        }
        _ => Err(format!("a recomputer of {from}")),
    }
}

/// An amount, a number or words, as text.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(money) if money.contains_key("amount") => said(&money["amount"]),
        other => other.to_string(),
    }
}

fn number(text: &str) -> Result<Decimal, String> {
    text.parse().map_err(|_| format!("a number, not “{text}”"))
}

/// The same number, or the same words.
fn same(expected: &str, found: &str) -> Result<(), String> {
    let equal = match (number(expected), number(found)) {
        (Ok(expected), Ok(found)) => expected == found,
        _ => expected == found,
    };
    if equal { Ok(()) } else { Err(expected.to_owned()) }
}

/// The same to half a step of the last place stated.
fn close(expected: Decimal, found: Decimal) -> Result<(), String> {
    let half = Decimal::new(5, found.scale().min(20) + 1);
    if (expected - found).abs() <= half { Ok(()) } else { Err(expected.to_string()) }
}
