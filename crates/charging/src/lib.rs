//! From cost to charge: which cost reaches which service and customer by which rule, what a customer
//! is charged, why it changed, and whether a service costs what was promised.
//!
//! | noun | is |
//! | --- | --- |
//! | `rule` | how one pool or service shares its cost, in versions approved by another person |
//! | `sharing` | how services share among themselves: direct, step-down, reciprocal |
//! | `run` | one run of the allocation for a period: shares, named residuals, control figures, trace |
//! | `variance` | why a pool's actual differs from its budget: explained by one, confirmed by another |
//! | `close` | the eleven steps of a period's close: checked, signed, closed, re-opened |
//! | `promise` | what services cost, and whether that is what was promised |
//! | `service` | the list of services: what each cost, and how its promises stand |
//! | `result` | what a service brought in against what it cost, by month: unit cost, contribution, margin |
//! | `statement` | what a customer is charged for a month: drafted, issued, accepted; every line traced |
//! | `recovery` | what was charged for a service against what it cost, by cause |
//!
//! Facts come from `finance` (lines by pool, driver quantities), who takes what from
//! `relationships`; the arithmetic is `allocation`'s. What is charged is then posted to `ledger`.

pub mod close;
mod input;
pub mod promise;
mod recount;
pub mod recovery;
pub mod result;
mod routes;
pub mod rule;
pub mod run;
pub mod service;
pub mod sharing;
pub mod statement;
pub mod variance;

pub use recount::recount;
pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS};
