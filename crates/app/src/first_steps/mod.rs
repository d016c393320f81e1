//! What an organisation does first, from founding to its first allocation: what of it is there, and which roles
//! somebody holds who could do the rest. Only whether, never how much, so that a home page may ask each time.

mod repo;

pub use repo::{held, there};

/// Something that an organisation in use has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum There {
    /// Somebody holds a role besides administering.
    Roles,
    /// A service.
    Services,
    /// A customer.
    Customers,
    /// A month that takes facts, or took them.
    Months,
    /// A line of the ledger.
    Lines,
    /// An approved mapping rule.
    Mapping,
    /// An approved allocation rule.
    Rules,
    /// A run of the allocation.
    Run,
    /// A month whose close has begun.
    Close,
}
