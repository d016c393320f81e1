//! The shell every gallery page stands in, and short ways to write money.

use kernel::{Currency, Money};
use parts::{Account, NavGroup, PeriodPick, Shell, State, Thing};

/// Larkfield's shell as `person` sees it on `path`.
pub fn shell(person: &str, path: &str) -> Shell {
    let group = |label, items| NavGroup::of(label, items, path);
    Shell {
        organisation: "Larkfield Mobile".into(),
        demo: true,
        nav: vec![
            group(
                "Strategy",
                &[("Home", "/"), ("Strategy", "/strategy"), ("Market", "/market"), ("Sieve", "/sieve")],
            ),
            group(
                "Portfolio",
                &[
                    ("Services", "/services"),
                    ("Roadmap", "/roadmap"),
                    ("Cases", "/cases"),
                    ("Board room", "/board"),
                ],
            ),
            group(
                "Money",
                &[
                    ("Budget", "/money/budget"),
                    ("Close", "/money/close"),
                    ("Cost flow", "/money/flow"),
                    ("Statements", "/money/statements"),
                ],
            ),
            group(
                "Customers",
                &[
                    ("Relationships", "/customers"),
                    ("Pulse", "/customers/pulse"),
                    ("Catalogue", "/catalogue"),
                ],
            ),
            group(
                "Records",
                &[("Outflow", "/outflow"), ("History", "/records/history"), ("Settings", "/settings")],
            ),
        ],
        period: Some(PeriodPick {
            label: "Sep 2026 (FY26 P12)".into(),
            state: Some(State::of(Thing::Period, "In review")),
            href: "/money/close/2026-09".into(),
            others: vec![("Aug 2026 (FY26 P11)".into(), "?period=2026-08".into())],
        }),
        todo: Some((8, "/".into())),
        help: Some("/help".into()),
        account: Some(Account {
            name: person.into(),
            links: vec![("My account".into(), "/account".into())],
            sign_out: "/sign-out".into(),
            theme_action: Some("/theme".into()),
        }),
        csrf: "token".into(),
        ..Shell::default()
    }
}

/// `text` euros.
pub fn eur(text: &str) -> Money {
    Money::parse(text, Currency::EUR).expect("the gallery writes amounts with two decimals")
}
/// An exact decimal.
pub fn decimal(text: &str) -> kernel::Decimal {
    text.parse().expect("the gallery writes decimals with a dot")
}
