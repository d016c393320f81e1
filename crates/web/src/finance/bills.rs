//! Cloud bills: what came in, what a bill was read from and what it sums to; importing and taking back.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Cell, Field, Figure, FilterControl, Head, HeadAction, ListPage, Markup, PageHead, Render, SimpleTable,
    html, number, summary_list, titled,
};
use serde_json::Value;

use super::amount;
use super::facts::offered;
use crate::page::{Page, PageCx, text};
use crate::show::{happened_to, refusal, rows};

/// Which bills explain the ledger?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("bill list", &[]).await?;
    let add = HeadAction::link("Import a bill", "/money/bills/new");
    let says = "No bill was imported yet: quarterdeck import usage DIR --period 2026-09.";
    let (head, empty) = offered(page, Action::ImportMoney, add, "Which bills explain the ledger?", says);
    let unit = page.cx.organisation.currency.sign();
    let list = ListPage::new(&listing, "/money/bills")
        .unit(&unit)
        .filter(FilterControl::typed("period", "Month"))
        .filter(FilterControl::typed("supplier", "Supplier"))
        .empty(empty);
    let head = head.here("Bills").answer(html! {
        "A bill never adds to cost: it says how the cost of its ledger lines is shared over services. "
        a href="/money/reconciliations" { "How bills and the ledger come together" }
    });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// Import a bill from its summary.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let summary = Field::area("summary", "Summary, as JSON", 16).value(page.answers.or("summary", ""));
    let hint = "As quarterdeck import usage DIR --period 2026-09 --dry-run --format json prints it: the bill is read \
                where its files are.";
    let form = page
        .form("/money/bills", None)
        .field(summary.hint(hint))
        .submit("Import bill")
        .cancel("/money/bills");
    let head =
        PageHead::new("Import a bill").crumb("Money", "/money").crumb("Bills", "/money/bills").here("New");
    Ok(Page { head, body: form.render() })
}

/// What was this bill read from, and what does it sum to?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let named = params.get("number");
    let bill = page.record("bill show", &[("number", named)]).await?;
    let at = format!("/money/bills/{named}");
    let (supplier, month) = (text(&bill, "supplier"), number::period(text(&bill, "period")));
    let mut head = PageHead::new(format!("What does {supplier} bill for {month}?"))
        .crumb("Money", "/money")
        .crumb("Bills", "/money/bills")
        .here(named)
        .answer(answer(&bill, &at));
    if text(&bill, "state") == "live" {
        let revert = HeadAction::link("Revert", format!("{at}/revert"));
        head = page.offer(head, "bill revert", &[("number", named)], revert).await?;
    }
    let past = happened_to(page, &[("bill", named)], 20).await?;
    let body = html! {
        (refusal(page))
        div .two .side {
            section { h2 { "By service" } (services(&bill, &at)) }
            section { h2 { "The bill" } (summary_list(&facts(&bill, &at))) }
        }
        (files(&bill))
        (not_counted(&bill))
        (rules(&bill))
        (past)
    };
    Ok(Page { head, body })
}

/// “€95.00 of Aug 2026; −€5.00 of it counts in Sep 2026.”
fn answer(bill: &Value, at: &str) -> Markup {
    let figure = |name: &'static str| amount(bill, name).map(|money| Figure::field(money, name, at).spoken());
    let counts_in = text(bill, "counts_in");
    let reconciled = format!("/money/reconciliations/{counts_in}/{}", text(bill, "supplier"));
    html! {
        @if let Some(money) = figure("amount") { (money) }
        @match text(bill, "state") {
            "replaced" => {
                ". " a href={ "/money/bills/" (text(bill, "replaced_by")) } { (text(bill, "replaced_by")) }
                " took its place: it does not count."
            }
            "reverted" => { ". It was taken back: it does not count. " (text(bill, "reason")) }
            _ => {
                @if !text(bill, "corrects").is_empty() {
                    "; its month was closed, so that what differs counts in " (number::period(counts_in)) ": "
                    @if let Some(money) = figure("counted") { (money) }
                }
                ". " a href=(reconciled) { "How it comes together with the ledger" }
            }
        }
    }
}

