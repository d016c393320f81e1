//! Why a rate is refused.

use kernel::{RefusalKind, Status};

/// There is no rate to convert with.
pub static MISSING: RefusalKind = RefusalKind {
    code: "rate_missing",
    status: Status::Rule,
    says: "There is no rate for {0} in {1}.",
    way_out: "Import the rates of that month first (“import fx”).",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&MISSING];
