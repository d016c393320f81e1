//! Search: the plain page behind the box in the top bar, and the way to a record by its id. Each list is asked in
//! the reader's own scope, so what they may not see is not found.

use std::collections::BTreeSet;

use access::{Params, View};
use axum::response::Response;
use kernel::Refused;
use kernel::listing::{Column, Kind, Listing, Value, encode};
use parts::{Markup, PageHead, html, number};
use serde_json::Value as Record;

use crate::list::with_open_links;
use crate::page::{Page, PageCx, PageRoute, page, text};
use crate::{answer, hub, paths};

/// Its pages.
pub(crate) static PAGES: &[PageRoute] =
    &[page!("/search", UseQuarterdeck => search), page!("/open/{id}", UseQuarterdeck => open)];

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
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let hits = app::find::hits(&mut page.cx, words, Some(SHOWN)).await?;
    let found = hits.into_iter().filter_map(|hits| {
        let list = hits.list();
        let all = format!("{}?q={}", paths::page_of(list.path), encode(words));
        match with_open_links(View::List(hits.listing), &page.cx.who) {
            View::List(listing) => Some(Found { name: list.summary, all, listing }),
            View::Record(_) => None,
        }
    });
    Ok(found.collect())
}

async fn search(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let words = page.asked("q").trim().to_owned();
    let found = found(page, &words).await?;
    let pages = if words.is_empty() { Vec::new() } else { hub::called(page, &words) };
    let hits = found.iter().map(|found| found.listing.count).sum::<i64>()
        + i64::try_from(pages.len()).unwrap_or(i64::MAX);
    let answer = match (words.is_empty(), hits) {
        (true, _) => html! { "Type what you look for: a name, a key, a number, a page." },
        (false, 0) => nothing(page, &words).await?,
        (false, hits) => html! { (number::counted(hits, "hit", "hits")) " for “" (words) "”." },
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
    Ok(Page { head: PageHead::new("What do you look for?").answer(answer), body })
}

/// What is said where nothing is found: what may have been meant, or what to try.
async fn nothing(page: &mut PageCx, words: &str) -> Result<Markup, Refused> {
    let meant = app::find::meant(&mut page.cx, words).await?;
    Ok(html! {
        "Nothing you may open is called “" (words) "”. "
        @match meant {
            Some(meant) => { "Did you mean " a href={ "/search?q=" (encode(&meant)) } { (meant) } "?" }
            None => { "Try fewer letters, or a key." }
        }
    })
}

/// Where an address with an id leads that one record has.
pub(crate) async fn opened(page: &mut PageCx) -> Option<Response> {
    let params = paths::fit("/open/{id}", &page.path)?;
    // Whatever is wrong with it is said by the page itself.
    match having(page, &params).await.ok()?.as_slice() {
        [record] => Some(answer::see_other(&paths::page_of(text(record, "path")), &[])),
        _ => None,
    }
}

/// The records with that id.
async fn having(page: &mut PageCx, params: &Params) -> Result<Vec<Record>, Refused> {
    let found = page.record(app::find::OPEN, &[("id", params.get("id"))]).await?;
    Ok(found["items"].as_array().cloned().unwrap_or_default())
}

/// Which of the records with that id is meant?
async fn open(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let found = having(page, params).await?;
    let answer = format!("{} are called {}.", found.len(), params.get("id"));
    let body = html! {
        ul {
            @for record in &found {
                li {
                    a href=(paths::page_of(text(record, "path"))) { (text(record, "noun")) " " (text(record, "key")) }
                    " " span .muted { (text(record, "name")) }
                }
            }
        }
    };
    Ok(Page { head: PageHead::new("Which do you mean?").answer(html! { (answer) }), body })
}

fn group(found: &Found) -> Markup {
    let listing = &found.listing;
    let more = listing.count - i64::try_from(listing.rows.len()).unwrap_or(0);
    // Versions of one record lead to one page: it is named once, as its last version has it.
    let mut named = BTreeSet::new();
    let rows = listing.rows.iter().rev().map(|row| (link(listing, row), row));
    let mut rows: Vec<_> = rows.filter(|(link, _)| link.is_none() || named.insert(link.clone())).collect();
    rows.reverse();
    html! {
        section {
            h2 { (found.name) " " span .muted { (more + i64::try_from(rows.len()).unwrap_or(0)) } }
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
    let word = |(column, value): (&Column, &Value)| match column.kind {
        Kind::Period => number::period(value.plain()),
        _ => value.plain(),
    };
    let words: Vec<String> = worded.map(word).filter(|words| !words.is_empty()).take(3).collect();
    words.join(" · ")
}
