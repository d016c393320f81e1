//! Search: the plain page behind the box in the top bar. Each list is asked in the reader's own scope,
//! so what they may not see is not found.

use access::Params;
use kernel::Refused;
use kernel::listing::{Asked, Kind, Listing, Value};
use parts::{Markup, PageHead, html};

use crate::page::{Page, PageCx, PageRoute, page};

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

async fn search(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let words = page.asked("q").trim().to_owned();
    let mut found: Vec<Listing> = Vec::new();
    for name in LISTS.into_iter().filter(|_| !words.is_empty()) {
        let asked = Asked { search: Some(words.clone()), page: 1, per: Some(SHOWN), ..Asked::default() };
        match page.list_asked(name, &[], asked).await {
            Ok(listing) if listing.count > 0 => found.push(listing),
            Ok(_) | Err(Refused::Refusal(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    let hits: i64 = found.iter().map(|listing| listing.count).sum();
    let answer = match (words.is_empty(), hits) {
        (true, _) => "Type what you look for: a name, a key, a number.".to_owned(),
        (false, 0) => format!("Nothing you may open is called “{words}”. Try fewer letters, or a key."),
        (false, hits) => format!("{} for “{words}”.", parts::number::counted(hits, "hit", "hits")),
    };
    let body = html! {
        form method="get" action="/search" role="search" {
            label for="words" { "Search" }
            input #words type="search" name="q" value=(words);
            button .btn type="submit" { "Search" }
        }
        @for listing in &found { (group(listing)) }
    };
    Ok(Page { head: PageHead::new("What do you look for?").answer(html! { (answer) }), body })
}

fn group(listing: &Listing) -> Markup {
    let more = listing.count - i64::try_from(listing.rows.len()).unwrap_or(0);
    html! {
        section {
            h2 { (listing.caption) " " span .muted { (listing.count) } }
            ul {
                @for row in &listing.rows {
                    li {
                        @match link(listing, row) {
                            Some(link) => { a href=(link) { (said(listing, row)) } }
                            None => { (said(listing, row)) }
                        }
                    }
                }
                @if more > 0 { li .muted { "and " (more) " more" } }
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
