//! Agreements: the list, and one with its quantities and price.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Cell, Choice, Empty, Figure, FilterControl, Head, HeadAction, ListPage, Markup, PageHead, Render,
    SimpleTable, State, Thing, html, summary_list, titled,
};
use serde_json::Value;

use super::customer::for_one;
use super::customer_page::service_link;
use crate::filters;
use crate::finance::only_customer;
use crate::page::{Page, PageCx, text};
use crate::show::{self, counted, day, decimal, happened, may_customer, quantity, rows, sentence, sign, yes};
use crate::units;

/// Who takes what, how much, until when?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("agreement list", &[]).await?;
    to_cards(page, &mut listing);
    units::in_rows(&mut listing);
    let words = |words: &[&str]| words.iter().map(|word| Choice::new(*word, sentence(word))).collect();
    let theirs = only_customer(page);
    let empty = if theirs {
        let none = "You take nothing by agreement yet. An agreement follows from an order.";
        Empty::new(none).action(HeadAction::link("Catalogue", "/catalogue"))
    } else {
        let none =
            "There is no agreement yet. One is entered on the customer's page, or follows from an order.";
        Empty::new(none).action(HeadAction::link("Customers", "/customers"))
    };
    let customers = filters::customer(page).await?;
    let mut list = ListPage::new(&listing, "/agreements")
        .filter(customers)
        .filter(FilterControl::typed("service", "Service"))
        .filter(FilterControl::typed("state", "State"))
        .filter(FilterControl::select("in_force", "In force", words(&["yes", "no"])))
        .empty(empty);
    list = list.keep_day(page.as_of());
    let body = ListPage { heading_hidden: true, ..list }.render();
    let who = if theirs { "What do you take" } else { "Who takes what" };
    let mut head = PageHead::new(format!("{who}, how much, until when?"))
        .crumb("Relationships", "/customers")
        .here("Agreements");
    let enter = for_one(page, Action::ConfirmOrder, "Enter an agreement", "agreements/new").await?;
    head.actions.extend(enter);
    Ok(Page { head: head.answer(answer(page).await?), body })
}

async fn answer(page: &mut PageCx) -> Result<Markup, Refused> {
    let in_force = counted(page, "agreement list", &[], &[("in_force", "yes")]).await?;
    let coming = counted(page, "agreement list", &[], &[("state", "confirmed")]).await?;
    let figure = |n, only: &str| Figure::count(n, format!("/agreements?{only}")).spoken();
    Ok(html! {
        (figure(in_force, "in_force=yes")) (if in_force == 1 { " agreement is" } else { " agreements are" }) " in force today, "
        @if coming == 0 { "none begins later." }
        @else { (figure(coming, "state=confirmed")) (if coming == 1 { " begins" } else { " begin" }) " later." }
    })
}

/// Who may not open a service's record is led to its card.
pub(super) fn to_cards(page: &PageCx, listing: &mut kernel::listing::Listing) {
    if page.may(Action::ReadServices) {
        return;
    }
    for column in listing.columns.iter_mut().filter(|column| column.key == "service") {
        column.link = Some("/catalogue/{service}");
    }
}

/// One agreement.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let agreement = page.record("agreement show", &[("number", number)]).await?;
    let customer = page.record("customer show", &[("key", text(&agreement, "customer"))]).await?;
    let (past, _) = happened(page, "agreement", number, None).await?;
    let mut head = head(&agreement).answer(answer_one(&agreement));
    let open = text(&agreement, "to_day").is_empty() || yes(&agreement, "in_force");
    if open && may_customer(page, Action::ConfirmOrder, text(&customer, "id")) {
        head = head.action(HeadAction::link("End", format!("/agreements/{number}/end")));
        head =
            head.action(HeadAction::link("Change quantity", format!("/agreements/{number}/edit")).primary());
    }
    let body = html! {
        (show::refusal(page))
        div .two .side {
            (quantities(&agreement))
            section { h2 { "The agreement" } (summary_list(&fields(page, &agreement))) }
        }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}

pub(super) fn head(agreement: &Value) -> PageHead {
    let customer = text(agreement, "customer");
    let title = format!(
        "Agreement with {} on {}",
        text(agreement, "customer_name"),
        text(agreement, "offering_name")
    );
    PageHead::new(title)
        .crumb("Relationships", "/customers")
        .crumb(customer, format!("/customers/{customer}"))
        .crumb("Agreements", format!("/agreements?customer={customer}"))
        .here(text(agreement, "number"))
        .state(State::of(Thing::Order, text(agreement, "state")))
}

/// The quantity agreed last.
pub(super) fn latest(agreement: &Value) -> &str {
    rows(agreement, "quantities").last().map_or("", |step| text(step, "quantity"))
}

fn answer_one(agreement: &Value) -> Markup {
    let at = format!("/agreements/{}", text(agreement, "number"));
    let (unit, price) = (text(agreement, "unit"), &agreement["price"]);
    let steps = rows(agreement, "quantities");
    let last = steps.len().saturating_sub(1);
    let field = format!("quantities.{last}.quantity");
    let taken = quantity(latest(agreement));
    html! {
        (Figure::field(taken.clone(), &field, at.clone()).spoken()) (units::after(&taken, unit))
        @if let Some(step) = steps.last() { " from " (day(step, "from_day")) }
        @if price.is_object() {
            ", at "
            (Figure::field(decimal(text(price, "per_unit")), "price.per_unit", at).spoken().before(&sign(text(price, "currency"))))
            " per " (unit) " and month"
        } @else { ", " (text(agreement, "charging")) }
        @if !text(agreement, "to_day").is_empty() { ", until " (day(agreement, "to_day")) }
        "."
    }
}

fn quantities(agreement: &Value) -> Markup {
    let unit = text(agreement, "unit");
    let heads = vec![Head::words("From"), Head::figures(format!("Quantity, {unit}"))];
    let table = rows(agreement, "quantities").iter().fold(
        SimpleTable::new("How much, from when", heads),
        |table, step| {
            table.row(vec![
                Cell::words(day(step, "from_day")),
                Cell::figure(Figure::cell(quantity(text(step, "quantity")))),
            ])
        },
    );
    titled(&table)
}

fn fields(page: &PageCx, agreement: &Value) -> Vec<(&'static str, Markup)> {
    let customer = text(agreement, "customer");
    let offering = text(agreement, "offering");
    let mut fields = vec![
        ("Customer", html! { a href={ "/customers/" (customer) } { (text(agreement, "customer_name")) } }),
        ("Service", service_link(page, text(agreement, "service"), text(agreement, "service_name"))),
        (
            "Offering",
            if page.may(Action::ReadServices) {
                html! { a href={ "/offerings/" (offering) } { (text(agreement, "offering_name")) } }
            } else {
                html! { (text(agreement, "offering_name")) }
            },
        ),
        ("From", html! { (day(agreement, "from_day")) }),
        ("To", html! { (day(agreement, "to_day")) }),
        ("Notice", html! { (notice(agreement)) }),
        ("Settlement", html! { (settlement(agreement)) }),
        ("Key in its source", html! { (text(agreement, "source_key")) }),
    ];
    fields.retain(|(_, value)| !value.0.is_empty());
    fields
}

/// How long before its end it is to be ended: `30 days`.
pub(super) fn notice(agreement: &Value) -> String {
    match agreement["notice_days"].as_i64().unwrap_or_default() {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

/// In the words of lists and forms, and what they mean.
fn settlement(agreement: &Value) -> &'static str {
    match text(agreement, "settlement") {
        "recharge" => "Recharge: it is paid",
        _ => "Memo: shown, not paid",
    }
}
