//! Customers at the level where governance sits: who they are, whom we speak to, what they take.
//!
//! | noun | is |
//! | --- | --- |
//! | `customer` | a business unit or an outside organisation that decides and pays |

pub mod customer;
mod routes;

pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS};