fn services(bill: &Value, at: &str) -> Markup {
    let heads = vec![
        Head::words("Service"),
        Head::figures("Rows").wide_only(),
        Head::figures("Exact").wide_only(),
        Head::figures("Amount"),
        Head::figures("Counted"),
    ];
    let table = SimpleTable::new("By service", heads).caption_hidden().dense();
    let table = rows(bill, "services").iter().fold(table, |table, of| {
        let key = text(of, "service");
        let name = match key {
            "" => Cell::words("matched by no rule"),
            key => Cell::link(key, format!("/services/{key}")),
        };
        let money =
            |name: &str| amount(of, name).map_or_else(Cell::blank, |money| Figure::cell(money).into());
        let rows = of.get("rows").and_then(Value::as_i64).unwrap_or(0);
        let exact = Cell::words(text(of, "total"));
        table.row(vec![name, Figure::cell(rows).into(), exact, money("amount"), money("counted")])
    });
    let sum = |name: &str| {
        amount(bill, name).map_or_else(Cell::blank, |money| Figure::field(money, name, at).strong().into())
    };
    let rows = bill.get("rows").and_then(Value::as_i64).unwrap_or(0);
    let rows = Figure::field(rows, "rows", at);
    let exact = Cell::words(text(bill, "total"));
    let table = table.total(vec![Cell::words("Together"), rows.into(), exact, sum("amount"), sum("counted")]);
    html! { (table) p { a href={ (at) "/services" } { "As a list" } } }
}

fn facts(bill: &Value, at: &str) -> Vec<(&'static str, Markup)> {
    let unmatched = match text(bill, "unmatched") {
        "keep" => "kept as a named residual",
        _ => "spread in proportion",
    };
    let days = (number::date(text(bill, "first_day")), number::date(text(bill, "last_day")));
    let mut facts = vec![
        ("State", html! { (text(bill, "state")) }),
        ("Version", html! { (bill["edition"].to_string()) " of its month" }),
        ("Cost", html! { (text(bill, "basis")) }),
        ("Matched by no rule", html! { (unmatched) }),
        ("Charges from", html! { (days.0) " to " (days.1) }),
        ("Exact total", html! { (text(bill, "total")) }),
    ];
    let rate = text(bill, "rate");
    if let Some(money) = amount(bill, "invoiced").filter(|_| !rate.is_empty()) {
        let figure = Figure::field(money, "invoiced", at).spoken();
        facts
            .push(("In its currency", html! { (figure) " at " (rate) " (" (text(bill, "rate_source")) ")" }));
    }
    let columns = rows(bill, "columns").iter();
    let columns: Vec<String> =
        columns.map(|column| format!("{}: {}", text(column, "role"), text(column, "name"))).collect();
    facts.push(("Columns", html! { (columns.join(" · ")) }));
    facts.push((
        "Imported",
        html! { (number::time(text(bill, "imported_at"))) " by " (text(bill, "imported_by")) },
    ));
    facts
}

fn files(bill: &Value) -> Markup {
    let heads = vec![Head::words("File"), Head::figures("Rows"), Head::words("SHA-256").wide_only()];
    let table = rows(bill, "files").iter().fold(SimpleTable::new("Files", heads).dense(), |table, file| {
        let rows = file.get("rows").and_then(Value::as_i64).unwrap_or(0);
        let (name, digest) = (Cell::words(text(file, "name")), Cell::words(text(file, "sha256")));
        table.row(vec![name, Figure::cell(rows).into(), digest])
    });
    titled(&table)
}

/// Rows that do not count, with why.
fn not_counted(bill: &Value) -> Markup {
    let refused = rows(bill, "refused");
    let heads = vec![Head::words("Why"), Head::figures("Rows"), Head::figures("Exact")];
    let table = SimpleTable::new("Rows that do not count", heads).dense();
    let table = refused.iter().fold(table, |table, of| {
        let rows = of.get("rows").and_then(Value::as_i64).unwrap_or(0);
        let (why, total) = (Cell::words(text(of, "reason")), Cell::words(text(of, "total")));
        table.row(vec![why, Figure::cell(rows).into(), total])
    });
    html! { @if !refused.is_empty() { (titled(&table)) } }
}

/// The rules as they were, to be read again with.
fn rules(bill: &Value) -> Markup {
    let all = rows(bill, "rules");
    html! {
        @if !all.is_empty() {
            section .gap {
                h2 { "Rules" }
                @for rules in all {
                    details { summary { (text(rules, "name")) } pre { (text(rules, "text")) } }
                }
            }
        }
    }
}

/// Why is a bill taken back?
pub(super) async fn revert(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let at = format!("/money/bills/{}", params.get("number"));
    let reason = Field::area("reason", "Why", 3).value(page.answers.or("reason", ""));
    let form = page.form(format!("{at}/revert"), None).field(reason).submit("Revert").cancel(at.clone());
    let head = PageHead::new(format!("Why is {} taken back?", params.get("number")))
        .crumb("Money", "/money")
        .crumb("Bills", "/money/bills")
        .crumb(params.get("number"), at)
        .here("Revert")
        .answer(html! { "What it replaced counts again; it can be imported again." });
    Ok(Page { head, body: form.render() })
}
