//! Orders: the list, and one with its answer.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Empty, Figure, FilterControl, HeadAction, ListPage, Markup, PageHead, Render, State, Thing, html, number,
    summary_list,
};
use serde_json::Value;

use super::agreement::to_cards;
use super::catalogue::{self, card_of};
use super::catalogue_card;
use crate::filters;
use crate::finance::only_customer;
use crate::page::{Page, PageCx, text, version};
use crate::show::{self, counted, day, happened, may_customer, quantity, rows, speaks_for};
use crate::units;

/// What is asked of us?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("order list", &[]).await?;
    to_cards(page, &mut listing);
    units::in_rows(&mut listing);
    let (asks, none) = match only_customer(page) {
        true => ("What did you ask for?", "You have asked for nothing yet. You order from the catalogue."),
        false => (
            "Which orders are there?",
            "Nobody has asked for anything yet. Customers order from the catalogue.",
        ),
    };
    let empty = Empty::new(none).action(HeadAction::link("Catalogue", "/catalogue"));
    let customers = filters::customer(page).await?;
    let list = ListPage::new(&listing, "/orders")
        .filter(customers)
        .filter(FilterControl::typed("state", "State"))
        .empty(empty);
    let body = ListPage { heading_hidden: true, ..list }.render();
    let waiting = counted(page, "order list", &[], &[("state", "asked")]).await?;
    let answer = html! {
        @if waiting == 0 { "No order waits for an answer." } @else {
            (Figure::count(waiting, "/orders?state=asked").spoken())
            (if waiting == 1 { " order waits for an answer." } else { " orders wait for an answer." })
        }
    };
    let head = PageHead::new(asks).crumb("Relationships", "/customers").here("Orders").answer(answer);
    Ok(Page { head, body })
}

/// One order.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let order = page.record("order show", &[("number", number)]).await?;
    let customer = page.record("customer show", &[("key", text(&order, "customer"))]).await?;
    let (past, _) = happened(page, "order", number, None).await?;
    let theirs = speaks_for(page, text(&customer, "id"));
    let mut head = head(&order).answer(answer(&order, theirs));
    if text(&order, "state") == "asked" && may_customer(page, Action::ConfirmOrder, text(&customer, "id")) {
        head = head.action(HeadAction::link("Refuse", format!("/orders/{number}/refuse")));
        head = head.action(HeadAction::link("Confirm", format!("/orders/{number}/confirm")).primary());
    }
    // The list names people; the use case compares them.
    let asked = text(&order, "asked_by") == page.cx.who.name;
    if asked
        && text(&order, "state") == "asked"
        && may_customer(page, Action::PlaceOrder, text(&customer, "id"))
    {
        let post = page.post(format!("/orders/{number}/withdraw"), version(&order));
        head = head.action(HeadAction::post("Withdraw", post));
    }
    let mut fields = fields(&order, &customer);
    fields.splice(1..1, offered(page, &order).await?);
    let body = html! {
        (show::refusal(page))
        section { h2 { "The order" } (summary_list(&fields)) }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}

/// What is ordered, where it stands on the customer's menu, and, while it waits, its price.
async fn offered(page: &mut PageCx, order: &Value) -> Result<Vec<(&'static str, Markup)>, Refused> {
    let (service, customer) = (text(order, "service"), text(order, "customer"));
    let words = format!("{}, {}", text(order, "service_name"), text(order, "offering"));
    let at = format!("/catalogue/{service}?customer={customer}");
    let mut offered = vec![("What", html! { a href=(at) { (words) } })];
    if text(order, "state") == "asked" {
        let menu = catalogue::read(page, customer).await?;
        let offerings = card_of(&menu, service).map_or(&[][..], |(card, _)| rows(card, "offerings"));
        let chosen = offerings.iter().find(|row| text(row, "key") == text(order, "offering"));
        offered.extend(chosen.map(|chosen| ("Price", html! { (catalogue_card::says(chosen)) })));
    }
    Ok(offered)
}

pub(super) fn head(order: &Value) -> PageHead {
    let (number, customer) = (text(order, "number"), text(order, "customer"));
    PageHead::new(format!("Order {number}"))
        .crumb("Relationships", "/customers")
        .crumb(customer, format!("/customers/{customer}"))
        .crumb("Orders", format!("/orders?customer={customer}"))
        .here(number)
        .state(State::of(Thing::Order, text(order, "state")))
}

fn answer(order: &Value, theirs: bool) -> Markup {
    let at = format!("/orders/{}", text(order, "number"));
    let quantity = quantity(text(order, "quantity"));
    html! {
        (Figure::field(quantity.clone(), "quantity", at).spoken()) (units::after(&quantity, text(order, "unit"))) " of "
        (text(order, "service_name")) " from " (day(order, "from_day"))
        @match text(order, "state") {
            "asked" if theirs => ". It waits for your relationship manager.",
            "asked" => ". It waits for the relationship manager.",
            "refused" => { ". Refused: " (text(order, "reason")) },
            "withdrawn" => ". It was taken back.",
            _ => ". It is agreed.",
        }
    }
}

fn fields(order: &Value, customer: &Value) -> Vec<(&'static str, Markup)> {
    let key = text(customer, "key");
    let moment = |field: &str| {
        if text(order, field).is_empty() { String::new() } else { number::time(text(order, field)) }
    };
    let agreement = text(order, "agreement");
    let mut fields = vec![
        ("Customer", html! { a href={ "/customers/" (key) } { (text(customer, "name")) } }),
        ("Note", html! { (text(order, "note")) }),
        ("Asked", html! { (text(order, "asked_by")) ", " (moment("asked_at")) }),
        (
            "Agreement",
            html! { @if !agreement.is_empty() { a href={ "/agreements/" (agreement) } { (agreement) } } },
        ),
    ];
    if !text(order, "answered_by").is_empty() {
        fields.insert(3, ("Answered", html! { (text(order, "answered_by")) ", " (moment("answered_at")) }));
    }
    fields.retain(|(_, value)| !value.0.is_empty());
    fields
}
