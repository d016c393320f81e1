//! One customer: orders that wait, what they take, whom we speak to, what happened.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Cell, Empty, Figure, Head, HeadAction, Markup, PageHead, Render, SimpleTable, Thing, empty, html, state,
    summary_list, titled,
};
use serde_json::Value;

use super::customer_charges::charges;
use crate::page::{Page, PageCx, text};
use crate::show::{self, count, day, happened, may_customer, quantity, rows, sentence, speaks_for, yes};
use crate::units;

/// One customer.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let customer = page.record("customer show", &[("key", params.get("key"))]).await?;
    let (past, _) = happened(page, "customer", params.get("key"), None).await?;
    let charges = charges(page, params.get("key"), is_theirs(page, &customer)).await?;
    let body = html! {
        (show::refusal(page))
        (waiting(page, &customer))
        div .gap { (agreements(page, &customer)) }
        (charges)
        div .two .side {
            (people(page, &customer))
            section { h2 { "The relationship" } (summary_list(&fields(page, &customer))) }
        }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head: head(page, &customer), body })
}

fn may(page: &PageCx, action: Action, customer: &Value) -> bool {
    may_customer(page, action, text(customer, "id"))
}

/// Whether it is the reader's own: then the page speaks to them, and about others' customers it speaks of them.
fn is_theirs(page: &PageCx, customer: &Value) -> bool {
    speaks_for(page, text(customer, "id"))
}

fn head(page: &PageCx, customer: &Value) -> PageHead {
    let (key, name) = (text(customer, "key"), text(customer, "name"));
    let (asks, beside) = if is_theirs(page, customer) {
        ("What do you use, what do you pay?", format!("{name}, {}", kind(customer)))
    } else {
        (name, kind(customer).to_owned())
    };
    let mut head = PageHead::new(asks)
        .crumb("Relationships", "/customers")
        .here(key)
        .beside(beside)
        .answer(answer(page, customer));
    if may(page, Action::EditCustomer, customer) {
        head = head.action(HeadAction::link("Change", format!("/customers/{key}/edit")));
        head = head.action(HeadAction::link("Add a contact", format!("/customers/{key}/contacts/new")));
    }
    if may(page, Action::ConfirmOrder, customer) {
        head = head.action(
            HeadAction::link("Enter an agreement", format!("/customers/{key}/agreements/new")).primary(),
        );
    }
    if may(page, Action::PlaceOrder, customer) {
        head = head
            .action(HeadAction::link("Ask for something", format!("/catalogue?customer={key}")).primary());
    }
    head
}

fn kind(customer: &Value) -> &'static str {
    if text(customer, "kind") == "unit" { "business unit" } else { "outside organisation" }
}

/// “7 agreements in force; 1 order waits for an answer; 3 contacts.”
fn answer(page: &PageCx, customer: &Value) -> Markup {
    let key = text(customer, "key");
    let in_force = rows(customer, "agreements").iter().filter(|row| yes(row, "in_force")).count();
    let in_force = i64::try_from(in_force).unwrap_or(i64::MAX);
    let (waiting, people) = (count(customer, "orders"), count(customer, "contacts"));
    html! {
        @if is_theirs(page, customer) { "You have " }
        (Figure::count(in_force, format!("/agreements?customer={key}&in_force=yes")).spoken())
        (if in_force == 1 { " agreement in force; " } else { " agreements in force; " })
        @if waiting == 0 { "no order waits; " } @else {
            (Figure::count(waiting, format!("/orders?customer={key}&state=asked")).spoken())
            (if waiting == 1 { " order waits for an answer; " } else { " orders wait for an answer; " })
        }
        (Figure::count(people, format!("/contacts?customer={key}")).spoken())
        (if people == 1 { " contact." } else { " contacts." })
    }
}

fn fields(page: &PageCx, customer: &Value) -> Vec<(&'static str, Markup)> {
    let manager = customer.get("manager").map_or("", |manager| text(manager, "name"));
    let key = text(customer, "key");
    let (managed, menu) = match is_theirs(page, customer) {
        true => ("Speak to", "Your catalogue"),
        false => ("Relationship manager", "Their catalogue"),
    };
    let mut fields = vec![
        ("Key", html! { (key) }),
        ("Kind", html! { (sentence(kind(customer))) }),
        (managed, html! { (manager) }),
        ("Key in its source", html! { (text(customer, "source_key")) }),
        ("Menu", html! { a href={ "/catalogue?customer=" (key) } { (menu) } }),
    ];
    fields.retain(|(_, value)| !value.0.is_empty());
    fields
}

