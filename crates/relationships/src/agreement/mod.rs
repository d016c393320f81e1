//! An agreement line: a customer takes an offering, so much of it from a day on, until it ends, with
//! notice and settlement mode. From its first day its quantity is what is charged and, where a rule
//! says *agreed quantity*, the driver. It comes from a confirmed order, an import, or the relationship
//! manager; a customer has one line per offering at a time.
//!
//! Quantities are kept by first day (`relationships_agreement_quantities`): a past month keeps its own.
//! [`active_in`] is what `finance` charges from.

mod add;
mod change;
mod end;
mod entity;
pub mod error;
mod import;
mod repo;
pub mod rules;
mod take_back;
mod view;

pub use add::{AgreementInput, add};
pub(crate) use add::{NewLine, enter};
pub(crate) use change::set_quantity;
pub use change::{QuantityChange, change};
pub use end::{AgreementEnd, end};
pub use entity::{Agreement, AgreementState, Settlement};
pub use import::IMPORT;
pub(crate) use repo::open_on;
pub use repo::{ActiveAgreement, TAKERS, active_in};
pub(crate) use view::of_customer;
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "agreement", table: "relationships_agreements", personal: &[], secret: &[], children: &[] };
/// How the history names a quantity from a day on.
pub static QUANTITY: Noun = Noun {
    name: "agreed quantity",
    table: "relationships_agreement_quantities",
    personal: &[],
    secret: &[],
    children: &[],
};
