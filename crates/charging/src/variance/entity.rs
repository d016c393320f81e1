//! What an explanation is.

use kernel::{Period, PersonId};

/// Into which part of the split a variance falls (`domain.md` §3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// An exchange rate.
    Rate,
    /// A price.
    Price,
    /// More or less of the driver.
    Volume,
    /// Another month.
    Timing,
    /// Once.
    OneOff,
    /// None of these.
    Other,
}

impl Cause {
    /// Words and causes.
    pub const WORDS: [(&'static str, Cause); 6] = [
        ("rate", Cause::Rate),
        ("price", Cause::Price),
        ("volume", Cause::Volume),
        ("timing", Cause::Timing),
        ("one-off", Cause::OneOff),
        ("other", Cause::Other),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, cause)| *cause == self).map_or("", |(word, _)| word)
    }

    /// The cause of that word.
    pub fn parse(word: &str) -> Option<Cause> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, cause)| *cause)
    }
}

/// How far an explanation has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Waits for another person.
    Proposed,
    /// Another person said so too.
    Confirmed,
}

impl State {
    /// Both states.
    pub const ALL: [State; 2] = [State::Proposed, State::Confirmed];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Confirmed => "confirmed",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// An explanation as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version; 0 until it is stored.
    pub version: i64,
    /// The month.
    pub period: Period,
    /// Key of the pool, `income` or `unmapped`.
    pub pool: String,
    /// Its cause.
    pub cause: Cause,
    /// In a person's words.
    pub text: String,
    /// The variance it explains, minor units.
    pub amount: i64,
    /// How far it has come.
    pub state: State,
    /// Who explained it.
    pub proposed_by: PersonId,
    /// When.
    pub proposed_at: String,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonId>,
    /// When.
    pub confirmed_at: Option<String>,
}

impl Explanation {
    /// `2026-09 CLOUD`.
    pub fn key(&self) -> String {
        format!("{} {}", self.period, self.pool)
    }

    /// How far it has come for a variance of `now`: what was confirmed for another figure is proposed.
    pub fn state_for(&self, now: i64) -> State {
        if self.amount == now { self.state } else { State::Proposed }
    }

    /// Confirms it for a variance of `now`; false where that was done.
    pub fn confirm(&mut self, person: PersonId, at: String, now: i64) -> bool {
        if self.state_for(now) == State::Confirmed {
            return false;
        }
        self.state = State::Confirmed;
        self.amount = now;
        self.confirmed_by = Some(person);
        self.confirmed_at = Some(at);
        true
    }
}
