//! Search: the plain page behind the box in the top bar. Each list is asked in the reader's own scope,
//! so what they may not see is not found.

use std::collections::BTreeSet;

use access::Params;
use app::registry;
use kernel::listing::{Asked, Kind, Listing, Value, encode};
use kernel::{Fault, Refused};
use parts::{Markup, PageHead, html};

use crate::page::{Page, PageCx, PageRoute, page};
use crate::{hub, paths};

/// Its page.
pub(crate) static PAGES: &[PageRoute] = &[page!("/search", UseQuarterdeck => search)];

/// Lists that are searched, in the order shown.
const LISTS: [&str; 12] = [
    "service list",
    "offering list",
    "customer list",
    "contact list",
    "agreement list",
    "statement list",
    "rule list",
    "pool list",
    "driver list",
    "promise list",
    "batch list",
    "user list",
];

/// Hits shown per list.
const SHOWN: u32 = 8;

/// What one list has for the words.
struct Found {
    /// What it is called, and its page with the same words.
    name: &'static str,
    all: String,
    listing: Listing,
}

/// What each list has for the words.
async fn found(page: &mut PageCx, words: &str) -> Result<Vec<Found>, Refused> {
    let mut found = Vec::new();
    for name in LISTS.into_iter().filter(|_| !words.is_empty()) {
        let reading = registry::reading(name).ok_or_else(|| Fault::because(format!("no reading {name}")))?;
        let asked = Asked { search: Some(words.to_owned()), page: 1, per: Some(SHOWN), ..Asked::default() };
        match page.list_asked(name, &[], asked).await {
            Ok(listing) if listing.count > 0 => {
                let all = format!("{}?q={}", paths::page_of(reading.path), encode(words));
                found.push(Found { name: reading.summary, all, listing });
            }
            Ok(_) | Err(Refused::Refusal(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

async fn search(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let words = page.asked("q").trim().to_owned();
    let found = found(page, &words).await?;
    let pages = if words.is_empty() { Vec::new() } else { hub::called(page, &words) };
    let hits = found.iter().map(|found| found.listing.count).sum::<i64>()
        + i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let answer = match (words.is_empty(), hits) {
        (true, _) => "Type what you look for: a name, a key, a number, a page.".to_owned(),
        (false, 0) => format!("Nothing you may open is called “{words}”. Try fewer letters, or a key."),
        (false, hits) => format!("{} for “{words}”.", parts::number::counted(hits, "hit", "hits")),
    };
    let body = html! {
        form .filters method="get" action="/search" role="search" {
            div .filter {
                label for="words" { "Search" }
                input #words type="search" name="q" value=(words);
            }
            button .btn type="submit" { "Search" }
        }
        @if !pages.is_empty() {
            section {
                h2 { "Pages" }
                ul { @for (href, name, says) in &pages { li { a href=(href) { (name) } " " span .muted { (says) } } } }
            }
        }
        @for found in &found { (group(found)) }
    };
    Ok(Page { head: PageHead::new("What do you look for?").answer(html! { (answer) }), body })
}

fn group(found: &Found) -> Markup {
    let listing = &found.listing;
    let more = listing.count - i64::try_from(listing.rows.len()).unwrap_or(0);
    // Versions of one record lead to one page: it is named once.
    let mut named = BTreeSet::new();
    let rows = listing.rows.iter().map(|row| (link(listing, row), row));
    let rows: Vec<_> = rows.filter(|(link, _)| link.is_none() || named.insert(link.clone())).collect();
    html! {
        section {
            h2 { (found.name) " " span .muted { (listing.count) } }
            ul {
                @for (link, row) in rows {
                    li {
                        @match link {
                            Some(link) => { a href=(link) { (said(listing, row)) } }
                            None => { (said(listing, row)) }
                        }
                    }
                }
                @if more > 0 { li { a href=(found.all) { "and " (more) " more" } } }
            }
        }
    }
}

fn link(listing: &Listing, row: &[Value]) -> Option<String> {
    let template = listing.columns.iter().find_map(|column| column.link)?;
    listing.link(template, row)
}

/// The first words of a row: its key and its name.
fn said(listing: &Listing, row: &[Value]) -> String {
    let worded = listing.columns.iter().zip(row).filter(|(column, _)| {
        !column.hidden && matches!(column.kind, Kind::Text | Kind::Code | Kind::Period | Kind::State)
    });
    let words: Vec<String> =
        worded.map(|(_, value)| value.plain()).filter(|words| !words.is_empty()).take(3).collect();
    words.join(" · ")
}
