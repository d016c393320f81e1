//! One ledger line, down to the row of the file it came from: where every trace ends.

use access::Params;
use kernel::Refused;
use kernel::listing::encode;
use parts::{Cell, Figure, Head, Markup, PageHead, SimpleTable, html, number, summary_list, titled};
use serde_json::Value;

use super::amount;
use crate::page::{Page, PageCx, text};
use crate::show::{counted, happened_to};

/// Where does this line come from?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let id = params.get("id");
    let line = page.record("line show", &[("id", id)]).await?;
    let at = format!("/money/lines/{id}");
    let period = text(&line, "period");
    let head = PageHead::new("Where does this line come from?")
        .crumb("Money", "/money")
        .crumb("Ledger lines", format!("/money/lines?period={period}"))
        .here(format!("{}, {}", text(&line, "account"), number::date(text(&line, "posted_on"))))
        .answer(answer(&line, &at));
    // A line is never changed: what happened to it is what happened to its import.
    let past = happened_to(page, &[("batch", text(&line, "batch"))], 10).await?;
    let centre = text(&line, "cost_centre");
    let registered =
        !centre.is_empty() && counted(page, "cost-centre list", &[], &[("key", centre)]).await? > 0;
    let body = html! {
        div .two .side {
            (file(&line))
            section { h2 { "As it is booked" } (summary_list(&booked(&line, &at, registered))) }
        }
        (past)
    };
    Ok(Page { head, body })
}

/// “€1,234.56 is line 2,207 of gl-2026-09.csv, import B-0231.”
fn answer(line: &Value, at: &str) -> Markup {
    let batch = text(line, "batch");
    html! {
        @if let Some(money) = amount(line, "amount") { (Figure::field(money, "amount", at).spoken()) }
        @if let Some(number) = line["file_line"].as_i64() {
            " is line " (number::grouped(number.into(), 0)) " of " (text(line, "file")) ", import "
            a href={ "/records/batches/" (batch) } { (batch) } "."
        } @else { " was made here: " (text(line, "origin")) "." }
        @if line["counts"] == Value::Bool(false) {
            @if line["taken_back"] == Value::Bool(true) { " Its import was taken back, so it does not count." }
            @else { " A later import took its place, so it does not count." }
        }
    }
}

/// The row of the file as it stands there.
fn file(line: &Value) -> Markup {
    let cells = line["cells"].as_array().map(Vec::as_slice).unwrap_or_default();
    if cells.is_empty() {
        return html! { section { h2 { "In the file" } p .muted { "No file holds this line." } } };
    }
    let heads = vec![Head::words("Column"), Head::words("As it stands in the file")];
    let table = cells.iter().fold(SimpleTable::new("In the file", heads).dense(), |table, cell| {
        table.row(vec![Cell::words(text(cell, "column")), Cell::words(text(cell, "text"))])
    });
    titled(&table)
}

/// What is booked, by name; what the line does not say is left out. Only a registered cost centre has a page.
fn booked(line: &Value, at: &str, registered: bool) -> Vec<(&'static str, Markup)> {
    let account = text(line, "account");
    let mut rows = money(line, at);
    let named = format!("{account} {}", text(line, "account_name"));
    rows.push(("Account", html! { a href={ "/money/ledger/accounts/" (account) } { (named) } }));
    rows.push(("Posted on", html! { (number::date(text(line, "posted_on"))) }));
    let centre = text(line, "cost_centre");
    let to = format!("/money/cost-centres/{}", encode(centre));
    rows.extend(
        (!centre.is_empty()).then(|| {
            ("Cost centre", html! { @if registered { a href=(to) { (centre) } } @else { (centre) } })
        }),
    );
    for (label, name) in [
        ("Period", "period"),
        ("Corrects", "corrects"),
        ("Cost element", "cost_element"),
        ("Supplier", "supplier"),
        ("Document", "document"),
        ("Text", "text"),
    ] {
        let words = text(line, name);
        let words =
            if name == "period" || name == "corrects" { number::period(words) } else { words.to_owned() };
        rows.extend((!words.is_empty()).then(|| (label, html! { (words) })));
    }
    rows.extend(cost_pool(line));
    for (label, name, to) in [
        ("Mapped by", "rule", "/money/mapping/"),
        ("Service", "service", "/services/"),
        ("Customer", "customer", "/customers/"),
        ("Takes back", "reverses", "/money/lines/"),
    ] {
        let key = text(line, name);
        rows.extend((!key.is_empty()).then(|| (label, html! { a href={ (to) (key) } { (key) } })));
    }
    rows
}

/// The amount, and what it was converted from.
fn money(line: &Value, at: &str) -> Vec<(&'static str, Markup)> {
    let figure = |name: &'static str| amount(line, name).map(|money| Figure::field(money, name, at).spoken());
    let rate = text(line, "rate");
    let source = [text(line, "rate_kind"), text(line, "rate_source")].join(", ");
    let original = figure("original").filter(|_| !rate.is_empty());
    let original =
        original.map(|money| ("Original amount", html! { (money) " at " (rate) " (" (source) ")" }));
    figure("amount").map(|money| ("Amount", html! { (money) })).into_iter().chain(original).collect()
}

/// Where the mapping puts a line of cost.
fn cost_pool(line: &Value) -> Option<(&'static str, Markup)> {
    let pool = text(line, "pool");
    let cost = text(line, "kind") == "cost";
    cost.then(|| {
        (
            "Cost pool",
            html! {
                @if pool.is_empty() { "none: no mapping rule fits" }
                @else { a href={ "/money/pools/" (pool) } { (text(line, "pool_name")) } }
            },
        )
    })
}
