//! Tabs that are links: each view of a record has its own address.

use maud::{Markup, html};

/// One tab.
#[derive(Clone, Default)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
    /// How many rows stand behind it.
    pub count: Option<i64>,
    /// Whether it is shown.
    pub current: bool,
}

impl Tab {
    /// A tab.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Tab {
        Tab { label: label.into(), href: href.into(), count: None, current }
    }

    /// With a count behind its name.
    pub fn count(self, count: i64) -> Tab {
        Tab { count: Some(count), ..self }
    }
}

/// The tabs of a record.
pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav .tabs aria-label=(label) {
            ul {
                @for tab in tabs {
                    li {
                        a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                            (tab.label) @if let Some(count) = tab.count { " " span .count { (count) } }
                        }
                    }
                }
            }
        }
    }
}
