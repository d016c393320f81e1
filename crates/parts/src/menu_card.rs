//! The catalogue as a menu: what can be had now, what is coming, what is ending.

use maud::{Markup, html};

use crate::page_head::HeadAction;
use crate::state::State;

/// A service on the menu.
#[derive(Clone, Default)]
pub struct MenuCard {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What is coming or ending, with its date.
    pub state: Option<State>,
    /// Its value in one sentence, in the customer's words.
    pub value: String,
    /// For, Price, Promise, Rated …: label and value.
    pub facts: Vec<(String, Markup)>,
    /// The first fills the line.
    pub actions: Vec<HeadAction>,
}

/// A heading of the menu with its cards.
#[derive(Clone, Default)]
pub struct MenuSection {
    /// `Available now`
    pub label: String,
    /// Anchor: `now`.
    pub anchor: String,
    /// How many there are in all.
    pub count: i64,
    /// Those shown.
    pub cards: Vec<MenuCard>,
    /// What stands below: all of them, or those not promised.
    pub more: Option<Markup>,
}

/// The counts as a switch, then the sections.
pub fn menu(sections: &[MenuSection]) -> Markup {
    html! {
        nav .menu-counts aria-label="Sections" {
            @for (i, section) in sections.iter().enumerate() {
                a href={ "#" (section.anchor) } .first[i == 0] { b { (section.count) } span { (section.label) } }
            }
        }
        @for section in sections {
            section .menu-section #(section.anchor) {
                h2 { (section.label) " " span .count { (section.count) } }
                div .cards { @for card in &section.cards { (menu_card(card)) } }
                @if let Some(more) = &section.more { div .more { (more) } }
            }
        }
    }
}

/// One card.
pub fn menu_card(card: &MenuCard) -> Markup {
    html! {
        article .card {
            h3 { a href=(card.href) { (card.name) } }
            @if let Some(state) = &card.state { p .card-state { (state.inline()) } }
            p .card-value { (card.value) }
            dl { @for (label, value) in &card.facts { div { dt { (label) } dd { (value) } } } }
            @if !card.actions.is_empty() {
                div .card-actions { @for action in &card.actions { (action.button()) } }
            }
        }
    }
}
