//! How services share among themselves before customers: direct (supporting services pass nothing to each
//! other), step-down in a stated order, or reciprocal (all at once, solved exactly).
//!
//! One person states it from a period on (`SH-2`), another approves it; of what is approved the latest first
//! period holds, and for one period what was stated last. Direct where nothing is said. `set` and `approve` are
//! called by the routes, `in_force` by a run.

mod approve;
mod entity;
pub mod error;
mod repo;
mod set;
mod view;

pub use approve::{approve, may_approve};
pub use entity::Stated;
pub use repo::{as_if_approved, in_force};
pub use set::{SharingInput, set};
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "sharing", table: "charging_sharing", personal: &[], secret: &[], children: &[] };
