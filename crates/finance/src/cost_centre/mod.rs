//! A cost centre: the unit of the organisation a ledger line is booked to. Where any is registered,
//! a line of one that is not is rejected; where none is, codes are taken as they come.

mod add;
mod change;
pub mod error;
mod repo;
mod view;

pub use add::{CostCentreInput, add};
pub use change::{CostCentreChange, change};
pub use repo::keys;
pub use view::{list, show};

use access::Noun;
use kernel::listing::encode;

/// A cost centre as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostCentre {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version, for If-Match.
    pub version: i64,
    /// Its code in the ledger: `4100`, `CC-41`.
    pub key: String,
    /// Name.
    pub name: String,
}

impl CostCentre {
    /// Its page. A code is the ledger's, so it may have any letters.
    fn location(&self) -> String {
        format!("/money/cost-centres/{}", encode(&self.key))
    }
}

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "cost centre", table: "finance_cost_centres", personal: &[], secret: &[], children: &[] };
