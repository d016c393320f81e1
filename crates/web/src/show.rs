//! What pages of records share: reading a record's JSON, counting rows of a list, the refusal of a
//! button, and what happened to the record.

use access::Action;
use kernel::listing::{Asked, Compare, Filter, Listing, Value as Cell};
use kernel::{Currency, CustomerId, Decimal, Quantity, Refused, ServiceId};
use parts::{HistRow, Markup, Tone, banner, hist_rows, html, number};
use serde_json::Value;

use crate::answer::on_page;
use crate::page::{PageCx, text};
use crate::told::what;

/// The rows of a record's list; none where it has no such list.
pub(crate) fn rows<'r>(record: &'r Value, field: &str) -> &'r [Value] {
    record.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// How many rows a record's list has.
pub(crate) fn count(record: &Value, field: &str) -> i64 {
    i64::try_from(rows(record, field).len()).unwrap_or(i64::MAX)
}

/// Whether a field says yes.
pub(crate) fn yes(record: &Value, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or(false)
}

/// A day as people read it; empty where there is none.
pub(crate) fn day(record: &Value, field: &str) -> String {
    let iso = text(record, field);
    if iso.is_empty() { String::new() } else { number::date(iso) }
}

/// An exact number; unknown where the text is none.
pub(crate) fn decimal(text: &str) -> Cell {
    text.parse::<Decimal>().map_or(Cell::Unknown, Cell::Decimal)
}

/// A quantity; unknown where the text is none.
pub(crate) fn quantity(text: &str) -> Cell {
    Quantity::parse(text).map_or(Cell::Unknown, Cell::Quantity)
}

/// The sign a currency is written with: `€`.
pub(crate) fn sign(code: &str) -> String {
    Currency::parse(code).map_or_else(|_| code.to_owned(), |currency| currency.sign())
}

/// A column of a row as plain text.
pub(crate) fn plain(listing: &Listing, row: &[Cell], column: &str) -> String {
    listing.value(row, column).map(Cell::plain).unwrap_or_default()
}

/// Asks a list for the rows whose columns equal these values, all of them.
pub(crate) fn only(filters: &[(&str, &str)]) -> Asked {
    let filter = |(column, value): &(&str, &str)| Filter {
        column: (*column).to_owned(),
        compare: Compare::Equal,
        value: (*value).to_owned(),
    };
    Asked { filters: filters.iter().map(filter).collect(), page: 1, ..Asked::default() }
}

/// How many rows of a list have these values: what a count says beside its link.
pub(crate) async fn counted(
    page: &mut PageCx,
    reading: &str,
    params: &[(&str, &str)],
    filters: &[(&str, &str)],
) -> Result<i64, Refused> {
    let asked = Asked { per: Some(0), ..only(filters) };
    Ok(page.list_asked(reading, params, asked).await?.count)
}

/// Whether the person may do `action` to the service of that id.
pub(crate) fn may_service(page: &PageCx, action: Action, id: &str) -> bool {
    ServiceId::parse(id).is_some_and(|id| page.reach(action).admits_service(id))
}

/// Whether the person may do `action` for the customer of that id.
pub(crate) fn may_customer(page: &PageCx, action: Action, id: &str) -> bool {
    let reach = page.reach(action);
    reach.any() && CustomerId::parse(id).is_some_and(|id| reach.scope().admits(id))
}

/// Whether the person speaks for the customer of that id: then its pages speak to them.
pub(crate) fn speaks_for(page: &PageCx, id: &str) -> bool {
    let reach = page.cx.who.reach(Action::PlaceOrder);
    reach.any() && CustomerId::parse(id).is_some_and(|id| reach.scope().admits(id))
}

/// Why a button's command was or would be refused, over a page that has no form to say it at.
pub(crate) fn refusal(page: &PageCx) -> Markup {
    html! {
        @if let Some(instead) = page.in_place() { (instead) }
        @else if let Some(refusal) = &page.answers.refusal {
            div role="alert" {
                (banner(Tone::Bad, None, html! { b { (refusal.says) } " " (on_page(&refusal.way_out)) }))
            }
        }
    }
}

/// What happened to a record, newest first, and how often something did.
pub(crate) async fn happened(
    page: &mut PageCx,
    noun: &str,
    record: &str,
    most: Option<u32>,
) -> Result<(Markup, i64), Refused> {
    let asked = Asked { per: most, page: 1, ..Asked::default() };
    let listing = page.list_asked("history of", &[("noun", noun), ("record", record)], asked).await?;
    Ok((events(&listing, page.cx.organisation.currency), listing.count))
}

/// What happened to several records that are one thing to people, newest first.
pub(crate) async fn happened_to(
    page: &mut PageCx,
    records: &[(&str, &str)],
    most: usize,
) -> Result<Markup, Refused> {
    let mut told: Vec<(i64, HistRow)> = Vec::new();
    for (noun, record) in records {
        let asked = Asked { per: u32::try_from(most).ok(), page: 1, ..Asked::default() };
        let listing = page.list_asked("history of", &[("noun", noun), ("record", record)], asked).await?;
        let seq = |row: &Vec<Cell>| plain(&listing, row, "seq").parse().unwrap_or(0);
        let currency = page.cx.organisation.currency;
        told.extend(listing.rows.iter().map(|row| (seq(row), event(&listing, row, currency))));
    }
    told.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
    let events: Vec<HistRow> = told.into_iter().take(most).map(|(_, event)| event).collect();
    Ok(html! {
        @if !events.is_empty() { section .gap { h2 { "History" } (hist_rows(&events, false)) } }
    })
}

/// The rows of a history list as they are told.
fn events(listing: &Listing, currency: Currency) -> Markup {
    let events: Vec<HistRow> = listing.rows.iter().map(|row| event(listing, row, currency)).collect();
    html! {
        @if events.is_empty() { p .muted { "Nothing that you may read has happened yet." } }
        @else { (hist_rows(&events, false)) }
    }
}

fn event(listing: &Listing, row: &[Cell], currency: Currency) -> HistRow {
    let at = plain(listing, row, "at");
    let changes: Value = serde_json::from_str(&plain(listing, row, "changes")).unwrap_or(Value::Null);
    HistRow {
        when: number::time(&at),
        iso: at,
        what: what(&plain(listing, row, "action"), &changes, currency),
        why: plain(listing, row, "why"),
        who: plain(listing, row, "person"),
    }
}

/// With a capital first.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
