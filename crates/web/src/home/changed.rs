//! What changed of all that the person may read, and what they did last themselves.

use access::{Action, Who};
use kernel::listing::{Asked, Compare, Filter, Listing, Value, encode};
use kernel::{Refused, Via};
use parts::{HistRow, Markup, hist_rows, html, number};

use crate::list::is_open;
use crate::page::PageCx;
use crate::show::{plain, sentence};
use crate::told::what;

/// How many rows the page tells.
const TOLD: usize = 8;
/// How many events it looks at for them.
const LOOKED_AT: u32 = 100;

/// Kinds of record with a page of their own: the kind and where the page is.
const PLACES: &[(&str, &str)] = &[
    ("service", "/services/"),
    ("offering", "/offerings/"),
    ("promise", "/promises/"),
    ("customer", "/customers/"),
    ("agreement", "/agreements/"),
    ("order", "/orders/"),
    ("statement", "/money/statements/"),
    ("rule", "/money/rules/"),
    ("mapping rule", "/money/mapping/"),
    ("sharing", "/money/sharing/"),
    ("budget", "/money/budgets/"),
    ("pool", "/money/pools/"),
    ("cost centre", "/money/cost-centres/"),
    ("cost object", "/money/objects/"),
    ("driver", "/money/drivers/"),
    ("period", "/money/close/"),
    ("close", "/money/close/"),
    ("account", "/money/ledger/accounts/"),
    ("transaction", "/money/ledger/"),
    ("batch", "/records/batches/"),
    ("price", "/prices/"),
    ("contact", "/contacts/"),
    ("bill", "/money/bills/"),
];

fn filter(column: &str, compare: Compare, value: &str) -> Filter {
    Filter { column: column.to_owned(), compare, value: value.to_owned() }
}

/// The newest events, of however many there are.
fn newest(filters: Vec<Filter>, per: u32) -> Asked {
    Asked { filters, page: 1, per: Some(per), uncounted: true, ..Asked::default() }
}

/// The last events the person may read.
pub(super) async fn shown(page: &mut PageCx) -> Result<Markup, Refused> {
    let asked = newest(left_out(page), LOOKED_AT);
    let listing = page.list_asked("history recent", &[], asked).await?;
    let told: Vec<HistRow> = folded(&listing)
        .into_iter()
        .take(TOLD)
        .map(|(row, others)| event(&listing, row, others, page))
        .collect();
    Ok(html! {
        @if !told.is_empty() { h2 { "What changed" } (hist_rows(&told, false)) }
        @if is_open("/records/history", &page.cx.who) { p { a href="/records/history" { "The whole history" } } }
    })
}

/// What is in the whole history and would hide here what changed: what the schedule did, attempts that changed nothing,
/// and, for who does not bring facts in, the steps of bringing them in.
fn left_out(page: &PageCx) -> Vec<Filter> {
    let mut filters = vec![
        filter("via", Compare::Unequal, Via::Schedule.word()),
        filter("noun", Compare::Unequal, "attempt"),
        filter("action", Compare::Unequal, "refused"),
    ];
    if !page.may(Action::Import) {
        let steps = ["batch", "profile", "transaction", "run", "job"];
        filters.extend(steps.map(|noun| filter("noun", Compare::Unequal, noun)));
    }
    filters
}

/// What the person did last, for a page on which nothing waits; nothing where they did nothing yet.
pub(super) async fn last_done(page: &mut PageCx) -> Result<Markup, Refused> {
    let own = [
        filter("person", Compare::Equal, &page.cx.who.name),
        filter("via", Compare::Equal, Via::Session.word()),
    ];
    let listing = page.list_asked("history recent", &[], newest(own.to_vec(), 1)).await?;
    let Some(row) = listing.rows.first() else { return Ok(html! {}) };
    let of = |key: &str| plain(&listing, row, key);
    Ok(html! {
        " Last thing you did: " (record(&of("noun"), &of("record_key"), &page.cx.who)) " " (of("action")) ", "
        (number::time(of("at"))) "."
    })
}

/// The events, those that follow each other and are alike as one: the newest, and how many more there are.
fn folded(listing: &Listing) -> Vec<(&Vec<Value>, usize)> {
    let alike = |row: &[Value]| ["noun", "action", "person"].map(|key| plain(listing, row, key));
    let mut folded: Vec<(&Vec<Value>, usize)> = Vec::new();
    for row in &listing.rows {
        match folded.last_mut() {
            Some((newest, others)) if alike(newest) == alike(row) => *others += 1,
            _ => folded.push((row, 0)),
        }
    }
    folded
}

/// An event, begun with the record it is about.
fn event(listing: &Listing, row: &[Value], others: usize, page: &PageCx) -> HistRow {
    let of = |key: &str| plain(listing, row, key);
    let changes = serde_json::from_str(&of("changes")).unwrap_or_default();
    HistRow {
        when: number::time(of("at")),
        iso: of("at"),
        what: html! {
            b { (record(&of("noun"), &of("record_key"), &page.cx.who)) } ". "
            (what(&of("action"), &changes, page.cx.organisation.currency))
            @if others > 0 { " (and " (others) " more before it)" }
        },
        why: of("why"),
        who: of("person"),
    }
}

/// The record in words, linked where it has a page that the reader may open.
fn record(noun: &str, key: &str, who: &Who) -> Markup {
    let words = format!("{} {}", sentence(noun), in_words(key));
    let place = match noun {
        "variance" => key.split(' ').next().map(|month| format!("/money/variances?period={month}")),
        _ => {
            PLACES.iter().find(|(kind, _)| *kind == noun).map(|(_, place)| format!("{place}{}", encode(key)))
        }
    };
    match place.filter(|place| !key.is_empty() && is_open(place, who)) {
        Some(place) => html! { a href=(place) { (words) } },
        None => html! { (words) },
    }
}

/// A key with its months and days as people write them: `2026-09 CLOUD`, `AGR-48 from 2026-09-01`.
fn in_words(key: &str) -> String {
    let word = |word: &str| match word.len() {
        7 => number::period(word),
        10 => number::date(word),
        _ => word.to_owned(),
    };
    key.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_said_with_its_months_and_days() {
        for (key, said) in [
            ("2026-09", "Sep\u{a0}2026"),
            ("2026-09 CLOUD", "Sep\u{a0}2026 CLOUD"),
            ("AGR-48 from 2026-09-01", "AGR-48 from 1\u{a0}Sep\u{a0}2026"),
            ("STM-144", "STM-144"),
            ("WORKPLACES", "WORKPLACES"),
        ] {
            assert_eq!(in_words(key), said);
        }
    }
}
