//! What pages of records share: reading a record's JSON, counting rows of a list, the refusal of a
//! button, and what happened to the record.

use access::Action;
use kernel::listing::{Asked, Compare, Filter, Listing, Value as Cell};
use kernel::{Currency, CustomerId, Decimal, Quantity, Refused, ServiceId};
use parts::{HistRow, Markup, Tone, banner, changed, hist_rows, html, number};
use serde_json::Value;

use crate::answer::on_page;
use crate::page::{PageCx, text};

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
    let asked = Asked { per: Some(1), ..only(filters) };
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

/// Why a button's command was refused, over a page that has no form to say it at.
pub(crate) fn refusal(page: &PageCx) -> Markup {
    html! {
        @if let Some(refusal) = &page.answers.refusal {
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
    Ok((events(&listing), listing.count))
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
        told.extend(listing.rows.iter().map(|row| (seq(row), event(&listing, row))));
    }
    told.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
    let events: Vec<HistRow> = told.into_iter().take(most).map(|(_, event)| event).collect();
    Ok(html! {
        @if !events.is_empty() { section .gap { h2 { "History" } (hist_rows(&events, false)) } }
    })
}

/// The rows of a history list as they are told.
fn events(listing: &Listing) -> Markup {
    let events: Vec<HistRow> = listing.rows.iter().map(|row| event(listing, row)).collect();
    html! {
        @if events.is_empty() { p .muted { "Nothing that you may read has happened yet." } }
        @else { (hist_rows(&events, false)) }
    }
}

fn event(listing: &Listing, row: &[Cell]) -> HistRow {
    let at = plain(listing, row, "at");
    let changes: Value = serde_json::from_str(&plain(listing, row, "changes")).unwrap_or(Value::Null);
    HistRow {
        when: number::time(&at),
        iso: at,
        what: what(&plain(listing, row, "action"), &changes),
        why: plain(listing, row, "why"),
        who: plain(listing, row, "person"),
    }
}

/// The verb, and each field old → new where the record was there before.
pub(crate) fn what(action: &str, changes: &Value) -> Markup {
    let fields: Vec<(&String, &Value)> = changes.as_object().into_iter().flatten().collect();
    let new = fields.iter().all(|(_, pair)| pair[0].is_null());
    let told: Vec<Markup> =
        if new { Vec::new() } else { fields.iter().map(|(name, pair)| field(name, pair)).collect() };
    html! {
        (sentence(action))
        @for (i, change) in told.iter().enumerate() { (if i == 0 { ". " } else { "; " }) (change) }
    }
}

/// Each field old → new as plain text; of a new record its values alone.
pub(crate) fn in_words(changes: &Value) -> String {
    // Of what is new, what only machines can read says nothing.
    let said = changes.as_object().into_iter().flatten();
    let said = said.filter(|(name, pair)| !pair[0].is_null() || value(name, &pair[1]).is_some());
    let told = said.map(|(name, pair)| {
        let label = label_of(name);
        match (value(name, &pair[0]), value(name, &pair[1])) {
            (Some(old), Some(new)) if old.is_empty() => format!("{label}: {new}"),
            (Some(old), Some(new)) if new.is_empty() => format!("{label}: {old} → (empty)"),
            (Some(old), Some(new)) => format!("{label}: {old} → {new}"),
            _ => format!("{label} changed"),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

fn label_of(name: &str) -> String {
    sentence(&name.replace('_', " ").replace(" id", ""))
}

fn field(name: &str, pair: &Value) -> Markup {
    let label = label_of(name);
    match (value(name, &pair[0]), value(name, &pair[1])) {
        (Some(old), Some(new)) => changed(&label, &old, &new),
        _ => html! { (label) " changed" },
    }
}

/// A stored value as people read it; none for one that only means something to machines, or is
/// somebody's own.
fn value(name: &str, value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return Some(String::new()),
        Value::String(text) => text,
        _ => return None,
    };
    match (name, text.as_str()) {
        _ if name == "editors" || ServiceId::parse(text).is_some() => None,
        (_, "0001-01-01") => Some("before Quarterdeck".to_owned()),
        (_, "true") => Some("yes".to_owned()),
        (_, "false") => Some("no".to_owned()),
        ("quantity", millionths) => millionths.parse().ok().map(|n| Quantity::of_millionths(n).grouped()),
        (_, iso) if iso.len() == 10 => Some(number::date(iso)),
        (name, iso) if name.ends_with("_at") => Some(number::time(iso)),
        (_, other) => Some(other.to_owned()),
    }
}

/// With a capital first.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_is_told_in_words_people_read() {
        let told = |action: &str, changes: Value| what(action, &changes).into_string();
        let added = json!({"name": [null, "Care"], "kind": [null, "core"]});
        assert_eq!(in_words(&added), "Name: Care; Kind: core");
        assert_eq!(in_words(&json!({"name": ["Care", null]})), "Name: Care → (empty)");
        assert_eq!(told("taken over", added), "Taken over");
        let quantity =
            json!({"quantity": ["1352000000", "1357000000"], "from_day": ["2025-10-01", "2026-04-01"]});
        let said = told("changed", quantity);
        assert!(said.contains("1,352") && said.contains("1,357"), "{said}");
        assert!(said.contains("1\u{a0}Oct\u{a0}2025") && said.contains("1\u{a0}Apr\u{a0}2026"), "{said}");
        let owner =
            json!({"owner_id": ["0199a0a4-3b5e-7000-8000-000000000001", null], "central": ["false", "true"]});
        let said = told("changed", owner);
        assert!(said.contains("Owner changed") && said.contains("no") && said.contains("yes"), "{said}");
        assert!(!said.contains("0199a0a4"), "{said}");
    }

    #[test]
    fn personal_values_are_not_repeated_by_a_page() {
        let said = what("changed", &json!({"email": [{"ref": "a"}, {"ref": "b"}]})).into_string();
        assert_eq!(said, "Changed. Email changed");
    }
}
