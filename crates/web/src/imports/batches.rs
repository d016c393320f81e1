//! The batches there are.

use access::Params;
use kernel::Refused;
use kernel::listing::{Listing, Value};
use parts::{Choice, Empty, FilterControl, HeadAction, ListPage, PageHead, Render, html};
use serde_json::Value as Json;

use super::{kinds, may_import};
use crate::columns;
use crate::finance::without_empty;
use crate::page::{Page, PageCx, text};
use crate::show::plain;

/// What was imported?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("batch list", &[]).await?;
    let mut listing = one_currency(without_empty(listing), page.cx.organisation.currency.code());
    // How the lines of a file were taken is on its batch.
    columns::hide(&mut listing, &["known", "changed", "open_rejects"]);
    let kinds = kinds(page).await?;
    with_labels(&mut listing, &kinds);
    let states =
        ["uploaded", "checked", "written", "reverted"].map(|word| Choice::new(word, super::state(word).word));
    let named = kinds.iter().map(|kind| Choice::new(text(kind, "kind"), text(kind, "label"))).collect();
    let add = HeadAction::link("Import a file", "/records/batches/new");
    let mut empty = Empty::new("Nothing was imported yet.");
    let mut head = PageHead::new("What was imported, and can it be undone?").here("Imports");
    if may_import(page) {
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    let head = head.action(HeadAction::link("Profiles", "/records/profiles"));
    let head = head.answer(
        html! { "Each file is one batch; a written batch can be taken back until its month is closed." },
    );
    let mut list = ListPage::new(&listing, "/records/batches").rows_named("batch", "batches").empty(empty);
    if !kinds.is_empty() {
        list = list.filter(FilterControl::select("kind", "Imports", named));
    }
    let list = list.filter(FilterControl::select("state", "State", states.to_vec()));
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// What a batch holds, in words: `General ledger`, not `gl`.
fn with_labels(listing: &mut Listing, kinds: &[Json]) {
    let Some(at) = listing.columns.iter().position(|column| column.key == "kind") else { return };
    for row in &mut listing.rows {
        let word = row[at].plain();
        if let Some(kind) = kinds.iter().find(|kind| text(kind, "kind") == word) {
            row[at] = Value::from(text(kind, "label"));
        }
    }
}

/// Without the column of currencies where all are the organisation's own.
fn one_currency(mut listing: Listing, own: &str) -> Listing {
    let other = |row: &Vec<Value>| {
        let code = plain(&listing, row, "currency");
        !code.is_empty() && code != own
    };
    let hidden = !listing.rows.iter().any(other);
    for column in listing.columns.iter_mut().filter(|column| column.key == "currency") {
        column.hidden |= hidden;
    }
    listing
}
