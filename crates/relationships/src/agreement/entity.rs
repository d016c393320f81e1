//! What an agreement line is.

use chrono::NaiveDate;
use kernel::{AgreementId, CustomerId, OfferingId, Quantity};

/// How a charge is settled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Settlement {
    /// Showback: nothing is posted outside.
    Memo,
    /// Same legal entity: debit the customer's cost centre, credit recoveries.
    Recharge,
}

impl Settlement {
    /// Words and modes.
    pub const WORDS: [(&'static str, Settlement); 2] =
        [("memo", Settlement::Memo), ("recharge", Settlement::Recharge)];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Settlement::Memo => "memo",
            Settlement::Recharge => "recharge",
        }
    }

    /// The mode of that word.
    pub fn parse(word: &str) -> Option<Settlement> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, mode)| *mode)
    }
}

/// Where an agreement stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AgreementState {
    /// Agreed; its first day is to come.
    Confirmed,
    /// In force, with no last day agreed.
    Active,
    /// In force, with a last day.
    Ending,
    /// Its last day is past.
    Ended,
}

impl AgreementState {
    /// All states in their order.
    pub const ALL: [AgreementState; 4] =
        [AgreementState::Confirmed, AgreementState::Active, AgreementState::Ending, AgreementState::Ended];

    /// The word shown (`crates/relationships/src/agreement/view.rs` has the same in SQL).
    pub const fn word(self) -> &'static str {
        match self {
            AgreementState::Confirmed => "confirmed",
            AgreementState::Active => "active",
            AgreementState::Ending => "ending",
            AgreementState::Ended => "ended",
        }
    }

    /// Whether it is charged.
    pub const fn in_force(self) -> bool {
        matches!(self, AgreementState::Active | AgreementState::Ending)
    }
}

/// An agreement line as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Id.
    pub id: AgreementId,
    /// Version, for If-Match.
    pub version: i64,
    /// `AGR-7`.
    pub number: String,
    /// Who takes it.
    pub customer: CustomerId,
    /// What.
    pub offering: OfferingId,
    /// First day.
    pub from: NaiveDate,
    /// Last day, once agreed.
    pub to: Option<NaiveDate>,
    /// Days' notice to end it.
    pub notice_days: u32,
    /// How a charge is settled.
    pub settlement: Settlement,
    /// The latest quantity agreed.
    pub quantity: Quantity,
    /// Its first day.
    pub quantity_from: NaiveDate,
    /// Key in the file it came from.
    pub source_key: Option<String>,
}

impl Agreement {
    /// Where it stands on `day`.
    pub fn state(&self, day: NaiveDate) -> AgreementState {
        match self.to {
            Some(to) if to < day => AgreementState::Ended,
            _ if day < self.from => AgreementState::Confirmed,
            Some(_) => AgreementState::Ending,
            None => AgreementState::Active,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NIL: &str = "00000000-0000-0000-0000-000000000000";

    #[test]
    fn an_agreement_is_in_force_from_its_first_day_through_its_last() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let agreement = |to: Option<&str>| Agreement {
            id: AgreementId::parse(NIL).unwrap(),
            version: 1,
            number: "AGR-1".into(),
            customer: CustomerId::parse(NIL).unwrap(),
            offering: OfferingId::parse(NIL).unwrap(),
            from: day("2026-02-01"),
            to: to.map(day),
            notice_days: 30,
            settlement: Settlement::Memo,
            quantity: Quantity::of_units(1),
            quantity_from: day("2026-02-01"),
            source_key: None,
        };
        for (to, on, word, in_force) in [
            (None, "2026-01-31", "confirmed", false),
            (None, "2026-02-01", "active", true),
            (Some("2026-02-28"), "2026-01-31", "confirmed", false),
            (Some("2026-02-28"), "2026-02-01", "ending", true),
            (Some("2026-02-28"), "2026-02-28", "ending", true),
            (Some("2026-02-28"), "2026-03-01", "ended", false),
        ] {
            let state = agreement(to).state(day(on));
            assert_eq!((state.word(), state.in_force()), (word, in_force), "{to:?} on {on}");
        }
    }
}
