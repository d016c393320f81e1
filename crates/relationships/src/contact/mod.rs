//! A contact: a person at a customer whom we speak to, with role and influence. Name and e-mail are
//! personal: the history keeps references to them, and nothing else repeats them.

mod add;
mod edit;
mod entity;
pub mod error;
mod import;
mod repo;
mod view;

pub use add::{ContactInput, add};
pub use edit::{ContactChange, edit};
pub use entity::{Contact, Influence};
pub use import::IMPORT;
pub(crate) use view::of_customer;
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun = Noun {
    name: "contact",
    table: "relationships_contacts",
    personal: &["name", "email"],
    secret: &[],
    children: &[],
};
