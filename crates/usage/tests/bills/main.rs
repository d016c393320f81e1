//! Cloud bills told on both engines: in, again, corrected, taken back, and together with the ledger.

#![expect(clippy::inconsistent_digit_grouping, reason = "cents stand apart from euros")]

mod corrected;
mod house;
mod imported;
mod reconciled;
