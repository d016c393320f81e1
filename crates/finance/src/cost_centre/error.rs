//! Why a cost centre is refused.

use kernel::{RefusalKind, Status};

/// The code is registered.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "cost_centre_key_taken",
    status: Status::Rule,
    says: "There is a cost centre {0} already.",
    way_out: "Choose another code, or change that cost centre.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN];
