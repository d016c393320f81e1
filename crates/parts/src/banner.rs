//! A banner inside a page: one thing the reader should know before the rest.

use maud::{Markup, html};

use crate::state::{State, Tone};

/// A sentence on the tone's tint, with a state's mark before it where given.
pub fn banner(tone: Tone, mark: Option<&State>, says: Markup) -> Markup {
    html! {
        div .banner .(tone.class()) {
            p { @if let Some(state) = mark { (state.inline()) " " } (says) }
        }
    }
}
