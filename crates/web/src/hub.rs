//! Pages that lead to others: each with one sentence on what it answers, and only those that are for the
//! reader's roles.

use access::{Action, Params};
use kernel::Refused;
use parts::{Markup, PageHead, html};

use crate::around::NAV;
use crate::list::is_open;
use crate::page::{Page, PageCx, PageRoute, page};

/// A page: its address, its name and what it answers.
pub(crate) type Linked = (&'static str, &'static str, &'static str);
/// A heading and its pages.
pub(crate) type Group = (&'static str, &'static [Linked]);

/// The hub of records.
pub(crate) static PAGES: &[PageRoute] = &[page!("/records", UseQuarterdeck => records)];

const RECORDS: &[Group] = &[
    (
        "What came in, and what was done",
        &[
            ("/records/batches", "Imports", "Which files were imported, and taking one back"),
            ("/records/profiles", "Import profiles", "How files of a kind are read"),
            ("/records/history", "History", "Who changed what, when and why"),
            ("/records/organisation", "Organisation", "What holds for the whole organisation"),
            ("/jobs", "Jobs", "What takes long, and how far it is"),
        ],
    ),
    (
        "Who may come in",
        &[
            ("/records/people", "People", "Who works here, and inviting somebody"),
            ("/records/grants", "Roles", "Who holds which role, and since when"),
            ("/records/tokens", "API tokens", "What scripts sign in with"),
            ("/api", "API", "What a script can do, and how"),
        ],
    ),
];

/// Which records are kept?
async fn records(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut head = PageHead::new("Which records are kept?").here("Records");
    if !page.may(Action::ReadHistory) {
        head = head.answer(html! { "Those that your roles let you read." });
    }
    let body = groups(page, RECORDS);
    Ok(Page { head, body })
}

/// The pages of both hubs, and those of the rail, that are called so and that the reader may open: where,
/// name, and what it answers.
pub(crate) fn called(page: &PageCx, words: &str) -> Vec<Linked> {
    let words = words.to_lowercase();
    let fits = |text: &str| words.split_whitespace().all(|word| text.to_lowercase().contains(word));
    let hubs = crate::finance::GROUPS.iter().chain(RECORDS).flat_map(|(_, pages)| pages.iter().copied());
    let rail = NAV.iter().flat_map(|(_, items)| items.iter().map(|(name, href, _)| (*href, *name, "")));
    let mut called: Vec<Linked> = Vec::new();
    for linked in hubs.chain(rail) {
        let known = called.iter().any(|(href, ..)| *href == linked.0);
        if !known && (fits(linked.1) || fits(linked.2)) && is_open(linked.0, &page.cx.who) {
            called.push(linked);
        }
    }
    called
}

/// The groups with the pages the reader may open.
pub(crate) fn groups(page: &PageCx, groups: &[Group]) -> Markup {
    let open = |pages: &'static [Linked]| {
        pages.iter().filter(|(href, ..)| is_open(href, &page.cx.who)).collect::<Vec<_>>()
    };
    html! {
        div .two {
            @for (label, pages) in groups {
                @let pages = open(pages);
                @if !pages.is_empty() {
                    section {
                        h2 { (label) }
                        dl .summary {
                            @for (href, name, says) in pages { div { dt { a href=(href) { (name) } } dd { (says) } } }
                        }
                    }
                }
            }
        }
    }
}
