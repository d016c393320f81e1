//! Why a service is refused.

use kernel::{RefusalKind, Status};

/// The key is another service's, or this one's with other answers.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "service_key_taken",
    status: Status::Rule,
    says: "There is a service {0} already, and it is not the same.",
    way_out: "Choose another key, or edit service {0}.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN];
