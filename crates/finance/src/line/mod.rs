//! A line of the general ledger: the only source of total cost (`domain.md` §3). Lines come by import
//! (`gl`), one row per line of the file, and are posted to the ledger as sums per account and cost
//! centre. They are never edited: a line that a later file changes is superseded, or taken back in the
//! open period where its own is closed; an import that is undone takes its lines out of the live ones.
//!
//! Amounts are debit positive: cost and assets positive, income negative. [`ledger_total`] is the sum
//! of the live cost lines of a period.

mod account;
mod again;
mod entity;
pub mod error;
mod kept;
mod repo;
mod rules;
#[cfg(test)]
mod rules_tests;
mod target;
mod view;
mod write;

pub use entity::{Conversion, LineKind, NewLine};
pub use repo::{ledger_total, newest_period};
pub use target::TARGET;
pub use view::{list, show};
pub use write::{CLEARING, ROUNDING};
