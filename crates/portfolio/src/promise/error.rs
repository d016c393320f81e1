//! Why a promise is refused.

use kernel::{RefusalKind, Status};

/// The same source key with other answers.
pub static ALREADY_PROMISED: RefusalKind = RefusalKind {
    code: "promise_frozen",
    status: Status::Rule,
    says: "{0} was promised before with other figures; a promise is frozen.",
    way_out: "Withdraw {0} with the reason, then add the right one under another source key.",
};

/// Its actual comes from the ledger.
pub static FROM_LEDGER: RefusalKind = RefusalKind {
    code: "promise_from_ledger",
    status: Status::Rule,
    says: "The actual of {0} is the cost of the service; nobody enters it.",
    way_out: "Look at the ledger and the allocation of the period.",
};

/// It is no longer held.
pub static WITHDRAWN: RefusalKind = RefusalKind {
    code: "promise_withdrawn",
    status: Status::Rule,
    says: "{0} was withdrawn.",
    way_out: "Measure against the promise that took its place.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&ALREADY_PROMISED, &FROM_LEDGER, &WITHDRAWN];
