//! How far a long job is. Without a script the page loads itself again by `PageHead::refresh`
//! until it is done; with one it asks.

use maud::{Markup, html};

use crate::number::grouped;

/// A job under way.
#[derive(Clone, Default)]
pub struct Progress {
    /// What is done: `Reading gl-2026-09.xlsx`.
    pub label: String,
    /// How much is done.
    pub done: i64,
    /// Of how much; unknown where absent.
    pub of: Option<i64>,
    /// In what: `lines`.
    pub unit: String,
    /// Where a script asks how far it is; empty: it does not.
    pub asks: String,
}

/// The bar and the same in words.
pub fn progress(job: &Progress) -> Markup {
    let count = |n: i64| grouped(n.into(), 0);
    html! {
        div .progress data-job=[(!job.asks.is_empty()).then_some(&job.asks)] {
            label for="progress" { (job.label) }
            progress #progress max=[job.of] value=[job.of.map(|_| job.done)] {}
            p role="status" {
                @if !job.unit.is_empty() {
                    (count(job.done)) @if let Some(of) = job.of { " of " (count(of)) } " " (job.unit)
                }
            }
        }
    }
}
