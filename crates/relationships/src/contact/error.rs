//! Why a contact is refused.

use kernel::{RefusalKind, Status};

/// The same source key with other answers.
pub static ALREADY_THERE: RefusalKind = RefusalKind {
    code: "contact_already_there",
    status: Status::Rule,
    says: "{0} came from the same source key with other answers.",
    way_out: "Edit {0}.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&ALREADY_THERE];
