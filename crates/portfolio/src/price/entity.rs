//! What a price version is; it decides what may happen to it.

use chrono::NaiveDate;
use kernel::{OfferingId, PersonId, Price, Refusal};

use super::error::WRONG_STATE;

/// Where a price version stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PriceState {
    /// Being written.
    Draft,
    /// Waiting for another person.
    Submitted,
    /// In force from its first day.
    Approved,
    /// Another was approved for the same first day.
    Superseded,
}

impl PriceState {
    /// Words and states.
    pub const WORDS: [(&'static str, PriceState); 4] = [
        ("draft", PriceState::Draft),
        ("submitted", PriceState::Submitted),
        ("approved", PriceState::Approved),
        ("superseded", PriceState::Superseded),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<PriceState> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, state)| *state)
    }
}

/// A price version as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceVersion {
    /// Id.
    pub id: uuid::Uuid,
    /// Version of the record, for If-Match.
    pub version: i64,
    /// `PRC-7`.
    pub number: String,
    /// The offering it is for.
    pub offering: OfferingId,
    /// Where it stands.
    pub state: PriceState,
    /// Per unit.
    pub price: Price,
    /// First day it holds.
    pub from: NaiveDate,
    /// Everybody who wrote or submitted it.
    pub editors: Vec<PersonId>,
    /// Who approved it, and when.
    pub approved: Option<(PersonId, String)>,
}

impl PriceVersion {
    /// Refuses unless it is in `needed`; `done` is what was to be done.
    pub fn needs(&self, needed: PriceState, done: &str) -> Result<(), Refusal> {
        if self.state == needed {
            return Ok(());
        }
        Err(WRONG_STATE.with(&[&self.number, self.state.word(), needed.word(), done]))
    }

    /// Notes that `person` wrote a part of it.
    pub fn written_by(&mut self, person: PersonId) {
        if !self.editors.contains(&person) {
            self.editors.push(person);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, Decimal};

    #[test]
    fn a_price_says_which_state_it_would_need() {
        let price = PriceVersion {
            id: uuid::Uuid::nil(),
            version: 1,
            number: "PRC-7".into(),
            offering: OfferingId::new(uuid::Uuid::nil()),
            state: PriceState::Draft,
            price: Price::new(Decimal::ONE, Currency::EUR),
            from: "2026-10-01".parse().unwrap(),
            editors: vec![],
            approved: None,
        };
        let refusal = price.needs(PriceState::Submitted, "approved").unwrap_err();
        assert_eq!(refusal.says, "Price PRC-7 is draft; only a submitted one can be approved.");
        assert!(price.needs(PriceState::Draft, "edited").is_ok());
    }
}
