//! Why a cost pool is refused.

use kernel::{RefusalKind, Status};

/// The key is another pool's.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "pool_key_taken",
    status: Status::Rule,
    says: "There is a cost pool {0} already.",
    way_out: "Choose another key, or change that pool.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN];
