//! What people said of a period's close.

use kernel::{Period, PersonId};

/// Who, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The person.
    pub by: PersonId,
    /// The moment.
    pub at: String,
}

/// The close of one period as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version; 0 until it is stored.
    pub version: i64,
    /// The period.
    pub period: Period,
    /// Why there is no detail, and who said so.
    pub no_detail: Option<(String, Deed)>,
    /// The digest of the inputs that were signed, and by whom.
    pub signed: Option<(String, Deed)>,
    /// Who closed it.
    pub closed: Option<Deed>,
    /// Why it is to be re-opened, and who asked.
    pub reopening: Option<(String, Deed)>,
}

impl Close {
    /// Nothing said yet.
    pub fn new(id: String, period: Period) -> Close {
        Close { id, version: 0, period, no_detail: None, signed: None, closed: None, reopening: None }
    }

    /// Signs for what has the digest `inputs`; false where that was signed before.
    pub fn sign(&mut self, inputs: &str, deed: Deed) -> bool {
        if self.signed_for(inputs) {
            return false;
        }
        self.signed = Some((inputs.to_owned(), deed));
        true
    }

    /// Whether the signature is for what has the digest `inputs`.
    pub fn signed_for(&self, inputs: &str) -> bool {
        self.signed.as_ref().is_some_and(|(signed, _)| signed == inputs)
    }

    /// Back in review: signature and close are void, the request is answered.
    pub fn reopened(&mut self) {
        (self.signed, self.closed, self.reopening) = (None, None, None);
    }
}
