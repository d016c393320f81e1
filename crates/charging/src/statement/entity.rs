//! What a statement and its lines are.

use chrono::{Days, NaiveDate};
use kernel::{
    Currency, CustomerId, Decimal, Money, Period, PersonId, Price, Quantity, Refusal, StatementId,
    StatementLineId,
};
use portfolio::offering::Charging;
use relationships::agreement::Settlement;

use super::error::NOT_ISSUED;

/// Days a customer has to accept or dispute a statement; after them it is accepted by lapse of time.
pub const WINDOW_DAYS: u64 = 30;

/// Where a statement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StatementState {
    /// Being reckoned: replaced whole by the next draft, not shown to the customer.
    Draft,
    /// Sent: never changed again.
    Issued,
    /// The customer said yes, or let the window pass.
    Accepted,
}

impl StatementState {
    /// Words and states.
    pub const WORDS: [(&'static str, StatementState); 3] = [
        ("draft", StatementState::Draft),
        ("issued", StatementState::Issued),
        ("accepted", StatementState::Accepted),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<StatementState> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, state)| *state)
    }
}

/// A statement as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Id.
    pub id: StatementId,
    /// Version, for If-Match.
    pub version: i64,
    /// `STM-7`.
    pub number: String,
    /// The month it is for.
    pub period: Period,
    /// Who receives it.
    pub customer: CustomerId,
    /// Where it stands.
    pub state: StatementState,
    /// Currency of its amounts.
    pub currency: Currency,
    /// Sum of its lines, minor units.
    pub total: i64,
    /// The same of the month before; none where that month had no statements.
    pub previous_total: Option<i64>,
    /// How many lines.
    pub lines: i64,
    /// SHA-256 over its lines.
    pub digest: String,
    /// Who issued it, and when.
    pub issued: Option<(PersonId, String)>,
    /// Last day of the window.
    pub accept_by: Option<NaiveDate>,
    /// Who accepted it; none where it lapsed.
    pub accepted_by: Option<PersonId>,
    /// When it was accepted.
    pub accepted_at: Option<String>,
    /// Accepted by lapse of time.
    pub lapsed: bool,
    /// What the customer said with it.
    pub note: Option<String>,
}

impl Statement {
    /// Sends it: from `today` the customer's window runs.
    pub fn issue(&mut self, by: PersonId, at: String, today: NaiveDate) -> bool {
        if self.state != StatementState::Draft {
            return false;
        }
        self.state = StatementState::Issued;
        self.issued = Some((by, at));
        self.accept_by = today.checked_add_days(Days::new(WINDOW_DAYS));
        true
    }

    /// The customer's yes; false where it was accepted before.
    pub fn accept(&mut self, by: PersonId, at: String, note: Option<String>) -> Result<bool, Refusal> {
        match self.state {
            StatementState::Draft => Err(NOT_ISSUED.with(&[&self.number, self.state.word()])),
            StatementState::Accepted => Ok(false),
            StatementState::Issued => {
                self.state = StatementState::Accepted;
                (self.accepted_by, self.accepted_at, self.note) = (Some(by), Some(at), note);
                Ok(true)
            }
        }
    }

    /// Accepted by lapse of time where the window has passed on `today`.
    pub fn lapse(&mut self, at: String, today: NaiveDate) -> bool {
        let passed = self.accept_by.is_some_and(|last| last < today);
        if self.state != StatementState::Issued || !passed {
            return false;
        }
        self.state = StatementState::Accepted;
        (self.accepted_at, self.lapsed) = (Some(at), true);
        true
    }
}

/// What one service and offering is charged in a month, and what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Key of the service; none for cost that pools send to the customer directly.
    pub service: Option<String>,
    /// Key of the offering; none where the customer takes none of the service.
    pub offering: Option<String>,
    /// The allocation rule's version that brought the cost: `R-14 v3`.
    pub rule: Option<String>,
    /// The price version: `PRC-7`.
    pub price_number: Option<String>,
    /// How it is charged.
    pub model: Charging,
    /// The service was taken over incomplete.
    pub incomplete: bool,
    /// How it is settled.
    pub settlement: Settlement,
    /// How much; none where nothing was counted.
    pub quantity: Option<Quantity>,
    /// Of what.
    pub unit: Option<String>,
    /// The price; at cost what follows from the amount, to four decimals.
    pub unit_price: Option<Decimal>,
    /// The charge, minor units.
    pub amount: i64,
    /// The cost allocated to it, minor units.
    pub cost: i64,
    /// Its weight where the cost of the service is split over several offerings.
    pub weight: i64,
    /// It stands for a charge of the month before that is no more.
    pub gone: bool,
}

impl Charge {
    /// What is wrong between its amount and what it says the amount is made of, as a sentence.
    pub fn wrong(&self, currency: Currency) -> Option<String> {
        let spoken = |minor| Money::of_minor(minor, currency).spoken();
        let (ought, of) = match self.model {
            _ if self.gone => (0, "it is no longer charged"),
            Charging::NotCharged => (0, "it is not charged"),
            Charging::AtCost => (self.cost, "it is charged at the cost allocated to it"),
            Charging::Fixed => (self.priced(currency)?, "quantity × price"),
        };
        (self.amount != ought)
            .then(|| format!("The amount is {}, but {of}: {}.", spoken(self.amount), spoken(ought)))
    }

    /// Quantity × price, rounded once; none without either, or beyond 64 bits.
    pub fn priced(&self, currency: Currency) -> Option<i64> {
        let price = Price::new(self.unit_price?, currency);
        price.times(self.quantity?).ok().map(|money| money.minor())
    }
}

/// Why a charge differs from the month before, in minor units. They add up to the difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// More or fewer units.
    pub volume: i64,
    /// Another price.
    pub price: i64,
    /// Another cost of the same units.
    pub cost: i64,
    /// Another rule or charging model.
    pub rule: i64,
    /// Not there before.
    pub new: i64,
    /// No longer there.
    pub gone: i64,
}

impl Parts {
    /// The whole difference.
    pub fn sum(&self) -> i64 {
        self.volume + self.price + self.cost + self.rule + self.new + self.gone
    }

    /// Each with its name, in the order statements show them.
    pub fn named(&self) -> [(&'static str, i64); 6] {
        [
            ("volume", self.volume),
            ("price", self.price),
            ("cost", self.cost),
            ("rule", self.rule),
            ("new", self.new),
            ("gone", self.gone),
        ]
    }
}

/// A line of a statement as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Id: stays while the draft is replaced.
    pub id: StatementLineId,
    /// What is charged.
    pub charge: Charge,
    /// Why it differs; none where the month before had no statements.
    pub parts: Option<Parts>,
}

#[cfg(test)]
mod tests;
