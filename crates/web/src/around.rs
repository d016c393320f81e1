//! The shell around a page: the rail with what the person may open, the account, banners.

use access::Action;
use parts::{Account, Flash, NavGroup, Paper, Shell, Theme, Tone};

use crate::page::{Page, PageCx};

/// The rail: group, label, address and who may open it.
pub(crate) static NAV: &[(&str, &[(&str, &str, Action)])] = &[
    ("Strategy", &[("Home", "/", Action::UseQuarterdeck)]),
    (
        "Portfolio",
        &[
            ("Services", "/services", Action::ReadServices),
            ("Catalogue", "/catalogue", Action::ReadCatalogue),
        ],
    ),
    (
        "Money",
        &[
            ("Budget", "/money/budget", Action::ReadMoney),
            ("Close", "/money/close", Action::ReadMoney),
            ("Cost flow", "/money/flow", Action::ReadMoney),
            ("Statements", "/money/statements", Action::ReadStatements),
        ],
    ),
    (
        "Customers",
        &[
            ("Relationships", "/customers", Action::ReadCustomers),
            ("Agreements", "/agreements", Action::ReadCustomers),
        ],
    ),
    (
        "Records",
        &[
            ("Imports", "/records/batches", Action::ReadBatches),
            ("History", "/records/history", Action::ReadHistory),
            ("People", "/records/people", Action::Administer),
            ("Roles", "/records/grants", Action::ReadRoles),
        ],
    ),
];

/// Groups with a page that leads to all of theirs.
static HUBS: &[(&str, &str, Action)] =
    &[("Money", "/money", Action::ReadMoney), ("Records", "/records", Action::UseQuarterdeck)];

/// The whole document around a page.
pub(crate) fn wrap(
    page: &PageCx,
    rendered: Page,
    flash: Option<String>,
    period: Option<parts::PeriodPick>,
    theme: Theme,
) -> String {
    let organisation = &page.cx.organisation;
    let shell = Shell {
        organisation: organisation.name.clone(),
        demo: organisation.demo.is_some(),
        nav: nav(page),
        help: Some("/help".into()),
        account: Some(Account {
            name: page.cx.who.name.clone(),
            links: vec![
                ("Jobs".into(), "/jobs".into()),
                ("API tokens".into(), "/records/tokens".into()),
                ("API".into(), "/api".into()),
            ],
            sign_out: "/sign-out".into(),
            theme_action: Some("/theme".into()),
        }),
        period,
        as_of: crate::find::past(page),
        day: crate::find::pick(page),
        // What went wrong is no page to print.
        paper: (!page.failed).then(|| paper(page)),
        flash: flash.map(|says| Flash { says, tone: Tone::Ok, undo: None }),
        theme,
        csrf: page.token.clone(),
        ..Shell::default()
    };
    let (mut head, mut body) = (rendered.head, rendered.body);
    head.has_errors = page.answers.refusal.is_some();
    if shell.as_of.is_some() {
        body = parts::PreEscaped(crate::find::staying(&body.into_string(), page.as_of()));
    }
    parts::page(&shell, head, body).into_string()
}

/// The page on paper: the link to it, or where it is shown so, the link back.
fn paper(page: &PageCx) -> Paper {
    let here = page.here();
    if page.paper {
        return Paper::Shown(here);
    }
    let join = if here.contains('?') { '&' } else { '?' };
    Paper::Link(format!("{here}{join}{}=yes", crate::page::PAPER))
}

/// The rail: only what the person may open.
fn nav(page: &PageCx) -> Vec<NavGroup> {
    NAV.iter()
        .map(|(group, items)| {
            let open: Vec<(&str, &str)> = items
                .iter()
                .filter(|(_, _, action)| page.may(*action))
                .map(|(label, href, _)| (*label, *href))
                .collect();
            let items = NavGroup::of(group, &open, &page.path);
            match HUBS.iter().find(|(of, _, action)| of == group && page.may(*action)) {
                Some((_, href, _)) => items.with_hub(href, &page.path),
                None => items,
            }
        })
        .filter(|group| !group.items.is_empty())
        .collect()
}
