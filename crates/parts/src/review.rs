//! The answers once more before anything irreversible.

use maud::{Markup, html};

use crate::form::PostAction;

/// An answer to be checked.
#[derive(Clone)]
pub struct Answer {
    /// The question, short.
    pub label: String,
    /// What was answered.
    pub value: Markup,
    /// Where it can be changed; none if it cannot.
    pub change: Option<String>,
}

impl Answer {
    /// An answer that can be changed at `change`.
    pub fn new(label: impl Into<String>, value: Markup, change: Option<String>) -> Answer {
        Answer { label: label.into(), value, change }
    }
}

/// The answers with *Change* links, what will happen, and the button that does it.
pub fn check_answers(answers: &[Answer], effect: Markup, confirm: &PostAction, label: &str) -> Markup {
    html! {
        dl .answers {
            @for answer in answers {
                div {
                    dt { (answer.label) }
                    dd { (answer.value) }
                    dd .change {
                        @if let Some(href) = &answer.change {
                            a href=(href) { "Change" span .hidden { " " (answer.label) } }
                        }
                    }
                }
            }
        }
        div .effect { (effect) }
        (confirm.form(html! { button .btn .primary .big type="submit" { (label) } }))
    }
}
