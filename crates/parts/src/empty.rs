//! What stands where there is nothing yet: one sentence and one thing to do. Never an empty page.

use maud::{Markup, html};

use crate::page_head::HeadAction;

/// An empty place.
#[derive(Clone, Default)]
pub struct Empty {
    /// One or two sentences.
    pub says: String,
    /// The one next thing to do.
    pub action: Option<HeadAction>,
}

impl Empty {
    /// Says this.
    pub fn new(says: impl Into<String>) -> Empty {
        Empty { says: says.into(), action: None }
    }

    /// And offers this.
    pub fn action(self, action: HeadAction) -> Empty {
        Empty { action: Some(action), ..self }
    }
}

/// The sentence and its action.
pub fn empty(empty: &Empty) -> Markup {
    html! {
        div .empty {
            p { (empty.says) }
            @if let Some(action) = &empty.action { (action.button()) }
        }
    }
}
