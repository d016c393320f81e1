//! Cloud bills inside the installation: what a bill says, how it comes together with the ledger, and by which parts
//! the ledger's cost is shared.
//!
//! A bill of millions of rows is read where its files are (`quarterdeck import usage`, crate `costs`); what arrives
//! here is its summary. A bill is detail: it explains named ledger lines and never adds to them.
//!
//! | noun | is |
//! | --- | --- |
//! | `bill` | one month's bill of a supplier as it was read, in versions |
//! | `reconciliation` | ledger = bill + tax + credits + accrual + exchange + unexplained |
//!
//! [`bill::explained`] is what an allocation shares by; [`bill::behind`] what a trace opens.

pub mod bill;
mod exact;
mod input;
pub mod reconciliation;
mod routes;

pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS};
