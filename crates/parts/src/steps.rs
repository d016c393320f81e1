//! A checklist whose steps carry evidence: the close of a month.

use maud::{Markup, html};

use crate::page_head::HeadAction;
use crate::simple_table::scrolled;
use crate::state::State;

/// A step.
#[derive(Clone, Default)]
pub struct Step {
    /// Its name: `Ledger`.
    pub name: String,
    /// Its own page; empty for none.
    pub href: String,
    /// When it is satisfied.
    pub needs: String,
    /// Done, waiting, blocked.
    pub state: Option<State>,
    /// Whether the close waits for it.
    pub blocking: bool,
    /// Who did it, or whose it is.
    pub who: String,
    /// When it was done.
    pub when: String,
    /// The figures that show it.
    pub evidence: Option<Markup>,
    /// What to do next.
    pub action: Option<HeadAction>,
    /// The one to do now.
    pub current: bool,
}

/// The steps, numbered from one.
pub fn steps(caption: &str, steps: &[Step]) -> Markup {
    let table = html! {
        table .table .steps {
            caption .hidden { (caption) }
            thead {
                tr {
                    th scope="col" { "Step" }
                    th scope="col" { "State" }
                    th scope="col" { "Evidence" }
                    th scope="col" { "Who" }
                    th scope="col" { span .hidden { "Action" } }
                }
            }
            tbody {
                @for (i, step) in steps.iter().enumerate() {
                    tr data-row .at[step.current] {
                        th scope="row" {
                            span .number { (i + 1) }
                            @if step.href.is_empty() { b { (step.name) } } @else { a href=(step.href) { b { (step.name) } } }
                            span .below { (step.needs) @if !step.blocking { " (does not block)" } }
                        }
                        td .in-state { @if let Some(state) = &step.state { (state.inline()) } }
                        td .evidence { @if let Some(evidence) = &step.evidence { (evidence) } }
                        td .who { (step.who) @if !step.when.is_empty() { span .below { (step.when) } } }
                        td .act { @if let Some(action) = &step.action { (action.button()) } }
                    }
                }
            }
        }
    };
    scrolled(caption, table)
}
