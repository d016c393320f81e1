//! A trace: where an amount comes from, opened inside its table. A sentence, a chain of steps, the
//! rows that add up, and whether it ties.

use maud::{Markup, Render, html};

use crate::shape::{Shape, shape};
use crate::simple_table::SimpleTable;
use crate::state::State;

/// A step of the chain: ledger lines, rule, driver, share, amount.
#[derive(Clone)]
pub struct TraceStep {
    /// What it is.
    pub label: String,
    /// Its linked value.
    pub value: Markup,
    /// Lines below.
    pub notes: Vec<Markup>,
}

impl TraceStep {
    /// A step.
    pub fn new(label: impl Into<String>, value: Markup, notes: Vec<Markup>) -> TraceStep {
        TraceStep { label: label.into(), value, notes }
    }
}

/// Where an amount comes from.
#[derive(Clone, Default)]
pub struct Trace {
    /// `Where €47,204.37 comes from`
    pub title: String,
    /// The whole of it in one sentence.
    pub sentence: Option<Markup>,
    /// The chain in order.
    pub steps: Vec<TraceStep>,
    /// The rows that add up.
    pub rows: Option<SimpleTable>,
    /// `It ties`, `It may change`: each a state and a sentence.
    pub verdicts: Vec<(State, Markup)>,
    /// A last quiet line: who sees what.
    pub note: Option<Markup>,
    /// Where the rows are as a file.
    pub export: Option<String>,
    /// Its own address.
    pub address: Option<String>,
    /// The page without it.
    pub close: Option<String>,
}

impl Render for Trace {
    fn render(&self) -> Markup {
        html! {
            section .trace #trace aria-labelledby="trace-title" {
                div .trace-head {
                    // Opened inside a table it stands under that table's heading; else under the page's own.
                    @if self.close.is_some() { h3 #trace-title { (self.title) } }
                    @else { h2 #trace-title { (self.title) } }
                    p .trace-links {
                        @if let Some(href) = &self.export { a href=(href) download { "Export these rows" } }
                        @if let Some(href) = &self.address { a href=(href) data-copy { "Copy link" } }
                        @if let Some(href) = &self.close { a href=(href) { "Close" } }
                    }
                }
                @if let Some(sentence) = &self.sentence { p .trace-says { (sentence) } }
                @if !self.steps.is_empty() {
                    ol .chain {
                        @for step in &self.steps {
                            li {
                                span .arrow { (shape(Shape::Play)) }
                                span .label { (step.label) }
                                span .value { (step.value) }
                                @for note in &step.notes { span .line { (note) } }
                            }
                        }
                    }
                }
                div .trace-foot {
                    @if let Some(rows) = &self.rows { (rows) }
                    div .verdicts {
                        @for (state, says) in &self.verdicts { p { (state.inline()) " " (says) } }
                        @if let Some(note) = &self.note { p .note { (note) } }
                    }
                }
            }
        }
    }
}
