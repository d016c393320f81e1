//! The batches there are.

use access::Params;
use kernel::Refused;
use kernel::listing::{Listing, Value};
use parts::{Choice, Empty, FilterControl, HeadAction, ListPage, PageHead, Render, html};

use super::{kinds, may_import};
use crate::finance::without_empty;
use crate::page::{Page, PageCx, text};
use crate::show::plain;

/// What was imported?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("batch list", &[]).await?;
    let listing = one_currency(without_empty(listing), page.cx.organisation.currency.code());
    let states =
        ["uploaded", "checked", "written", "reverted"].map(|word| Choice::new(word, super::state(word).word));
    let kinds = kinds(page).await?;
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
