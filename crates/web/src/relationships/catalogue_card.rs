//! A card of the menu: for whom, how much of it they have, price, promise, what to do with it.

use access::Action;
use parts::{Figure, HeadAction, Markup, MenuCard, Shape, State, Tone, html, lines};
use serde_json::Value;

use super::catalogue_orders::{on_its_way, waits};
use super::charged_price::LastCharged;
use crate::page::{PageCx, text};
use crate::show::{day, decimal, quantity, rows, sentence, sign};
use crate::units;

/// A card of the menu.
pub(super) fn card_markup(
    page: &PageCx,
    card: &Value,
    customer: &Value,
    ends: bool,
    last: &LastCharged,
) -> MenuCard {
    MenuCard {
        name: text(card, "name").to_owned(),
        href: at(card, customer, ""),
        state: ends.then(|| ending(card)),
        value: text(card, "value_proposition").to_owned(),
        facts: facts(page, card, customer, last),
        actions: actions(page, card, customer, ends),
    }
}

/// `/catalogue/CARE/ask?customer=SALES`
pub(super) fn at(card: &Value, customer: &Value, place: &str) -> String {
    let query = match text(customer, "key") {
        "" => String::new(),
        key => format!("?customer={key}"),
    };
    format!("/catalogue/{}{place}{query}", text(card, "key"))
}

/// When it ends.
pub(super) fn ending(card: &Value) -> State {
    let says = match day(card, "ends") {
        last if last.is_empty() => "Ending".to_owned(),
        last => format!("Ends {last}"),
    };
    State::new(says, Tone::Warn, Shape::HalfSquare)
}

fn facts(page: &PageCx, card: &Value, customer: &Value, last: &LastCharged) -> Vec<(String, Markup)> {
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
        ("You have", each(&|offering| have(page, card, offering, customer))),
        ("On its way", each(&|offering| on_its_way(page, offering))),
        ("Price", each(&|offering| Some(price(offering, several, &href, last)))),
        ("Promise", each(&promise)),
        ("Instead", instead(card)),
        ("Speak to", html! { (text(card, "relationship_manager")) }),
    ];
    facts.retain(|(_, value)| !value.0.is_empty());
    facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

/// How much of an offering the customer takes: the agreements add up to it, for who may read them.
pub(super) fn have(page: &PageCx, card: &Value, offering: &Value, customer: &Value) -> Option<Markup> {
    let taken = offering.get("taken").filter(|taken| taken.is_object())?;
    let (key, of) = (text(offering, "key"), text(customer, "key"));
    let taken = quantity(text(taken, "quantity"));
    let unit = units::after(&taken, text(offering, "unit"));
    let figure = if page.may(Action::ReadCustomers) {
        Figure::sum(taken, "quantity", format!("/agreements?customer={of}&offering={key}&in_force=yes"))
    } else {
        Figure::field(taken, "quantity", at(card, customer, ""))
    };
    let figure = figure.spoken();
    Some(html! { (figure) (unit) })
}

fn price(offering: &Value, several: bool, href: &str, last: &LastCharged) -> Markup {
    let price = &offering["price"];
    html! {
        @if several { (text(offering, "name")) ": " }
        @if price.is_object() {
            (Figure::field(decimal(text(price, "per_unit")), "per_unit", href).spoken().before(&sign(text(price, "currency"))))
            " per " (text(offering, "unit")) " and month"
        } @else {
            (if several { text(offering, "charging").to_owned() } else { sentence(text(offering, "charging")) })
            ", per " (text(offering, "unit"))
            @if let Some(said) = last.said(text(offering, "key")) { ": " (said) }
        }
    }
}

/// The same in plain words, where no link may stand.
pub(super) fn says(offering: &Value) -> String {
    let (price, unit) = (&offering["price"], text(offering, "unit"));
    match text(price, "per_unit") {
        "" => format!("{}, per {unit}", sentence(text(offering, "charging"))),
        per_unit => format!("{}{per_unit} per {unit} and month", sign(text(price, "currency"))),
    }
}

/// The service levels of an offering.
pub(super) fn promise(offering: &Value) -> Option<Markup> {
    let targets = rows(offering, "targets");
    let said: Vec<String> = targets
        .iter()
        .map(|target| format!("{}: {}", sentence(text(target, "measure")), text(target, "level")))
        .collect();
    (!said.is_empty()).then(|| html! { (said.join("; ")) })
}

/// What takes the place of a service that ends.
pub(super) fn instead(card: &Value) -> Markup {
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

/// What the reader can do with it: look after an order that waits, ask, change how much they have, or nothing.
pub(super) fn actions(page: &PageCx, card: &Value, customer: &Value, ends: bool) -> Vec<HeadAction> {
    let waits = waits(card);
    let verb = if page.may(Action::ConfirmOrder) { "Answer" } else { "See" };
    let order = waits.map(|number| HeadAction::link(format!("{verb} {number}"), format!("/orders/{number}")));
    order.into_iter().chain(asking(page, card, customer, (ends, waits.is_some()))).collect()
}

/// To ask for it or for another quantity; `waits` says that an order does already.
fn asking(page: &PageCx, card: &Value, customer: &Value, (ends, waits): (bool, bool)) -> Option<HeadAction> {
    let has = rows(card, "offerings").iter().any(|offering| offering["taken"].is_object());
    let key = text(customer, "key");
    if page.may(Action::PlaceOrder) && (has || !ends) {
        let label = match (waits, has) {
            (true, _) => "Ask once more",
            (false, true) => "Change how much",
            (false, false) => "Ask for it",
        };
        return Some(HeadAction::link(label, at(card, customer, "/ask")));
    }
    let agreement =
        rows(card, "offerings").iter().find_map(|offering| offering["taken"]["agreement"].as_str());
    if let Some(number) = agreement.filter(|_| page.may(Action::ConfirmOrder)) {
        return Some(HeadAction::link("Change how much", format!("/agreements/{number}/edit")));
    }
    if page.may(Action::ConfirmOrder) && !key.is_empty() && !ends {
        let offering = rows(card, "offerings").first().map_or("", |offering| text(offering, "key"));
        let href = format!("/customers/{key}/agreements/new?offering={offering}");
        return Some(HeadAction::link("Enter an agreement", href));
    }
    None
}
