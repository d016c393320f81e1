//! Why an import of this crate is refused whole, whichever noun it is of.

use kernel::{Refusal, RefusalKind, Status};

/// One file says two things about the same.
pub static TWICE: RefusalKind = RefusalKind {
    code: "said_twice_in_file",
    status: Status::Unclean,
    says: "The file says {0} twice.",
    way_out: "Leave one of the lines out and import it again.",
};

/// [`TWICE`] about `what`.
pub(crate) fn twice(what: &str) -> Refusal {
    TWICE.with(&[what])
}

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&TWICE];
