//! A service level target: a level promised inside an offering. One per offering and measure.

mod remove;
mod repo;
mod set;

pub use remove::{TargetRemoval, remove};
pub use repo::{all, of_offering};
pub use set::{TargetInput, set};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun = Noun {
    name: "service level target",
    table: "portfolio_targets",
    personal: &[],
    secret: &[],
    children: &[],
};
