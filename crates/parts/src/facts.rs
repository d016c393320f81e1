//! Four facts in a row: a 3 px rule, a label, a linked value, one note.

use maud::{Markup, Render, html};

use crate::figure::Figure;

/// One fact.
#[derive(Clone)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// The value: a key figure, or words.
    pub value: Markup,
    /// One note below.
    pub note: Option<Markup>,
}

impl Fact {
    /// A fact whose value is a figure, set as key figure.
    pub fn new(label: impl Into<String>, figure: Figure) -> Fact {
        Fact { label: label.into(), value: figure.key().render(), note: None }
    }

    /// A fact in words.
    pub fn words(label: impl Into<String>, words: impl Into<String>) -> Fact {
        let words: String = words.into();
        Fact { label: label.into(), value: html! { span .fig .key { (words) } }, note: None }
    }

    /// With its note.
    pub fn note(self, note: Markup) -> Fact {
        Fact { note: Some(note), ..self }
    }
}

/// The facts beside each other, two on a phone.
pub fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl .facts {
            @for fact in facts {
                div .fact {
                    dt { (fact.label) }
                    dd {
                        (fact.value)
                        @if let Some(note) = &fact.note { p .note { (note) } }
                    }
                }
            }
        }
    }
}
