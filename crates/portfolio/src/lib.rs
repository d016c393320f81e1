//! The service portfolio: what customers can have, could have and had; what it costs per unit; what
//! was promised of it.
//!
//! | noun | is |
//! | --- | --- |
//! | `service` | a means of giving value; today by take-over, complete or *incomplete* |
//! | `relation` | one service replaces, depends on or enables another |
//! | `offering` | a variant a customer can take: unit, charging model |
//! | `target` | a service level promised inside an offering |
//! | `price` | what a unit is sold for, in versions approved by another person |
//! | `promise` | a figure or date held against what came, with `rules` that judge |
//!
//! `closed` keeps what decides a charge out of closed months, `answers` reads what people type, `import` takes files and batches back, `sql` holds spellings the repos share; both serve `relationships`
//! too. Who takes a service is read from the view `portfolio_takers`, which the schema fills from the
//! agreements above: nothing here knows how they are kept.

pub mod answers;
pub mod closed;
pub mod import;
pub mod offering;
pub mod price;
pub mod promise;
mod recount;
pub mod relation;
mod routes;
pub mod service;
pub mod sql;
pub mod target;

pub use recount::recount;
pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS, TARGETS};
