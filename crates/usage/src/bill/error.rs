//! Why a bill says no.

use kernel::{RefusalKind, Status};

/// The same bill was replaced by a later version.
pub static REPLACED_BEFORE: RefusalKind = RefusalKind {
    code: "bill_replaced_before",
    status: Status::Rule,
    says: "This is {0} again, which {1} replaced.",
    way_out: "To go back to it, revert {1}.",
};

/// A file counts in another supplier's bill of the month.
pub static FILE_ELSEWHERE: RefusalKind = RefusalKind {
    code: "bill_file_elsewhere",
    status: Status::Rule,
    says: "{0} is a file of {1} already, a bill of {2} for the same month.",
    way_out: "Leave it out, or revert {1} first: no file counts twice.",
};

/// It does not count, so there is nothing to take back.
pub static NOT_LIVE: RefusalKind = RefusalKind {
    code: "bill_not_live",
    status: Status::Rule,
    says: "{0} is {1}.",
    way_out: "Only a bill that counts can be reverted.",
};

/// A later version builds on it.
pub static LATER_VERSION: RefusalKind = RefusalKind {
    code: "bill_has_later_version",
    status: Status::Rule,
    says: "{0} is what {1}, a later version of the same month, was compared with.",
    way_out: "Revert {1} first.",
};

/// It counts in a closed month.
pub static IN_CLOSED: RefusalKind = RefusalKind {
    code: "bill_in_closed_period",
    status: Status::Rule,
    says: "{0} counts in {1}, which is {2}.",
    way_out: "Import the corrected bill: what differs is counted in the open month.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&REPLACED_BEFORE, &FILE_ELSEWHERE, &NOT_LIVE, &LATER_VERSION, &IN_CLOSED];
