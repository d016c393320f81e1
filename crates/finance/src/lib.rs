//! Money of IT: what comes in from the ledger, and what is made of it.
//!
//! | noun | is |
//! | --- | --- |
//! | `period` | a month money is counted in: future, open, in review, soft-closed, closed |
//! | `pool` | a cost pool: the first layer of the cost model |
//! | `cost_centre` | the unit of the organisation a ledger line is booked to |
//! | `cost_object` | what carries cost and is no service yet |
//! | `line` | a line of the general ledger, the only source of total cost |
//! | `rate` | an exchange rate with its source |
//! | `driver` | a measured quantity by which a cost is shared |
//! | `budget` | what a year was planned to cost, against what it did |
//! | `mapping` | the rules by which lines belong to pools, and how much they cover |
//!
//! `named` is what cost centres and cost objects share; `routes` what pages, API and command line reach, and what can
//! be imported.

pub mod budget;
pub mod cost_centre;
pub mod cost_object;
pub mod driver;
pub mod error;
mod input;
pub mod line;
pub mod mapping;
mod named;
pub mod period;
pub mod pool;
pub mod rate;
mod receivers;
mod recount;
mod routes;

pub use recount::recount;
pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS, TARGETS};
