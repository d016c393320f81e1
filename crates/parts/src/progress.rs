//! How far a long job is. The page loads itself again by `PageHead::refresh` until it is done.

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
}

/// The bar and the same in words.
pub fn progress(job: &Progress) -> Markup {
    let count = |n: i64| grouped(n.into(), 0);
    html! {
        div .progress {
            label for="progress" { (job.label) }
            progress #progress max=[job.of] value=[job.of.map(|_| job.done)] {}
            p role="status" {
                (count(job.done)) @if let Some(of) = job.of { " of " (count(of)) } " " (job.unit)
            }
        }
    }
}
