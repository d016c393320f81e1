//! What of a list a phone shows first, and the box that shows the rest.

use kernel::listing::{Column, Kind, Listing};
use maud::{Markup, html};

use crate::table::ListPage;

/// As many columns stand beside each other on a phone.
const ROOM: usize = 3;

/// The columns left away unless the page says otherwise: all but what names the row and the figure or state it is
/// about, which a person would else have to scroll for without knowing that it is there.
pub(crate) fn left_away(listing: &Listing) -> Vec<&'static str> {
    let visible: Vec<&Column> = listing.columns.iter().filter(|column| !column.hidden).collect();
    let kept = kept(&visible);
    if visible.len() <= ROOM {
        return Vec::new();
    }
    visible.iter().map(|column| column.key).filter(|key| !kept.contains(key)).collect()
}

/// The first column; the words that follow, where the first is a code or a day; the last amount, else the last
/// figure, else the state.
fn kept(visible: &[&Column]) -> Vec<&'static str> {
    let Some((first, rest)) = visible.split_first() else { return Vec::new() };
    let speaks = matches!(first.kind, Kind::Text | Kind::State);
    let name = rest.iter().find(|column| column.kind == Kind::Text).filter(|_| !speaks);
    let last = |wanted: &dyn Fn(Kind) -> bool| rest.iter().rev().find(|column| wanted(column.kind));
    let matter = last(&|kind| kind == Kind::Money)
        .or_else(|| last(&|kind| kind.is_figure()))
        .or_else(|| last(&|kind| kind == Kind::State));
    [Some(first), name, matter].into_iter().flatten().map(|column| column.key).collect()
}

impl ListPage<'_> {
    /// On a phone only: ticked, every column is there, and the table scrolls sideways.
    pub(crate) fn all_columns(&self) -> Markup {
        html! {
            @let id = format!("all-{}", self.listing.name);
            @if !self.wide_only.is_empty() {
                label .all-columns for=(id) { input id=(id) type="checkbox"; " All " (self.columns().count()) " columns" }
            }
        }
    }
}
