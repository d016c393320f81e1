//! State words: one vocabulary for page, API, command line and mail (`screens.md` 3.11), each with a
//! tone and a drawn shape, so that no state is told by colour alone.

use maud::{Markup, html};

use crate::shape::{Shape, shape};

/// The colour a word is said in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing to say about it.
    #[default]
    Neutral,
    /// In progress.
    Info,
    /// As it should be.
    Ok,
    /// Waits for somebody or may go wrong.
    Warn,
    /// Wrong.
    Bad,
    /// Set apart: an override, a forecast.
    Violet,
}

impl Tone {
    /// The CSS class.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "t-neutral",
            Tone::Info => "t-info",
            Tone::Ok => "t-ok",
            Tone::Warn => "t-warn",
            Tone::Bad => "t-bad",
            Tone::Violet => "t-violet",
        }
    }
}

/// What has the state: the same word may be drawn differently for two things.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[allow(missing_docs, reason = "each is the domain's own word")]
pub enum Thing {
    #[default]
    Service,
    Decision,
    Period,
    Case,
    Charter,
    Directive,
    Order,
    Batch,
    Version,
    Funding,
    Statement,
    Dispute,
    Requirement,
    Action,
    Promise,
}

impl Thing {
    /// The thing a list of that name shows (`Listing::name`); a service where the name is no thing.
    pub fn of(name: &str) -> Thing {
        match name {
            "decision" => Thing::Decision,
            "period" => Thing::Period,
            "case" => Thing::Case,
            "charter" => Thing::Charter,
            "directive" => Thing::Directive,
            "order" | "agreement" => Thing::Order,
            "batch" | "import" => Thing::Batch,
            "rule" | "sharing" | "budget" | "rate_card" | "rate-card" | "price" => Thing::Version,
            "funding" | "tranche" => Thing::Funding,
            "statement" => Thing::Statement,
            "dispute" => Thing::Dispute,
            "requirement" => Thing::Requirement,
            "action" => Thing::Action,
            "promise" => Thing::Promise,
            _ => Thing::Service,
        }
    }
}

