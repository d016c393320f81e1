//! A profile: the named answers to all questions about one kind of file. Saved, exchanged as a TOML
//! file, recognised by its columns.

mod add;
pub mod error;
mod repo;
mod view;

pub(crate) use add::save;
pub use add::{ProfileInput, add};
pub use repo::{SavedProfile, load, of_kind};
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "profile", table: "imports_profiles", personal: &[], secret: &[], children: &[] };
