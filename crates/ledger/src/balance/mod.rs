//! The trial balance: per account what stood before, what moved, what stands; always sums to zero.
//!
//! Every condition holds for the opening as well as for the movement, so that a cost centre's opening
//! is its own and not everybody's.

mod repo;
mod view;

pub use repo::{Balance, Balances, Filter, trial_balance};
pub(crate) use repo::{conditions, read_filter};
pub use view::show;
