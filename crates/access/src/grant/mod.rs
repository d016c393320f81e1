//! A grant: person × role × scope. Given by an administrator; executive, board member, chair and
//! finance manager count only once an executive has confirmed them, the first executive aside. Never to oneself.

mod confirm;
mod end;
mod follow;
mod give;
mod repo;
mod view;

pub use confirm::{NEEDS_EXECUTIVE, confirm, needs_confirmation};
pub use end::{EndGrant, end};
pub use follow::follow;
pub use give::{GrantInput, give, give_confirmed};
pub use repo::{active_of, of_person};
pub use view::list;

use crate::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "grant", table: "access_grants", personal: &[], secret: &[], children: &[] };
