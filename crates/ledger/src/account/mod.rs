//! An account: where amounts are kept. Its code is for ever; its class too once something is posted
//! on it, since a change would restate every past balance.
//!
//! `ensure` is called by the contexts above for the accounts they post on by themselves.

mod add;
mod change;
mod entity;
pub mod error;
pub(crate) mod repo;
mod view;

pub use add::{AccountInput, add, ensure};
pub use change::{AccountChange, change};
pub use entity::{Account, Class};
pub use repo::{all, by_code, load};
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "account", table: "ledger_accounts", personal: &[], secret: &[], children: &[] };
