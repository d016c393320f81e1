//! An order: a customer's representative asks for an offering, a quantity, from a day; the
//! relationship manager confirms or refuses. Whoever asked never answers, and alone takes it back.
//!
//! ```text
//! asked → confirmed (an agreement, or another quantity of the one there is)
//!       → refused (with the reason)
//!       → withdrawn (by who asked)
//! ```

mod add;
mod answer;
mod entity;
pub mod error;
mod repo;
mod view;
mod withdraw;

pub use add::{OrderInput, add};
pub use answer::{Confirmation, OrderRefusal, confirm, refuse};
pub use entity::{Order, OrderState};
pub(crate) use view::of_customer;
pub use view::{list, show};
pub use withdraw::withdraw;

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "order", table: "relationships_orders", personal: &[], secret: &[], children: &[] };
