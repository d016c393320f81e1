//! Why a customer is refused.

use kernel::{RefusalKind, Status};

/// The key is another customer's.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "customer_key_taken",
    status: Status::Rule,
    says: "There is a customer {0} already.",
    way_out: "Choose another key, or change that customer.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN];
