//! What of an offering is on its way to the customer: orders that wait for an answer, and quantities agreed from a
//! later day on. Said wherever they could ask for it, so that nobody asks twice without knowing.

use access::Action;
use parts::{Figure, Format, Markup, State, Thing, Tone, banner, html, lines, number};
use serde_json::Value;

use crate::page::{PageCx, text};
use crate::show::{day, quantity, rows};
use crate::units;

/// `ORD-1: 40 seats from 1 Nov 2026, Asked`, each order and each later quantity on its line; none where nothing is on
/// its way.
pub(super) fn on_its_way(page: &PageCx, offering: &Value) -> Option<Markup> {
    let unit = text(offering, "unit");
    let mut said: Vec<Markup> = rows(offering, "ordered").iter().map(|order| ordered(order, unit)).collect();
    said.extend(rows(offering, "coming").iter().map(|step| agreed(page, step, unit)));
    (!said.is_empty()).then(|| lines(&said))
}

fn ordered(order: &Value, unit: &str) -> Markup {
    let at = format!("/orders/{}", text(order, "number"));
    let many = quantity(text(order, "quantity"));
    let after = units::after(&many, unit);
    html! {
        a href=(at) { (text(order, "number")) } ": " (Figure::field(many, "quantity", at).spoken()) (after) " from "
        (day(order, "from_day")) ", " (State::of(Thing::Order, "asked").inline()) ", to be confirmed"
    }
}

/// The agreement leads to its quantities, for who may read it.
fn agreed(page: &PageCx, step: &Value, unit: &str) -> Markup {
    let many = quantity(text(step, "quantity"));
    let words = format!("{}{}", number::written(&many, Format::default()), units::after(&many, unit));
    let words = format!("{words} from {}", day(step, "from_day"));
    html! {
        "agreed: "
        @if page.may(Action::ReadCustomers) { a href={ "/agreements/" (text(step, "agreement")) } { (words) } }
        @else { (words) }
    }
}

/// The first order of the card that waits for an answer: its number.
pub(super) fn waits(card: &Value) -> Option<&str> {
    let mut orders = rows(card, "offerings").iter().flat_map(|offering| rows(offering, "ordered"));
    orders.next().map(|order| text(order, "number"))
}

/// What is said over the form that asks for more of it.
pub(super) fn said_before(page: &PageCx, card: &Value) -> Markup {
    let ways: Vec<(&str, Markup)> = (rows(card, "offerings").iter())
        .filter_map(|offering| Some((text(offering, "name"), on_its_way(page, offering)?)))
        .collect();
    let says = html! {
        b { "On its way already:" }
        @for (name, way) in &ways { " " (name) ", " (way) }
        " What you ask for now stands beside it."
    };
    if ways.is_empty() {
        html! {}
    } else {
        banner(Tone::Info, None, says)
    }
}
