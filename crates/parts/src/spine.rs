//! The life of a service as a line: every state with its date and the decision behind it, solid where
//! it has been, dashed where it goes; below it what the next state needs.

use maud::{Markup, html};

use crate::shape::{Shape, shape};
use crate::state::{State, Thing};

/// Where a state lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reached {
    /// Has been.
    Past,
    /// Is.
    Now,
    /// Comes.
    #[default]
    Future,
}

/// A state of the line.
#[derive(Clone, Default)]
pub struct SpineStep {
    /// The state's word.
    pub state: String,
    /// When it was or will be reached: `Jan 2026`, `before Quarterdeck`; may be empty.
    pub when: String,
    /// The decision behind it, or what is going on.
    pub note: Option<Markup>,
    /// Where it lies.
    pub reached: Reached,
}

impl SpineStep {
    /// A state.
    pub fn new(state: &str, when: impl Into<String>, reached: Reached) -> SpineStep {
        SpineStep { state: state.to_owned(), when: when.into(), note: None, reached }
    }

    /// With what lies behind it.
    pub fn note(self, note: Markup) -> SpineStep {
        SpineStep { note: Some(note), ..self }
    }
}

/// Those that fold into one on a small screen.
const FOLDED: [&str; 5] = ["Designed", "Developed", "Built", "Tested", "Released"];

/// The line, and the guard's sentence below it: what the next state needs and what is missing.
pub fn spine(steps: &[SpineStep], guard: Option<Markup>) -> Markup {
    html! {
        ol .spine {
            @for run in steps.chunk_by(|a, b| folds(a) && folds(b)) {
                @if run.len() > 1 { (fold(run)) }
                @for step in run { (one(step, run.len() > 1)) }
            }
        }
        @if let Some(guard) = guard { p .guard { (guard) } }
    }
}

/// Whether a step may fold: never the one the service is in.
fn folds(step: &SpineStep) -> bool {
    FOLDED.contains(&step.state.as_str()) && step.reached != Reached::Now
}

fn one(step: &SpineStep, folds: bool) -> Markup {
    let state = State::of(Thing::Service, &step.state);
    html! {
        li .(place(step.reached)) .folds[folds] aria-current=[(step.reached == Reached::Now).then_some("step")] {
            span .at-line { (shape(state.shape.unwrap_or(Shape::Circle))) }
            span .word { (state.word) }
            @if !step.when.is_empty() { span .when { (step.when) } }
            @if let Some(note) = &step.note { span .what { (note) } }
        }
    }
}

fn fold(folded: &[SpineStep]) -> Markup {
    let done = folded.iter().filter(|step| step.reached == Reached::Past).count();
    let reached = if done == folded.len() { Reached::Past } else { Reached::Future };
    html! {
        li .folded .(place(reached)) {
            span .at-line { (shape(if done > 0 { Shape::PlayOutline } else { Shape::Play })) }
            span .word {
                @for (i, step) in folded.iter().enumerate() { @if i > 0 { ", " } (step.state) }
            }
        }
    }
}

const fn place(reached: Reached) -> &'static str {
    match reached {
        Reached::Past => "past",
        Reached::Now => "now",
        Reached::Future => "future",
    }
}
