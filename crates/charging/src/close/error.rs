//! Why a close says no.

use kernel::{RefusalKind, Status};

/// Blocking steps are open.
pub static STEPS_OPEN: RefusalKind = RefusalKind {
    code: "close_steps_open",
    status: Status::Rule,
    says: "Cannot {0} {1}: {2} open.",
    way_out: "{3}",
};

/// Only a period in review is worked through.
pub static NOT_IN_REVIEW: RefusalKind = RefusalKind {
    code: "close_not_in_review",
    status: Status::Rule,
    says: "{0} is {1}, so its close cannot be worked on.",
    way_out: "Begin it where the period is open: quarterdeck period review {2}.",
};

/// What was issued stands.
pub static STATEMENTS_OUT: RefusalKind = RefusalKind {
    code: "close_statements_issued",
    status: Status::Rule,
    says: "{0} of {1} statements of {2} are issued, so it is not re-opened any more.",
    way_out: "Corrections go to the open period, as credit notes.",
};

/// Not every customer has theirs.
pub static STATEMENTS_WAIT: RefusalKind = RefusalKind {
    code: "close_statements_not_issued",
    status: Status::Rule,
    says: "{0} of {1} statements of {2} are issued, so it cannot be closed for good.",
    way_out: "Issue the others first.",
};

/// A re-opening without a reason.
pub static REASON_NEEDED: RefusalKind = RefusalKind {
    code: "close_reason_needed",
    status: Status::Unclean,
    says: "Re-opening {0} needs a reason.",
    way_out: "Say why in a few words; another person then confirms it.",
};

/// No rejected lines to leave out.
pub static NO_REJECTS: RefusalKind = RefusalKind {
    code: "close_no_rejects",
    status: Status::Rule,
    says: "{0} has no open rejected lines for {1}.",
    way_out: "See step 5 of the close for the batches that have some.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] =
    &[&STEPS_OPEN, &NOT_IN_REVIEW, &STATEMENTS_OUT, &STATEMENTS_WAIT, &REASON_NEEDED, &NO_REJECTS];
