//! Pages of access: people, their roles, and the forms that give and end them.
//!
//! | file | holds |
//! | --- | --- |
//! | `organisation` | what holds for the whole organisation |
//! | `people` | inviting a person; a person with their roles; shutting one out |
//! | `roles` | giving a role, ending one, and the list of all |

mod organisation;
mod people;
mod roles;
mod tokens;

use crate::page::{PageRoute, page};

/// Pages of this context that are more than a list.
pub(crate) static PAGES: &[PageRoute] = &[
    page!("/records/organisation", UseQuarterdeck => organisation::show),
    page!("/records/people", Administer => people::list),
    page!("/records/people/new", Administer => people::invite),
    page!("/records/people/{username}", Administer => people::show),
    page!("/records/people/{username}/disable", Administer => people::disable),
    page!("/records/people/{username}/reset", Administer => people::reset),
    page!("/records/people/{username}/role", GrantRoles => roles::give),
    page!("/records/tokens", UseQuarterdeck => tokens::list),
    page!("/records/grants", ReadRoles => roles::list),
    page!("/records/grants/{id}/end", GrantRoles => roles::end),
];
