//! The picture `catalogue-phone.png`.

use kernel::listing::Value;
use parts::{Figure, HeadAction, Markup, MenuCard, MenuSection, PageHead, Shape, State, Tone, html, menu};

use super::house::{decimal, shell};

fn card(name: &str, value: &str, facts: Vec<(&str, Markup)>, actions: &[&str]) -> MenuCard {
    MenuCard {
        name: name.into(),
        href: "/catalogue/1".into(),
        state: None,
        value: value.into(),
        facts: facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect(),
        actions: actions.iter().map(|label| HeadAction::link(*label, "/orders/new")).collect(),
    }
}

fn said(text: &str, before: &str, after: &str) -> Markup {
    let figure = Figure::field(Value::Decimal(decimal(text)), "price", "/offerings/1").before(before);
    html! { (figure) " " (after) }
}

fn now() -> Vec<MenuCard> {
    vec![
        card(
            "Enterprise Mobile Fleet",
            "Every phone of your people set up, paid and replaced, no form to fill.",
            vec![
                ("For", html! { "companies with 20 phones or more" }),
                ("Price", said("2.6949", "€", "per device and month")),
                ("Promise", html! { (said("99.9", "", "% available;")) " lost phone replaced in 1 day" }),
                ("Rated", said("7.4", "", "of 10, 12 answers")),
            ],
            &["Ask for it", "Compare"],
        ),
        card(
            "Customer Care Desktop",
            "Your agents see the whole customer on one page.",
            vec![
                ("For", html! { "anyone who answers customers" }),
                ("Price", said("386.92", "€", "per seat and month")),
                ("Promise", said("99.5", "", "% available, 07:00–22:00")),
                ("Rated", said("6.4", "", "of 10, 18 answers")),
            ],
            &["Change seats", "Compare"],
        ),
    ]
}

/// The page.
pub fn page() -> Markup {
    let coming = MenuCard {
        state: Some(State::new("In test, planned Mar 2027", Tone::Info, Shape::PlayOutline)),
        ..card(
            "4G Mobile Internet",
            "Film, maps and calls that do not stop, wherever you are in Valdoria.",
            vec![
                ("For", html! { "everyone with a 4G phone" }),
                ("First in", html! { "Capital; Highlands at most 9 months later" }),
                ("Price", html! { "not set yet" }),
            ],
            &["Register interest"],
        )
    };
    let ending = MenuCard {
        state: Some(State::new("Ends 31 Mar 2027", Tone::Warn, Shape::HalfSquare)),
        ..card(
            "Voicemail & Messaging",
            "A mailbox that takes your calls.",
            vec![
                (
                    "For",
                    html! { "you have " (Figure::field(88_000, "quantity", "/agreements/1")) " mailboxes on it" },
                ),
                ("Price", said("0.1898", "€", "per mailbox and month")),
            ],
            &["See how you move"],
        )
    };
    let section = |label: &str, anchor: &str, count, cards, more| MenuSection {
        label: label.into(),
        anchor: anchor.into(),
        count,
        cards,
        more,
    };
    let body = menu(&[
        section(
            "Available now",
            "now",
            13,
            now(),
            Some(html! { a href="/catalogue?all=yes" { "Show all 13 services" } }),
        ),
        section(
            "Coming",
            "coming",
            3,
            vec![coming],
            Some(html! {
                p { b { "1 more is being studied." } " Nothing is promised; say if you would want it." }
                p { a href="/catalogue/2" { "Home Broadband over 4G" } }
            }),
        ),
        section("Ending", "ending", 1, vec![ending], None),
    ]);
    let head = PageHead::new("What can I have now, and soon?")
        .here("Catalogue")
        .answer(html! { "For Business Sales. Prices of September 2026, charged at cost." });
    parts::page(&shell("Elif Demir", "/catalogue"), head, body)
}
