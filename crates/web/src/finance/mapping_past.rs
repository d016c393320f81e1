//! Mapping rules as of a past day.

use access::Params;
use kernel::Refused;
use parts::state::Thing;
use parts::{Empty, ListPage, PageHead, html};

use super::{list_beside_period, mapping, without_empty};
use crate::page::{Page, PageCx};

/// The page of mapping, today's or that of a past day.
pub(super) async fn list(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    if page.as_of().is_empty() { mapping::list(page, params).await } else { past(page).await }
}

/// The rules as of a past day, without the meter: lines show the pools of today.
async fn past(page: &mut PageCx) -> Result<Page, Refused> {
    let listing = without_empty(list_beside_period(page, "mapping list").await?);
    let list = ListPage::new(&listing, "/money/mapping")
        .keep_day(page.as_of())
        .rows_named("version", "versions")
        .empty(Empty::new("There was no mapping rule yet."));
    let head =
        PageHead::new("Which pool did each ledger line belong to?").crumb("Money", "/money").here("Mapping");
    let head = head.answer(html! { "Versions written by then, in the state they had." });
    let list = ListPage { thing: Some(Thing::Version), heading_hidden: true, ..list };
    Ok(Page { head, body: html! { (list) } })
}
