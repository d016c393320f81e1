//! Why a period says no.

use kernel::{RefusalKind, Status};

/// The step does not start from the state it is in.
pub static NOT_IN_STATE: RefusalKind = RefusalKind {
    code: "period_not_in_state",
    status: Status::Rule,
    says: "{0} is {1}, so it cannot be {2}.",
    way_out: "That needs a period that is {3}.",
};

/// Only closed periods are locked.
pub static LOCKED: RefusalKind = RefusalKind {
    code: "period_not_lockable",
    status: Status::Rule,
    says: "{0} is {1}, so its year cannot be locked.",
    way_out: "Close every period of the year first.",
};

/// Facts for a period that takes none.
pub static NOT_OPEN: RefusalKind = RefusalKind {
    code: "period_not_open",
    status: Status::Rule,
    says: "{0} is {1}.",
    way_out: "Open it first (“period open”), or write to a period that is open.",
};

/// A closed period is not changed; there is no open one to take its late facts.
pub static CLOSED: RefusalKind = RefusalKind {
    code: "period_closed",
    status: Status::Rule,
    says: "{0} is {1}.",
    way_out: "Late facts and corrections go to the open period; open one first.",
};

/// Too many months at once.
pub static RANGE: RefusalKind = RefusalKind {
    code: "period_range",
    status: Status::Rule,
    says: "From {0} to {1} is no range of 1 to 120 periods.",
    way_out: "Give the first and the last month, in this order.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NOT_IN_STATE, &LOCKED, &NOT_OPEN, &CLOSED, &RANGE];
