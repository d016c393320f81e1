//! A customer: a business unit of ours or an outside organisation. It decides and pays; a *user*
//! consumes. It is added once, by its relationship manager, and never deleted once anything names it:
//! history would lose the other half of its charges.
//!
//! `add` and `change` are called by the routes, by import packs and by the demo.

mod add;
mod change;
mod entity;
pub mod error;
mod import;
mod repo;
mod view;

pub use add::{CustomerInput, add};
pub use change::{CustomerChange, change};
pub use entity::{Customer, CustomerKind};
pub use import::IMPORT;
pub(crate) use repo::named;
pub use repo::{all_keys, find, load};
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "customer", table: "relationships_customers", personal: &[], secret: &[], children: &[] };
