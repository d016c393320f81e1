//! Customers at the level where governance sits: who they are, whom we speak to, what they take.
//!
//! | noun | is |
//! | --- | --- |
//! | `customer` | a business unit or an outside organisation that decides and pays |
//! | `contact` | a person there, with role and influence |
//! | `order` | what a customer asks for, and the answer |
//! | `agreement` | what a customer takes: offering, quantity by day, settlement |
//! | `catalogue` | the menu card of a customer |

pub mod agreement;
pub mod catalogue;
pub mod contact;
pub mod customer;
pub mod order;
mod routes;

pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS, TARGETS};