/// A word with its tone and shape.
type Entry = (Thing, &'static str, Tone, Shape);

use Shape as S;
use Thing as T;
use Tone as C;

/// The vocabulary. A word that stands once is found whatever the thing.
pub const VOCABULARY: &[Entry] = &[
    (T::Service, "Requirements", C::Neutral, S::Circle),
    (T::Service, "Defined", C::Neutral, S::Quarter),
    (T::Service, "Analysed", C::Neutral, S::Half),
    (T::Service, "Approved", C::Neutral, S::ThreeQuarters),
    (T::Service, "Chartered", C::Neutral, S::Full),
    (T::Service, "Designed", C::Neutral, S::PlayOutline),
    (T::Service, "Developed", C::Neutral, S::PlayOutline),
    (T::Service, "Built", C::Neutral, S::PlayOutline),
    (T::Service, "Tested", C::Neutral, S::Play),
    (T::Service, "Released", C::Neutral, S::Play),
    (T::Service, "Operational", C::Neutral, S::Square),
    (T::Service, "Retiring", C::Warn, S::HalfSquare),
    (T::Service, "Retired", C::Neutral, S::SquareOutline),
    (T::Service, "Rejected", C::Neutral, S::Cross),
    (T::Service, "Deferred", C::Neutral, S::Pause),
    (T::Service, "Merged", C::Neutral, S::Merge),
    (T::Service, "Cancelled", C::Neutral, S::Slash),
    (T::Service, "Incomplete", C::Warn, S::Triangle),
    (T::Service, "Complete", C::Ok, S::Check),
    (T::Decision, "Proposed", C::Neutral, S::Circle),
    (T::Decision, "Scheduled", C::Info, S::Circle),
    (T::Decision, "Approved", C::Ok, S::Check),
    (T::Decision, "Approved with conditions", C::Ok, S::Check),
    (T::Decision, "Deferred", C::Neutral, S::Pause),
    (T::Decision, "Declined", C::Bad, S::Cross),
    (T::Period, "Future", C::Neutral, S::Circle),
    (T::Period, "Open", C::Info, S::Quarter),
    (T::Period, "In review", C::Warn, S::Triangle),
    (T::Period, "Soft-closed", C::Info, S::ThreeQuarters),
    (T::Period, "Closed", C::Ok, S::Check),
    (T::Period, "Locked", C::Neutral, S::Lock),
    (T::Case, "Draft", C::Neutral, S::Circle),
    (T::Case, "Signed", C::Info, S::Half),
    (T::Case, "Submitted", C::Info, S::ThreeQuarters),
    (T::Case, "Frozen", C::Neutral, S::Lock),
    (T::Case, "Superseded", C::Neutral, S::SquareOutline),
    (T::Charter, "Draft", C::Neutral, S::Circle),
    (T::Charter, "Signed", C::Info, S::Half),
    (T::Charter, "Sent", C::Info, S::ThreeQuarters),
    (T::Charter, "Acknowledged", C::Ok, S::Check),
    (T::Directive, "Sent", C::Info, S::Half),
    (T::Directive, "Acknowledged", C::Info, S::ThreeQuarters),
    (T::Directive, "Questioned", C::Warn, S::Question),
    (T::Directive, "Done", C::Ok, S::Check),
    (T::Order, "Asked", C::Warn, S::Triangle),
    (T::Order, "Confirmed", C::Info, S::ThreeQuarters),
    (T::Order, "Active", C::Ok, S::Full),
    (T::Order, "Ending", C::Warn, S::HalfSquare),
    (T::Order, "Ended", C::Neutral, S::SquareOutline),
    (T::Order, "Refused", C::Neutral, S::Cross),
    (T::Order, "Withdrawn", C::Neutral, S::SquareOutline),
    (T::Batch, "Checked", C::Info, S::Half),
    (T::Batch, "Written", C::Ok, S::Check),
    (T::Batch, "Reverted", C::Neutral, S::Slash),
    (T::Version, "Draft", C::Neutral, S::Circle),
    (T::Version, "Submitted", C::Warn, S::Triangle),
    (T::Version, "Approved", C::Ok, S::Check),
    (T::Version, "Superseded", C::Neutral, S::SquareOutline),
    (T::Funding, "Requested", C::Neutral, S::Circle),
    (T::Funding, "Committed", C::Info, S::Half),
    (T::Funding, "Due", C::Warn, S::Triangle),
    (T::Funding, "Released", C::Ok, S::Check),
    (T::Funding, "Spent", C::Neutral, S::Full),
    (T::Funding, "Withdrawn", C::Neutral, S::Cross),
    (T::Funding, "Returned", C::Neutral, S::Slash),
    (T::Funding, "Lapsed", C::Warn, S::SquareOutline),
    (T::Statement, "Draft", C::Neutral, S::Circle),
    (T::Statement, "Issued", C::Warn, S::Triangle),
    (T::Statement, "Accepted", C::Ok, S::Check),
    (T::Statement, "Disputed", C::Bad, S::Diamond),
    (T::Statement, "Credited", C::Info, S::HalfSquare),
    (T::Statement, "Settled", C::Ok, S::Check),
    (T::Dispute, "Raised", C::Warn, S::Triangle),
    (T::Dispute, "Discussing", C::Info, S::Half),
    (T::Dispute, "Upheld", C::Neutral, S::Check),
    (T::Dispute, "Part upheld", C::Neutral, S::HalfSquare),
    (T::Dispute, "Not upheld", C::Neutral, S::Cross),
    (T::Dispute, "Withdrawn", C::Neutral, S::Slash),
    (T::Requirement, "Heard", C::Neutral, S::Circle),
    (T::Requirement, "Understood", C::Neutral, S::Quarter),
    (T::Requirement, "Agreed", C::Info, S::Half),
    (T::Requirement, "In portfolio", C::Info, S::ThreeQuarters),
    (T::Requirement, "Met", C::Ok, S::Check),
    (T::Requirement, "Declined", C::Neutral, S::Cross),
    (T::Action, "To do", C::Neutral, S::Circle),
    (T::Action, "Doing", C::Info, S::Half),
    (T::Action, "Done", C::Ok, S::Check),
    (T::Action, "Dropped", C::Neutral, S::Slash),
    (T::Action, "Late", C::Bad, S::Diamond),
    (T::Action, "Waiting", C::Warn, S::Triangle),
    (T::Action, "Blocked", C::Bad, S::Diamond),
    (T::Promise, "Not due", C::Neutral, S::Circle),
    (T::Promise, "On track", C::Ok, S::Full),
    (T::Promise, "Watch", C::Warn, S::Triangle),
    (T::Promise, "Off track", C::Bad, S::Diamond),
    (T::Promise, "Unknown", C::Neutral, S::Question),
    (T::Promise, "Kept", C::Ok, S::Check),
    (T::Promise, "Broken", C::Bad, S::Cross),
];

/// A state to be said: the word as people read it, its tone and its shape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// `In review`
    pub word: String,
    /// Its colour.
    pub tone: Tone,
    /// Its mark; none for a word outside the vocabulary.
    pub shape: Option<Shape>,
}

impl State {
    /// The state `word` of `thing`, found without regard to case, `_` or `-` (`soft_closed`); a word
    /// outside the vocabulary is said neutrally and without a shape.
    pub fn of(thing: Thing, word: &str) -> State {
        let asked = folded(word);
        let matching = || VOCABULARY.iter().filter(|entry| folded(entry.1) == asked);
        match matching().find(|entry| entry.0 == thing).or_else(|| matching().next()) {
            Some((_, word, tone, shape)) => {
                State { word: (*word).to_owned(), tone: *tone, shape: Some(*shape) }
            }
            None => State { word: sentence_case(word), tone: Tone::Neutral, shape: None },
        }
    }

    /// A word of the page's own, such as `over 3.5`.
    pub fn new(word: impl Into<String>, tone: Tone, shape: Shape) -> State {
        State { word: word.into(), tone, shape: Some(shape) }
    }

    /// The same in another tone.
    pub fn toned(self, tone: Tone) -> State {
        State { tone, ..self }
    }

    /// Shape and word, as it stands in a table or sentence.
    pub fn inline(&self) -> Markup {
        html! {
            span .state .(self.tone.class()) { @if let Some(mark) = self.shape { (shape(mark)) } (self.word) }
        }
    }

    /// Shape and word on a tint, as it stands beside a heading.
    pub fn tag(&self) -> Markup {
        html! {
            span .tag .(self.tone.class()) { @if let Some(mark) = self.shape { (shape(mark)) } (self.word) }
        }
    }
}

/// The state `word` of `thing`, shape and word.
pub fn state(thing: Thing, word: &str) -> Markup {
    State::of(thing, word).inline()
}

/// The state `word` of `thing` on its tint.
pub fn tag(thing: Thing, word: &str) -> Markup {
    State::of(thing, word).tag()
}

fn folded(word: &str) -> String {
    word.to_lowercase().replace(['_', '-'], " ")
}

fn sentence_case(word: &str) -> String {
    let spaced = word.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
