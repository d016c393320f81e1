//! Cloud bills told on both engines: in, again, corrected, taken back, and together with the ledger.

mod corrected;
mod house;
mod imported;
mod reconciled;
mod stands;