/// Orders without an answer; nothing where none waits.
fn waiting(page: &PageCx, customer: &Value) -> Markup {
    let orders = rows(customer, "orders");
    if orders.is_empty() {
        return html! {};
    }
    let answers = may(page, Action::ConfirmOrder, customer);
    let mut heads = vec![
        Head::words("Order"),
        Head::words("What"),
        Head::figures("Quantity"),
        Head::words("Unit").wide_only(),
        Head::words("From"),
    ];
    if answers {
        heads.push(Head::words("Answer"));
    }
    let mut table = SimpleTable::new("Orders that wait for an answer", heads);
    for order in orders {
        let at = format!("/orders/{}", text(order, "number"));
        let mut cells = vec![
            Cell::link(text(order, "number"), at.clone()),
            Cell::words(text(order, "offering")),
            Cell::new(Figure::field(quantity(text(order, "quantity")), "quantity", at.clone()).render()),
            Cell::words(units::beside(&quantity(text(order, "quantity")), text(order, "unit"))),
            Cell::words(day(order, "from_day")),
        ];
        if answers {
            cells.push(Cell::new(html! {
                a .btn .primary href={ (at) "/confirm" } { "Confirm" } " " a href={ (at) "/refuse" } { "Refuse" }
            }));
        }
        table = table.row(cells);
    }
    titled(&table)
}

fn agreements(page: &PageCx, customer: &Value) -> Markup {
    let (key, all) = (text(customer, "key"), rows(customer, "agreements"));
    let (takes, none) = match is_theirs(page, customer) {
        true => ("What you take", "You take nothing by agreement yet."),
        false => ("What they take", "They take nothing by agreement yet."),
    };
    if all.is_empty() {
        let next = if may(page, Action::ConfirmOrder, customer) {
            HeadAction::link("Enter an agreement", format!("/customers/{key}/agreements/new"))
        } else {
            HeadAction::link("See the catalogue", format!("/catalogue?customer={key}"))
        };
        return html! { section { h2 { (takes) } (empty(&Empty::new(none).action(next))) } };
    }
    let heads = vec![
        Head::words("Service"),
        Head::words("Agreement"),
        Head::figures("Quantity"),
        Head::words("Unit"),
        Head::words("From"),
        Head::words("To"),
        Head::words("State"),
        Head::words("Settlement").wide_only(),
    ];
    let table = SimpleTable::new(takes, heads);
    titled(&all.iter().fold(table, |table, row| table.row(agreement_cells(page, row))))
}

fn agreement_cells(page: &PageCx, row: &Value) -> Vec<Cell> {
    let at = format!("/agreements/{}", text(row, "number"));
    let figure = Figure { href: Some(at.clone()), ..Figure::cell(quantity(text(row, "quantity"))) };
    let service = service_link(page, text(row, "service"), text(row, "service_name"));
    vec![
        Cell::new(service).below(html! { (text(row, "offering")) }),
        Cell::link(text(row, "number"), at),
        Cell::figure(figure),
        Cell::words(units::beside(&quantity(text(row, "quantity")), text(row, "unit"))),
        Cell::words(day(row, "from_day")),
        Cell::words(day(row, "to_day")),
        Cell::new(state(Thing::Order, text(row, "state"))),
        Cell::words(sentence(text(row, "settlement"))),
    ]
}

/// A service as a link to what the reader may open of it: its record, or its card.
pub(super) fn service_link(page: &PageCx, key: &str, name: &str) -> Markup {
    let place = if page.may(Action::ReadServices) { "services" } else { "catalogue" };
    html! { a href={ "/" (place) "/" (key) } { (name) } }
}

fn people(page: &PageCx, customer: &Value) -> Markup {
    let (key, all) = (text(customer, "key"), rows(customer, "contacts"));
    let edits = may(page, Action::EditCustomer, customer);
    if all.is_empty() {
        let theirs = is_theirs(page, customer);
        let says = if theirs { "We know none of your people yet." } else { "We know nobody there yet." };
        let next = if edits {
            HeadAction::link("Add a contact", format!("/customers/{key}/contacts/new"))
        } else {
            HeadAction::link("All contacts", "/contacts")
        };
        return html! { section { h2 { "Contacts" } (empty(&Empty::new(says).action(next))) } };
    }
    let ours = all.iter().any(|contact| !text(contact, "influence").is_empty());
    let mut heads = vec![Head::words("Name"), Head::words("Role")];
    if ours {
        heads.push(Head::words("Influence"));
    }
    heads.push(Head::words("E-mail"));
    if edits {
        heads.push(Head::words("Change"));
    }
    let table = SimpleTable::new("Contacts", heads);
    titled(&all.iter().fold(table, |table, contact| table.row(contact_cells(contact, ours, edits))))
}

fn contact_cells(contact: &Value, ours: bool, edits: bool) -> Vec<Cell> {
    let (name, email) = (text(contact, "name"), text(contact, "email"));
    let at = format!("/contacts/{}", text(contact, "number"));
    let mut cells = vec![Cell::link(name, at), Cell::words(text(contact, "role"))];
    if ours {
        cells.push(Cell::words(sentence(text(contact, "influence"))));
    }
    cells.push(if email.is_empty() { Cell::words("") } else { Cell::link(email, format!("mailto:{email}")) });
    if edits {
        cells.push(Cell::new(html! {
            a href={ "/contacts/" (text(contact, "number")) "/edit" } { "Change" span .hidden { " " (name) } }
        }));
    }
    cells
}
