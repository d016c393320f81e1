//! The whole history, filtered and paged, its changes in words.

use access::Params;
use kernel::Refused;
use kernel::listing::{Kind, Value};
use parts::{Choice, Empty, FilterControl, ListPage, PageHead, Render, html};

use crate::page::{Page, PageCx, PageRoute, page};
use crate::show::sentence;
use crate::told::in_words;

/// The page of the whole history.
pub(crate) static PAGES: &[PageRoute] = &[page!("/records/history", ReadHistory, as_of => list)];

/// Who changed what, when and why?
async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("history list", &[]).await?;
    let place = listing.columns.iter().position(|column| column.key == "changes");
    for cell in listing.rows.iter_mut().filter_map(|row| row.get_mut(place?)) {
        let changes = serde_json::from_str(&cell.plain()).unwrap_or_default();
        *cell = Value::Text(in_words(&changes, page.cx.organisation.currency));
    }
    // A key may be a sentence, as that of a role: it wraps here, where there are many columns.
    for column in listing.columns.iter_mut().filter(|column| column.key == "record_key") {
        column.kind = Kind::Text;
    }
    let nouns =
        app::registry::nouns().into_iter().map(|noun| Choice::new(noun.name, sentence(noun.name))).collect();
    let list = ListPage::new(&listing, "/records/history")
        .rows_named("event", "events")
        .filter(FilterControl::select("noun", "Record", nouns))
        .filter(FilterControl::typed("record_key", "Key"))
        .filter(FilterControl::typed("person", "Who"))
        .filter(FilterControl::typed("via", "By way of"))
        .keep_day(page.as_of())
        .empty(Empty::new("Nothing has happened yet."));
    let head = PageHead::new("Who changed what, when and why?").here("History");
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head, body: html! { div .events { (list.render()) } } })
}
