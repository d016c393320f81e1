//! A cost pool: the first layer of the cost model, filled from ledger lines by the mapping and
//! emptied by allocation rules. It says what kind of cost its lines are: operating or capital, fixed
//! or variable, run, grow or transform. Never deleted: closed periods point at it.
//!
//! `add` and `change` are called by the routes, by import packs and by the demo.

mod add;
mod change;
mod entity;
pub mod error;
mod repo;
mod view;

pub use add::{PoolInput, add};
pub use change::{PoolChange, change};
pub use entity::{Behaviour, Pool, Purpose, Spend};
pub use repo::{all, find, load};
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "pool", table: "finance_pools", personal: &[], secret: &[], children: &[] };
