//! What an offering is.

use kernel::{OfferingId, ServiceId};

/// How an offering is charged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Charging {
    /// What it cost: the amount comes first, the unit price from it.
    AtCost,
    /// Quantity × price per unit.
    Fixed,
    /// Nothing.
    NotCharged,
}

impl Charging {
    /// Words and models.
    pub const WORDS: [(&'static str, Charging); 3] =
        [("at cost", Charging::AtCost), ("fixed", Charging::Fixed), ("not charged", Charging::NotCharged)];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, model)| *model == self).map_or("", |(word, _)| word)
    }

    /// The model of that word.
    pub fn parse(word: &str) -> Option<Charging> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, model)| *model)
    }
}

/// An offering as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offering {
    /// Id.
    pub id: OfferingId,
    /// Version, for If-Match.
    pub version: i64,
    /// `[A-Z0-9]{2,12}`, unique among all offerings, unchangeable.
    pub key: String,
    /// The service it is a variant of.
    pub service: ServiceId,
    /// Name as the customer knows it.
    pub name: String,
    /// What is counted: `seat`, `GB`, `mailbox`.
    pub unit: String,
    /// How it is charged.
    pub charging: Charging,
    /// Key in the file it came from.
    pub source_key: Option<String>,
}
