//! Why a variance says no.

use kernel::{RefusalKind, Status};

/// There is nothing to compare.
pub static NO_VARIANCE: RefusalKind = RefusalKind {
    code: "no_variance",
    status: Status::NotFound,
    says: "There is no variance of {0} in {1}.",
    way_out: "See what there is: quarterdeck variance list --period {2}.",
};

/// Nobody explained it yet.
pub static NOT_EXPLAINED: RefusalKind = RefusalKind {
    code: "variance_not_explained",
    status: Status::Rule,
    says: "Nobody has explained the variance of {0} in {1} yet.",
    way_out: "Finance explains it first: quarterdeck variance explain {2} {0}.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NO_VARIANCE, &NOT_EXPLAINED];
