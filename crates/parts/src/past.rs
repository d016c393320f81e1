//! A past day of a page: the one it is shown as of, and the choice of one. A GET form at the page's foot: quiet,
//! complete without a script, and not on paper.

use maud::{Markup, html};

use crate::number;

/// A past day a page is shown as of.
#[derive(Clone, Default)]
pub struct PastDay {
    /// `2026-03-31`.
    pub day: String,
    /// The same page today.
    pub today: String,
}

/// The choice of the day a page is shown as of.
#[derive(Clone, Default)]
pub struct DayPick {
    /// The page's own path.
    pub path: String,
    /// What else is asked of the page, name and value: it is kept.
    pub keep: Vec<(String, String)>,
    /// The day asked for; empty for today.
    pub day: String,
    /// The same page today, where the day asked for could not be shown: no banner leads back then.
    pub today: Option<String>,
}

impl DayPick {
    pub(crate) fn form(&self) -> Markup {
        // As a text box of a day shows it: a plain space can be typed again.
        let day = number::date(&self.day).replace(number::NBSP, " ");
        html! {
            form .day-pick method="get" action=(self.path) aria-label="Past day" {
                @for (name, value) in &self.keep { input type="hidden" name=(name) value=(value); }
                label for="as-of" { "As known on" }
                input #as-of type="text" name="as_of" value=(day) size="12" placeholder="3 Sep 2026"
                    autocomplete="off";
                button .btn type="submit" { "Show" }
                @if let Some(today) = &self.today { a href=(today) { "Back to today" } }
            }
        }
    }
}
