//! The trace of a statement line: for its customer as far as the basis of the charge, for those who read
//! money down to pools, ledger lines and batches.

use access::{Action, Params};
use kernel::{Money, Refused};
use parts::state::{State, Tone};
use parts::{
    Cell, Figure, Head, Markup, PageHead, Render, Shape, SimpleTable, Trace, TraceStep, html, number,
};
use serde_json::Value;

use super::shared_by::{rule_at, shared_by};
use super::trace::{batches, batches_of, grouped, in_pool, untied};
use super::{amount, bill_trace, field};
use crate::page::{Page, PageCx, text};

/// The trace on a page of its own.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let trace = page.record("trace show", &[("id", params.get("id"))]).await?;
    let statement = text(&trace, "statement");
    let at = format!("/money/statements/{statement}");
    let (service, customer) = (text(&trace, "service_name"), text(&trace, "customer_name"));
    let mut head = PageHead::new(format!("Where does the charge of {service} to {customer} come from?"));
    if page.may(Action::ReadMoney) {
        head = head.crumb("Money", "/money");
    }
    let head = head.crumb("Statements", "/money/statements").crumb(statement, at).here("Trace");
    let head = head.answer(html! { (text(&trace, "sentence")) });
    let body = html! { (panel(&trace, None).render()) (bill_trace::behind(&trace)) };
    Ok(Page { head, body })
}

/// The panel of a `quarterdeck.statement-trace.v1`; `close` is the page without it.
pub(super) fn panel(trace: &Value, close: Option<String>) -> Trace {
    let id = text(trace, "id");
    let own = format!("/money/trace/{id}");
    let title = amount(trace, "amount")
        .map_or_else(String::new, |money| format!("Where {} comes from", money.spoken()));
    let parts: Option<Vec<&Value>> =
        trace.get("parts").and_then(Value::as_array).map(|parts| parts.iter().collect());
    let base = Trace { title, address: Some(own.clone()), close, ..Trace::default() };
    match parts {
        None => basis(trace, &own, base),
        Some(parts) => whole(trace, &own, &parts, base),
    }
}

/// As far as the customer sees: own quantity, price or cost share, amount.
fn basis(trace: &Value, own: &str, base: Trace) -> Trace {
    let mut steps = Vec::new();
    let quantity = text(trace, "quantity");
    if let Ok(value) = quantity.parse() {
        let figure = Figure::field(kernel::listing::Value::Decimal(value), "quantity", own);
        steps.push(TraceStep::new("Your quantity", html! { (figure) " " (text(trace, "unit")) }, Vec::new()));
    }
    if let Ok(price) = text(trace, "unit_price").parse() {
        let figure = Figure::field(kernel::listing::Value::Decimal(price), "unit_price", own);
        let follows = trace.get("unit_price_follows") == Some(&Value::Bool(true));
        let note = if follows { "amount ÷ quantity" } else { "the price agreed" };
        steps.push(TraceStep::new("Unit price", html! { (figure) }, vec![html! { (note) }]));
    }
    if let Some(money) = amount(trace, "amount") {
        let figure = Figure::field(money, "amount", own).spoken();
        steps.push(TraceStep::new("Amount", html! { (figure) }, Vec::new()));
    }
    Trace { sentence: Some(html! { (text(trace, "sentence")) }), steps, ..base }
}

fn whole(trace: &Value, own: &str, parts: &[&Value], base: Trace) -> Trace {
    let sentence = match text(trace, "cost_sentence") {
        "" => text(trace, "sentence"),
        says => says,
    };
    Trace {
        sentence: Some(html! { (sentence) }),
        steps: chain(trace, own, parts),
        rows: Some(rows(trace, own, parts)),
        verdicts: vec![ties(trace, own)],
        note: Some(html! { "The customer sees this panel without pools and ledger lines." }),
        ..base
    }
}

