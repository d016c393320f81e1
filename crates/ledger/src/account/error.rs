//! Why an account is refused.

use kernel::{RefusalKind, Status};

/// The code is another account's.
pub static CODE_TAKEN: RefusalKind = RefusalKind {
    code: "account_code_taken",
    status: Status::Rule,
    says: "There is an account {0} already.",
    way_out: "Choose another code, or change that account.",
};

/// The class would restate past balances.
pub static CLASS_IN_USE: RefusalKind = RefusalKind {
    code: "account_class_in_use",
    status: Status::Rule,
    says: "Account {0} has postings, so its class stays {1}.",
    way_out: "Add another account of the class you need and post on it from now on.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&CODE_TAKEN, &CLASS_IN_USE];
