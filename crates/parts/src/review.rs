//! Before and after a form: the answers once more before anything irreversible, and both values side
//! by side where the record changed meanwhile.

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

/// One field that two people changed.
#[derive(Clone, Default)]
pub struct Clash {
    /// Name the field is posted under.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What stands in the record now.
    pub theirs: String,
    /// What was about to be written.
    pub yours: String,
}

/// What changed meanwhile, by whom, with a choice per field. `again` carries the record's new version
/// and the answers nobody else touched; the choices are posted under the fields' names.
pub fn conflict(who: &str, when: &str, clashes: &[Clash], again: &PostAction) -> Markup {
    html! {
        p .lead { (who) " changed this on " (when) ", after you had opened it. Nothing of yours is written yet." }
        form .form .clashes method="post" action=(again.action) {
            input type="hidden" name="_token" value=(again.token);
            @for (name, value) in &again.fields { input type="hidden" name=(name) value=(value); }
            @for clash in clashes {
                fieldset .field {
                    legend { (clash.label) }
                    div .sides {
                        (side(clash, "Now in the record", &clash.theirs, "theirs", true))
                        (side(clash, "Yours", &clash.yours, "yours", false))
                    }
                }
            }
            div .form-end { button .btn .primary type="submit" { "Save what is chosen" } }
        }
    }
}

fn side(clash: &Clash, whose: &str, value: &str, which: &str, chosen: bool) -> Markup {
    let id = format!("f-{}-{which}", clash.name);
    html! {
        div .choice {
            input id=(id) type="radio" name=(clash.name) value=(value) checked[chosen];
            label for=(id) {
                span .whose { (whose) }
                span .value { @if value.is_empty() { "(empty)" } @else { (value) } }
            }
        }
    }
}
