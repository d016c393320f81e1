//! The menu card: what can be had now, what ends and what takes its place; one service as a customer
//! sees it.

use access::{Action, Params};
use kernel::{Refusal, Refused};
use parts::{
    Cell, Empty, Figure, Head, HeadAction, Markup, MenuSection, PageHead, SimpleTable, empty, html, number,
    summary_list, titled,
};
use serde_json::Value;

use super::catalogue_card::{actions, at, card_markup, ending, have, instead, promise};
use super::catalogue_orders::on_its_way;
use super::charged_price::LastCharged;
use crate::page::{Page, PageCx, text};
use crate::show::{count, day, decimal, rows, sentence, sign};

/// The menu of the customer of that key, or of one's only customer.
pub(super) async fn read(page: &mut PageCx, customer: &str) -> Result<Value, Refused> {
    if customer.is_empty() {
        page.record("catalogue show", &[]).await
    } else {
        page.record("catalogue show", &[("customer", customer)]).await
    }
}

/// The card of a service, and whether it ends.
pub(super) fn card_of<'m>(menu: &'m Value, service: &str) -> Option<(&'m Value, bool)> {
    let find = |section: &str| rows(menu, section).iter().find(|card| text(card, "key") == service);
    find("available").map(|card| (card, false)).or_else(|| find("ending").map(|card| (card, true)))
}

/// What can I have now?
pub(super) async fn menu(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let asked = page.asked("customer").to_owned();
    let menu = read(page, &asked).await?;
    let customer = &menu["customer"];
    let last = LastCharged::read(page, text(customer, "key")).await?;
    let sections: Vec<MenuSection> = [("Available now", "now", "available"), ("Ending", "ending", "ending")]
        .into_iter()
        .filter(|(_, _, field)| *field == "available" || count(&menu, field) > 0)
        .map(|(label, anchor, field)| MenuSection {
            label: label.to_owned(),
            anchor: anchor.to_owned(),
            count: count(&menu, field),
            cards: rows(&menu, field)
                .iter()
                .map(|card| card_markup(page, card, customer, field == "ending", &last))
                .collect(),
            more: None,
        })
        .collect();
    let body = html! {
        (chooser(&menu))
        @if count(&menu, "available") + count(&menu, "ending") == 0 { (empty(&nothing(page))) }
        @else { (parts::menu(&sections)) }
    };
    let head = PageHead::new("What can I have now?").here("Catalogue").answer(answer(&menu));
    Ok(Page { head, body })
}

fn nothing(page: &PageCx) -> Empty {
    let says = "No service is on the menu yet: one is shown once it lacks nothing its state asks for.";
    if page.may(Action::ReadServices) {
        Empty::new(says).action(HeadAction::link("Services that lack something", "/services?complete=no"))
    } else {
        Empty::new(says).action(HeadAction::link("Home", "/"))
    }
}

fn answer(menu: &Value) -> Markup {
    html! {
        @match text(&menu["customer"], "name") {
            "" => "For any customer",
            name => { "For " (name) },
        }
        ". Prices of " (number::date(text(menu, "as_of"))) "."
    }
}

/// Whose card is shown, for who may open more than one.
fn chooser(menu: &Value) -> Markup {
    let customers = rows(menu, "customers");
    let now = text(&menu["customer"], "key");
    html! {
        @if customers.len() > 1 {
            form .filters method="get" action="/catalogue" aria-label="Customer" {
                div .filter {
                    label for="by-customer" { "Customer" }
                    select #by-customer name="customer" {
                        option value="" { "any" }
                        @for row in customers {
                            option value=(text(row, "key")) selected[text(row, "key") == now] { (text(row, "name")) }
                        }
                    }
                }
                button .btn type="submit" { "Show" }
            }
        }
    }
}

/// One service as a customer sees it.
pub(super) async fn one(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let asked = page.asked("customer").to_owned();
    let menu = read(page, &asked).await?;
    let (card, ends) = card_of(&menu, params.get("service")).ok_or_else(Refusal::not_found)?;
    let customer = &menu["customer"];
    let last = LastCharged::read(page, text(customer, "key")).await?;
    let mut head = PageHead::new(text(card, "name"))
        .crumb("Catalogue", at(&Value::Null, customer, "").replace("/catalogue/", "/catalogue"))
        .here(text(card, "key"))
        .answer(html! { (text(card, "value_proposition")) });
    if ends {
        head = head.state(ending(card));
    }
    if page.may(Action::ReadServices) {
        head = head.action(HeadAction::link("Open its record", format!("/services/{}", text(card, "key"))));
    }
    for (i, action) in actions(page, card, customer, ends).into_iter().enumerate() {
        head = head.action(if i == 0 { action.primary() } else { action });
    }
    let fields: Vec<(&str, Markup)> = [
        ("For", html! { (text(card, "for_whom")) }),
        ("Speak to", html! { (text(card, "relationship_manager")) }),
        ("Last day", html! { (day(card, "ends")) }),
        ("Instead", instead(card)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.0.is_empty())
    .collect();
    let body = html! {
        div .two .side {
            (offerings(page, card, customer, &last))
            section { h2 { "Good to know" } (summary_list(&fields)) }
        }
    };
    Ok(Page { head, body })
}

fn offerings(page: &PageCx, card: &Value, customer: &Value, last: &LastCharged) -> Markup {
    let heads = vec![
        Head::words("Offering"),
        Head::figures("Price per unit and month"),
        Head::words("Unit"),
        Head::words("Promise"),
        Head::words("You have"),
    ];
    let mut table = SimpleTable::new("What you can take", heads);
    for offering in rows(card, "offerings") {
        let price = &offering["price"];
        let price = if price.is_object() {
            Cell::figure(
                Figure::cell(decimal(text(price, "per_unit")))
                    .spoken()
                    .before(&sign(text(price, "currency"))),
            )
        } else {
            let at_cost = Cell::words(sentence(text(offering, "charging")));
            last.said(text(offering, "key")).map_or(at_cost.clone(), |said| at_cost.below(said))
        };
        let have = have(page, card, offering, customer);
        let have = Cell::new(have.unwrap_or_else(|| html! { span .muted { "none" } }));
        let way = on_its_way(page, offering);
        table = table.row(vec![
            Cell::words(text(offering, "name")),
            price,
            Cell::words(text(offering, "unit")),
            Cell::new(promise(offering).unwrap_or_else(|| html! {})),
            Cell { below: way, ..have },
        ]);
    }
    html! { (titled(&table)) }
}
