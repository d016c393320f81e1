//! A grant: person × role × scope. Given by an administrator; executive, board member, chair and
//! finance manager count only once an executive has confirmed them. Never to oneself.

mod confirm;
mod end;
mod follow;
mod give;
mod repo;

pub use confirm::{NEEDS_EXECUTIVE, confirm, needs_confirmation};
pub use end::{EndGrant, end};
pub use follow::follow;
pub use give::{GrantInput, give, give_confirmed};
pub use repo::{active_of, of_person};

use crate::Noun;

/// How the history names it.
pub static NOUN: Noun = Noun { name: "grant", table: "access_grants", personal: &[] };
