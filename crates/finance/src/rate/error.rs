//! Why a rate is refused.

use kernel::{RefusalKind, Status};

/// One file gives two rates for the same thing.
pub static TWICE: RefusalKind = RefusalKind {
    code: "rate_twice",
    status: Status::Unclean,
    says: "The file gives two {0} rates for {1} of {2}.",
    way_out: "Leave one of them out and import it again.",
};

/// There is no rate to convert with.
pub static MISSING: RefusalKind = RefusalKind {
    code: "rate_missing",
    status: Status::Rule,
    says: "There is no rate for {0} in {1}.",
    way_out: "Import the rates of that month first (“import fx”).",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&TWICE, &MISSING];