fn chain(trace: &Value, own: &str, parts: &[&Value]) -> Vec<TraceStep> {
    let pools =
        i64::try_from(parts.iter().filter(|part| !text(part, "pool").is_empty()).count()).unwrap_or(0);
    let of = amount(trace, "of");
    let whole = html! { @if let Some(of) = of { (Figure::field(of, "of", own).spoken()) } };
    let mut steps = vec![TraceStep::new(
        "Ledger lines",
        html! { (number::counted(pools, "cost pool", "cost pools")) },
        vec![whole, batches(&batches_of(parts))],
    )];
    let rule = text(trace, "rule");
    if !rule.is_empty() {
        steps.push(TraceStep::new(
            "Rule",
            html! { a href=(rule_at(rule)) { (rule) } },
            vec![html! { "share by " (text(trace, "method")) }],
        ));
    }
    let driver = text(trace, "driver");
    let (mine, all) = (field(trace, "driver_quantity"), field(trace, "quantity_total"));
    if !driver.is_empty() && !all.is_empty() {
        let at = format!("/money/quantities?driver={driver}&period={}", text(trace, "period"));
        let value = html! { a href=(at) { (grouped(&all)) " " (text(trace, "unit")) } };
        steps.push(TraceStep::new("Driver", value, vec![html! { (driver) }]));
    }
    steps.push(TraceStep::new("Share", html! { (share(trace)) }, Vec::new()));
    let value = html! { @if let Some(money) = amount(trace, "amount") { (Figure::field(money, "amount", own).spoken()) } };
    let note = if mine.is_empty() { "charged" } else { "largest remainder per pool" };
    steps.push(TraceStep::new("Amount", value, vec![html! { (note) }]));
    steps
}

/// `122 / 1,357`; a fraction too long to read is left to the sentence.
fn share(trace: &Value) -> String {
    let (mine, all) = (field(trace, "driver_quantity"), field(trace, "quantity_total"));
    if !mine.is_empty() && !all.is_empty() {
        return format!("{} / {}", grouped(&mine), grouped(&all));
    }
    let ratio = trace.get("share").unwrap_or(&Value::Null);
    let (n, d) = (field(ratio, "numerator"), field(ratio, "denominator"));
    match (n.len() <= 9 && d.len() <= 9, n == d) {
        _ if n.is_empty() => "–".to_owned(),
        (_, true) => "all of it".to_owned(),
        (true, _) => format!("{} / {}", grouped(&n), grouped(&d)),
        _ => "as solved".to_owned(),
    }
}

fn rows(trace: &Value, own: &str, parts: &[&Value]) -> SimpleTable {
    let heads = vec![
        Head::words("Cost pool"),
        Head::figures("Lines").wide_only(),
        Head::figures("In the pool").wide_only(),
        Head::words("Shared by").wide_only(),
        Head::figures("To the service").wide_only(),
        Head::figures("Their part"),
    ];
    let table = SimpleTable::new("Pool rows", heads).caption_hidden().dense();
    let table = parts.iter().fold(table, |table, part| table.row(row(part)));
    let figure = |name: &str| {
        amount(trace, name).map_or_else(Cell::blank, |money| Figure::field(money, name, own).strong().into())
    };
    let service = Cell::words(text(trace, "service_name"));
    table.total(vec![service, Cell::blank(), Cell::blank(), Cell::blank(), figure("of"), figure("amount")])
}

/// A pool's way to the line; or what stands between cost and charge.
fn row(part: &Value) -> Vec<Cell> {
    let money = |name: &str| {
        amount(part, name).map_or_else(Cell::blank, |money: Money| Cell::from(Figure::cell(money)))
    };
    let pool = text(part, "pool");
    if pool.is_empty() {
        let blank = std::iter::repeat_with(Cell::blank).take(4);
        return [Cell::words(text(part, "says"))].into_iter().chain(blank).chain([money("amount")]).collect();
    }
    let name = if text(part, "pool_name").is_empty() { pool } else { text(part, "pool_name") };
    let lines = part.get("ledger_lines").and_then(Value::as_i64).unwrap_or(0);
    let lines = Figure { href: Some(text(part, "rows").to_owned()), ..Figure::cell(lines) };
    vec![
        Cell::link(name, format!("/money/pools/{pool}")),
        lines.into(),
        in_pool(part),
        shared_by(part),
        money("service_cost"),
        money("amount"),
    ]
}

fn ties(trace: &Value, own: &str) -> (State, Markup) {
    let cost =
        html! { @if let Some(cost) = amount(trace, "cost") { (Figure::field(cost, "cost", own).spoken()) } };
    if trace.get("ties") == Some(&Value::Bool(true)) {
        (
            State::new("It ties.", Tone::Ok, Shape::Check),
            html! { "The pool rows add up to its cost, " (cost) "." },
        )
    } else {
        let says = html! {
            @for (i, why) in untied(trace).iter().enumerate() { @if i > 0 { " " } (why) }
            " Its cost as drafted: " (cost) "."
        };
        (State::new("It does not tie.", Tone::Bad, Shape::Diamond), says)
    }
}
