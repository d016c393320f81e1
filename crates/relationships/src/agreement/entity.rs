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
    /// Whether it runs on `day`.
    pub fn runs_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}
