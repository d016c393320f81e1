//! What happened to a record: when, old → new, why, who.

use maud::{Markup, html};

/// One event.
#[derive(Clone)]
pub struct HistRow {
    /// `1 Oct 2026 09:30`, or `Today 09:12`.
    pub when: String,
    /// The moment for machines, ISO; may be empty.
    pub iso: String,
    /// What happened.
    pub what: Markup,
    /// Why, in the words of who did it; may be empty.
    pub why: String,
    /// Who.
    pub who: String,
}

/// `field: old → new`, the old one struck out.
pub fn changed(field: &str, old: &str, new: &str) -> Markup {
    html! {
        (field) ": "
        @if old.is_empty() { "(empty)" } @else { del { (old) } }
        " → " b { @if new.is_empty() { "(empty)" } @else { (new) } }
    }
}

/// The events, newest first. `narrow` puts who did it under what happened.
pub fn hist_rows(rows: &[HistRow], narrow: bool) -> Markup {
    html! {
        ol .history .narrow[narrow] {
            @for row in rows {
                li {
                    @if row.iso.is_empty() { span .when { (row.when) } }
                    @else { time .when datetime=(row.iso) { (row.when) } }
                    span .what { (row.what) @if !row.why.is_empty() { ". Why: " (row.why) } }
                    span .who { (row.who) }
                }
            }
        }
    }
}
