//! The head of a page: crumbs, the question as `h1`, a state tag, at most three actions, and one
//! sentence with the answer.

use maud::{Markup, html};

use crate::form::PostAction;
use crate::state::State;

/// What a page is about.
#[derive(Clone, Default)]
pub struct PageHead {
    /// The heading: a question, or a record's name.
    pub title: String,
    /// The way here, without the page itself: label and address. Empty for a top page.
    pub crumbs: Vec<(String, String)>,
    /// How the page is named at the end of the crumbs; the crumb is left out where empty.
    pub here: String,
    /// State of the record.
    pub state: Option<State>,
    /// Words beside the tag: `in test, launch planned Mar 2027`.
    pub beside: String,
    /// At most three; more belong on the page.
    pub actions: Vec<HeadAction>,
    /// One sentence with the answer.
    pub answer: Option<Markup>,
    /// Why something cannot be done now, a sentence each, in place of its action.
    pub notes: Vec<String>,
    /// The form on the page has errors: the document's title says so first.
    pub has_errors: bool,
    /// Seconds after which the page loads itself again where there is no script: progress without one.
    pub refresh: Option<u32>,
}

impl PageHead {
    /// A page with this heading.
    pub fn new(title: impl Into<String>) -> PageHead {
        PageHead { title: title.into(), ..PageHead::default() }
    }

    /// One step of the way here.
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> PageHead {
        self.crumbs.push((label.into(), href.into()));
        self
    }

    /// The page's own name in the crumbs.
    pub fn here(self, here: impl Into<String>) -> PageHead {
        PageHead { here: here.into(), ..self }
    }

    /// The record's state.
    pub fn state(self, state: State) -> PageHead {
        PageHead { state: Some(state), ..self }
    }

    /// Words beside the state.
    pub fn beside(self, words: impl Into<String>) -> PageHead {
        PageHead { beside: words.into(), ..self }
    }

    /// One more action.
    pub fn action(mut self, action: HeadAction) -> PageHead {
        self.actions.push(action);
        self
    }

    /// The sentence with the answer.
    pub fn answer(self, answer: Markup) -> PageHead {
        PageHead { answer: Some(answer), ..self }
    }

    /// Why something cannot be done now; said once where two things have the same reason.
    pub fn note(mut self, says: impl Into<String>) -> PageHead {
        let says = says.into();
        if !self.notes.contains(&says) {
            self.notes.push(says);
        }
        self
    }

    /// The title as the browser shows it.
    pub(crate) fn document_title(&self, organisation: &str) -> String {
        let error = if self.has_errors { "Error: " } else { "" };
        format!("{error}{} – {organisation}", self.title)
    }
}

/// Something to do with the page's subject.
#[derive(Clone)]
pub struct HeadAction {
    /// What it does, a verb first.
    pub label: String,
    /// How.
    pub does: Does,
    /// The one that stands out.
    pub primary: bool,
}

/// Where an action leads.
#[derive(Clone)]
pub enum Does {
    /// Opens a page.
    Link(String),
    /// Changes something.
    Post(PostAction),
}

impl HeadAction {
    /// Opens `href`.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> HeadAction {
        HeadAction { label: label.into(), does: Does::Link(href.into()), primary: false }
    }

    /// Posts to `action`.
    pub fn post(label: impl Into<String>, action: PostAction) -> HeadAction {
        HeadAction { label: label.into(), does: Does::Post(action), primary: false }
    }

    /// Made to stand out.
    pub fn primary(self) -> HeadAction {
        HeadAction { primary: true, ..self }
    }

    /// The button or the link that looks like one.
    pub fn button(&self) -> Markup {
        let class = if self.primary { "btn primary" } else { "btn" };
        match &self.does {
            Does::Link(href) => html! { a class=(class) href=(href) { (self.label) } },
            Does::Post(action) => action.form(html! { button class=(class) type="submit" { (self.label) } }),
        }
    }
}

pub(crate) fn page_head(head: &PageHead) -> Markup {
    html! {
        header .page-head {
            @if !head.crumbs.is_empty() || !head.here.is_empty() {
                nav .crumbs aria-label="Breadcrumb" {
                    @for (i, (label, href)) in head.crumbs.iter().enumerate() {
                        @if i > 0 { " / " }
                        a href=(href) { (label) }
                    }
                    @if !head.here.is_empty() {
                        @if !head.crumbs.is_empty() { " / " }
                        span aria-current="page" { (head.here) }
                    }
                }
            }
            div .head-row {
                div .head-title {
                    h1 { (head.title) }
                    @if let Some(state) = &head.state { (state.tag()) }
                    @if !head.beside.is_empty() { span .beside { (head.beside) } }
                }
                @if !head.actions.is_empty() {
                    div .actions { @for action in &head.actions { (action.button()) } }
                }
            }
            @if let Some(answer) = &head.answer { p .answer { (answer) } }
            @for note in &head.notes { p .note { (note) } }
        }
    }
}
