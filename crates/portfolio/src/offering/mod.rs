//! An offering: a variant of a service a customer can take, with its unit and charging model. Its
//! service level targets are `target`, its prices `price`.
//!
//! Unit and charging model are part of what customers agreed to: once somebody takes it, or a price
//! was approved, another offering is added instead.

mod add;
mod edit;
mod entity;
pub mod error;
mod import;
mod repo;
mod view;

pub use add::{OfferingInput, add};
pub use edit::{OfferingChange, edit};
pub use entity::{Charging, Offering};
pub use import::IMPORT;
pub use repo::{all, find, find_by_key, load, of_service};
pub use view::{list, record, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "offering", table: "portfolio_offerings", personal: &[], secret: &[], children: &[] };
