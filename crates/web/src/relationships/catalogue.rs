//! The menu card: what can be had now, what ends and what takes its place; one service as a customer
//! sees it.

use access::{Action, Params};
use kernel::{Refusal, Refused};
use parts::{
    Cell, Empty, Figure, Head, HeadAction, Markup, MenuCard, MenuSection, PageHead, Shape, SimpleTable,
    State, Tone, empty, html, lines, number, summary_list, titled,
};
use serde_json::Value;

use crate::page::{Page, PageCx, text};
use crate::show::{count, day, decimal, quantity, rows, sentence, sign};

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
    let sections: Vec<MenuSection> = [("Available now", "now", "available"), ("Ending", "ending", "ending")]
        .into_iter()
        .filter(|(_, _, field)| *field == "available" || count(&menu, field) > 0)
        .map(|(label, anchor, field)| MenuSection {
            label: label.to_owned(),
            anchor: anchor.to_owned(),
            count: count(&menu, field),
            cards: rows(&menu, field)
                .iter()
                .map(|card| card_markup(page, card, customer, field == "ending"))
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

fn card_markup(page: &PageCx, card: &Value, customer: &Value, ends: bool) -> MenuCard {
    MenuCard {
        name: text(card, "name").to_owned(),
        href: at(card, customer, ""),
        state: ends.then(|| ending(card)),
        value: text(card, "value_proposition").to_owned(),
        facts: facts(card, customer),
        actions: actions(page, card, customer, ends),
    }
}

/// `/catalogue/CARE/ask?customer=SALES`
fn at(card: &Value, customer: &Value, place: &str) -> String {
    let query = match text(customer, "key") {
        "" => String::new(),
        key => format!("?customer={key}"),
    };
    format!("/catalogue/{}{place}{query}", text(card, "key"))
}

fn ending(card: &Value) -> State {
    let says = match day(card, "ends") {
        last if last.is_empty() => "Ending".to_owned(),
        last => format!("Ends {last}"),
    };
    State::new(says, Tone::Warn, Shape::HalfSquare)
}

fn facts(card: &Value, customer: &Value) -> Vec<(String, Markup)> {
    let offerings = rows(card, "offerings");
    let each = |part: &dyn Fn(&Value) -> Option<Markup>| {
        let mut said: Vec<Markup> = offerings.iter().filter_map(part).collect();
        // Offerings of one service often promise the same; it is said once.
        said.dedup_by(|a, b| a.0 == b.0);
        lines(&said)
    };
    let href = at(card, customer, "");
    let several = offerings.len() > 1;
    let mut facts = vec![
        ("For", html! { (text(card, "for_whom")) }),
        ("You have", each(&|offering| have(offering, customer))),
        ("Price", each(&|offering| Some(price(offering, several, &href)))),
        ("Promise", each(&promise)),
        ("Instead", instead(card)),
        ("Speak to", html! { (text(card, "relationship_manager")) }),
    ];
    facts.retain(|(_, value)| !value.0.is_empty());
    facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

fn have(offering: &Value, customer: &Value) -> Option<Markup> {
    let taken = offering.get("taken").filter(|taken| taken.is_object())?;
    let (key, of) = (text(offering, "key"), text(customer, "key"));
    let href = format!("/agreements?customer={of}&offering={key}&state=running");
    let figure = Figure::sum(quantity(text(taken, "quantity")), "quantity", href).spoken();
    Some(html! { (figure) " × " (text(offering, "unit")) })
}

fn price(offering: &Value, several: bool, href: &str) -> Markup {
    let price = &offering["price"];
    html! {
        @if several { (text(offering, "name")) ": " }
        @if price.is_object() {
            (Figure::field(decimal(text(price, "per_unit")), "per_unit", href).spoken().before(&sign(text(price, "currency"))))
            " per " (text(offering, "unit")) " and month"
        } @else { (text(offering, "charging")) ", per " (text(offering, "unit")) }
    }
}

/// The same in plain words, where no link may stand.
pub(super) fn says(offering: &Value) -> String {
    let (price, unit) = (&offering["price"], text(offering, "unit"));
    match text(price, "per_unit") {
        "" => format!("{}, per {unit}", text(offering, "charging")),
        per_unit => format!("{}{per_unit} per {unit} and month", sign(text(price, "currency"))),
    }
}

fn promise(offering: &Value) -> Option<Markup> {
    let targets = rows(offering, "targets");
    let said: Vec<String> = targets
        .iter()
        .map(|target| format!("{}: {}", sentence(text(target, "measure")), text(target, "level")))
        .collect();
    (!said.is_empty()).then(|| html! { (said.join("; ")) })
}

fn instead(card: &Value) -> Markup {
    let others = rows(card, "instead");
    if text(card, "ends").is_empty() && card.get("instead").is_none() {
        return html! {};
    }
    let links: Vec<Markup> = others
        .iter()
        .map(|row| html! { a href={ "/catalogue/" (text(row, "key")) } { (text(row, "name")) } })
        .collect();
    html! { @if links.is_empty() { "nothing takes its place" } @else { (lines(&links)) } }
}

/// What the reader can do with it: ask, change how much they have, or nothing.
fn actions(page: &PageCx, card: &Value, customer: &Value, ends: bool) -> Vec<HeadAction> {
    let has = rows(card, "offerings").iter().any(|offering| offering["taken"].is_object());
    let key = text(customer, "key");
    if page.may(Action::PlaceOrder) && (has || !ends) {
        let label = if has { "Change how much" } else { "Ask for it" };
        return vec![HeadAction::link(label, at(card, customer, "/ask"))];
    }
    let agreement =
        rows(card, "offerings").iter().find_map(|offering| offering["taken"]["agreement"].as_str());
    if let Some(number) = agreement.filter(|_| page.may(Action::ConfirmOrder)) {
        return vec![HeadAction::link("Change how much", format!("/agreements/{number}/edit"))];
    }
    if page.may(Action::ConfirmOrder) && !key.is_empty() && !ends {
        let offering = rows(card, "offerings").first().map_or("", |offering| text(offering, "key"));
        let href = format!("/customers/{key}/agreements/new?offering={offering}");
        return vec![HeadAction::link("Enter an agreement", href)];
    }
    Vec::new()
}

/// One service as a customer sees it.
pub(super) async fn one(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let asked = page.asked("customer").to_owned();
    let menu = read(page, &asked).await?;
    let (card, ends) = card_of(&menu, params.get("service")).ok_or_else(Refusal::not_found)?;
    let customer = &menu["customer"];
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
    for action in actions(page, card, customer, ends) {
        head = head.action(action.primary());
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
            (offerings(card, customer))
            section { h2 { "Good to know" } (summary_list(&fields)) }
        }
    };
    Ok(Page { head, body })
}

fn offerings(card: &Value, customer: &Value) -> Markup {
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
            Cell::words(text(offering, "charging"))
        };
        table = table.row(vec![
            Cell::words(text(offering, "name")),
            price,
            Cell::words(text(offering, "unit")),
            Cell::new(promise(offering).unwrap_or_else(|| html! {})),
            Cell::new(have(offering, customer).unwrap_or_else(|| html! { span .muted { "none" } })),
        ]);
    }
    html! { (titled(&table)) }
}
