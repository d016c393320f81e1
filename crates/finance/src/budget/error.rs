//! Why a budget is refused.

use kernel::{RefusalKind, Status};

/// The step does not start from the state it is in.
pub static NOT_IN_STATE: RefusalKind = RefusalKind {
    code: "budget_not_in_state",
    status: Status::Rule,
    says: "Budget {0} is {1}, so it cannot be {2}.",
    way_out: "That needs a budget that is {3}.",
};

/// The version is there.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "budget_key_taken",
    status: Status::Rule,
    says: "There is a budget {0} already.",
    way_out: "Import amounts into it, or begin a revised version or a forecast.",
};

/// Nothing to approve.
pub static EMPTY: RefusalKind = RefusalKind {
    code: "budget_empty",
    status: Status::Rule,
    says: "Budget {0} has no amounts.",
    way_out: "Import amounts first (“import budget”).",
};

/// Only a draft changes.
pub static FROZEN: RefusalKind = RefusalKind {
    code: "budget_frozen",
    status: Status::Rule,
    says: "Budget {0} is {1}: its amounts stay.",
    way_out: "Begin a revised version or a forecast.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NOT_IN_STATE, &KEY_TAKEN, &EMPTY, &FROZEN];
