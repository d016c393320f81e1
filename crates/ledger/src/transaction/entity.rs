//! What a transaction is before and after it is posted.

use chrono::NaiveDate;
use db::{Bind, FromColumn, Row};
use kernel::{AccountId, Fault, Money, Period};
use sha2::{Digest, Sha256};

/// A transaction of the ledger: a UUIDv7.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TransactionId(uuid::Uuid);

impl TransactionId {
    /// From a UUID handed in or stored.
    pub const fn new(id: uuid::Uuid) -> TransactionId {
        TransactionId(id)
    }
}

impl std::fmt::Display for TransactionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

impl From<TransactionId> for Bind {
    fn from(id: TransactionId) -> Bind {
        Bind::Text(Some(id.to_string()))
    }
}

impl FromColumn for TransactionId {
    fn from_column(row: &Row, column: &str) -> Result<TransactionId, Fault> {
        let text: String = row.get(column)?;
        let id = uuid::Uuid::parse_str(&text);
        id.map(TransactionId).map_err(|error| Fault::new(format!("reading column {column}"), error))
    }
}

/// What a transaction was posted for: `batch` and its id, `run` and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Kind of record.
    pub kind: String,
    /// Its id.
    pub id: String,
}

/// An amount before conversion, and how it was converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The amount, signed as the posting.
    pub money: Money,
    /// The rate in words, with source and date: `1.1106 USD per EUR, month average Sep 2024, ECB`.
    pub rate: String,
}

/// One side of a new transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPosting {
    /// On which account.
    pub account: AccountId,
    /// Whose.
    pub cost_centre: Option<String>,
    /// For which project.
    pub project: Option<String>,
    /// Minor units of the reporting currency: debit positive, credit negative.
    pub amount: i64,
    /// Where the amount came in another currency.
    pub original: Option<Original>,
}

impl NewPosting {
    /// A posting in the reporting currency without cost centre.
    pub const fn new(account: AccountId, amount: i64) -> NewPosting {
        NewPosting { account, cost_centre: None, project: None, amount, original: None }
    }

    /// The same for a cost centre.
    #[must_use]
    pub fn of(self, cost_centre: Option<String>) -> NewPosting {
        NewPosting { cost_centre, ..self }
    }

    fn reversed(&self) -> NewPosting {
        let original = self.original.as_ref();
        let original = original.map(|o| Original { money: o.money.negated(), rate: o.rate.clone() });
        NewPosting { amount: -self.amount, original, ..self.clone() }
    }
}

/// A transaction to post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransaction {
    /// The kind, one word: `import`, `allocation`, `charge`. A reversal keeps the kind of what it
    /// reverses, so that sums per kind net out.
    pub kind: String,
    /// The period it counts in.
    pub period: Period,
    /// The day it happened; may lie outside the period (a late fact).
    pub day: NaiveDate,
    /// What it is, one line.
    pub text: String,
    /// What it was posted for.
    pub source: Source,
    /// The period it corrects, where that is not its own.
    pub corrects: Option<Period>,
    /// Its postings, two at least.
    pub postings: Vec<NewPosting>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// Id.
    pub id: TransactionId,
    /// Running number without gaps: `T-12` is 12.
    pub number: i64,
}

impl NewTransaction {
    /// Its mirror image.
    pub(super) fn reversed(self, into: Period, day: NaiveDate, text: String) -> NewTransaction {
        let corrects = if into == self.period { self.corrects } else { Some(self.period) };
        let postings = self.postings.iter().map(NewPosting::reversed).collect();
        NewTransaction { period: into, day, text, corrects, postings, ..self }
    }

    /// Sum of the debits, minor units; `None` beyond 64 bits.
    pub(super) fn debit(&self) -> Option<i64> {
        self.postings.iter().map(|posting| posting.amount.max(0)).try_fold(0_i64, i64::checked_add)
    }

    /// SHA-256 over all postings in their order.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for posting in &self.postings {
            let original = posting.original.as_ref();
            let money = original.map(|o| format!("{} {}", o.money.minor(), o.money.currency()));
            let parts = [
                posting.account.to_string(),
                posting.cost_centre.clone().unwrap_or_default(),
                posting.project.clone().unwrap_or_default(),
                posting.amount.to_string(),
                money.unwrap_or_default(),
                original.map(|o| o.rate.clone()).unwrap_or_default(),
            ];
            // The length before each part keeps ("ab", "c") and ("a", "bc") apart.
            for part in parts {
                hash.update(part.len().to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
