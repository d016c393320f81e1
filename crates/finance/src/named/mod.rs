//! What is known by a key and a name alone: cost centres and cost objects. Each says in a [`Kind`] what it is called
//! and where it is kept; what is done to it and read of it is the same.

mod add;
mod change;
mod repo;
mod view;

pub(crate) use add::add;
pub(crate) use change::change;
pub(crate) use repo::keys;
pub(crate) use view::{list, show};

use access::Noun;
use kernel::Refusal;
use kernel::listing::encode;

/// A kind of such records.
pub(crate) struct Kind {
    /// How the history names it, and its table.
    pub noun: &'static Noun,
    /// The same at the beginning of a sentence.
    pub begins: &'static str,
    /// What a list of them is called: `cost-centre`.
    pub name: &'static str,
    /// What stands over the list.
    pub caption: &'static str,
    /// What stands over their keys.
    pub key: &'static str,
    /// The page of one, `{key}` for its key.
    pub page: &'static str,
    /// Why a key that another has is refused.
    pub taken: fn(&str) -> Refusal,
}

/// One of them as stored.
struct Named {
    /// Id, a UUIDv7.
    id: String,
    /// Version, for If-Match.
    version: i64,
    /// Its key, which never changes.
    key: String,
    /// Name.
    name: String,
}

impl Kind {
    /// The page of one. A code is the ledger's, so it may have any letters.
    fn page_of(&self, one: &Named) -> String {
        self.page.replace("{key}", &encode(&one.key))
    }
}
