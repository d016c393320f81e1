//! What did not happen, and the way out: a refusal is the reader's to mend, a fault is ours.

use kernel::Refusal;
use maud::{Markup, html};

use crate::page_head::{HeadAction, PageHead};
use crate::shell::{Shell, page};

/// A refusal: its sentence, the way out, the fields to mend, and where to go on.
pub fn refusal_page(shell: &Shell, refusal: &Refusal, go_on: &[HeadAction]) -> Markup {
    page(
        shell,
        PageHead::new(&refusal.says),
        html! {
            p .lead { (refusal.way_out) }
            @if !refusal.fields.is_empty() {
                ul .reasons { @for field in &refusal.fields { li { (field.says) } } }
            }
            div .form-end { @for action in go_on { (action.button()) } }
            p .unit-line .gap-s { "Code: " code { (refusal.kind.code) } }
        },
    )
}

/// A fault: nothing of what went wrong, only the reference it is logged under.
pub fn fault_page(shell: &Shell, reference: &str) -> Markup {
    page(
        shell,
        PageHead::new("Something went wrong on our side."),
        html! {
            p .lead { "Nothing was changed. Try it again; if it happens again, tell your administrator this reference." }
            p .reference { code { (reference) } }
            div .form-end { a .btn href="/" { "Home" } }
        },
    )
}
