//! A cost object: what carries cost and is no service in the catalogue yet, such as a service being
//! built. Its cost is kept central, as a named residual of every run.

mod add;
mod change;
mod repo;
mod view;

pub use add::{ObjectInput, add};
pub use change::{ObjectChange, change};
pub use repo::all_keys;
pub use view::{list, show};

use access::Noun;

/// A cost object as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostObject {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version, for If-Match.
    pub version: i64,
    /// 2 to 12 capital letters and digits; never changes.
    pub key: String,
    /// Name.
    pub name: String,
}

impl CostObject {
    fn location(&self) -> String {
        format!("/money/objects/{}", self.key)
    }
}

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "cost object", table: "finance_objects", personal: &[], secret: &[], children: &[] };
