//! A person: one, however many accounts or tokens they hold. Invited by an administrator, active
//! once they chose a password by a one-time link; an invited person has no right at all.

mod add;
mod demo;
mod disable;
mod invite;
mod repo;
mod reset;
mod view;

pub use add::{PersonInput, add};
pub use demo::{DemoPerson, demo_people};
pub use disable::{Disable, disable};
pub use invite::{INVITATION_DAYS, LINK_SPENT, accept, activate, invite, invitee};
pub use repo::{Person, by_username, holders, id_of_username, invited_with, username_of, username_said, who};
pub use reset::{SHUT_OUT, reset};
pub use view::{list, names, show};

use crate::Noun;

/// How the history names it.
pub static NOUN: Noun = Noun {
    name: "person",
    table: "access_people",
    personal: &["name", "email"],
    secret: &["password_hash"],
    children: &[],
};
