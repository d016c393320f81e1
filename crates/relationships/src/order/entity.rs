//! What an order is.

use chrono::NaiveDate;
use kernel::{AgreementId, CustomerId, OfferingId, OrderId, PersonId, Quantity, Refusal};

use super::error::{ANSWERED, ASKED_BY_ANOTHER};

/// Where an order stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrderState {
    /// Waits for the relationship manager.
    Asked,
    /// Became an agreement, or a quantity of one.
    Confirmed,
    /// Will not be, for a reason.
    Refused,
    /// Taken back by who asked.
    Withdrawn,
}

impl OrderState {
    /// All states.
    pub const ALL: [OrderState; 4] =
        [OrderState::Asked, OrderState::Confirmed, OrderState::Refused, OrderState::Withdrawn];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            OrderState::Asked => "asked",
            OrderState::Confirmed => "confirmed",
            OrderState::Refused => "refused",
            OrderState::Withdrawn => "withdrawn",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<OrderState> {
        OrderState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// An order as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Id.
    pub id: OrderId,
    /// Version.
    pub version: i64,
    /// `ORD-7`.
    pub number: String,
    /// Who wants it.
    pub customer: CustomerId,
    /// What.
    pub offering: OfferingId,
    /// How much in all from that day on.
    pub quantity: Quantity,
    /// From which day.
    pub from: NaiveDate,
    /// Anything to say about it.
    pub note: Option<String>,
    /// Where it stands.
    pub state: OrderState,
    /// Who asked, and when.
    pub asked: (PersonId, String),
    /// Who answered, and when.
    pub answered: Option<(PersonId, String)>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The agreement it became.
    pub agreement: Option<AgreementId>,
}

impl Order {
    /// Refuses unless it still waits for an answer.
    pub fn waits(&self) -> Result<(), Refusal> {
        match self.state {
            OrderState::Asked => Ok(()),
            answered => Err(ANSWERED.with(&[&self.number, answered.word()])),
        }
    }

    /// Takes it back: only who asked may, and only while it waits.
    pub fn withdraw(&mut self, person: PersonId) -> Result<(), Refusal> {
        self.waits()?;
        if self.asked.0 != person {
            return Err(ASKED_BY_ANOTHER.with(&[&self.number]));
        }
        self.state = OrderState::Withdrawn;
        Ok(())
    }
}
