//! Why a driver is refused.

use kernel::{RefusalKind, Status};

/// The key is another driver's.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "driver_key_taken",
    status: Status::Rule,
    says: "There is a driver {0} already.",
    way_out: "Choose another key, or change that driver.",
};

/// Quantities of a period that takes no changes.
pub static QUANTITIES_CLOSED: RefusalKind = RefusalKind {
    code: "driver_period_closed",
    status: Status::Rule,
    says: "Quantities of {0} were used in {1}, which takes no changes.",
    way_out: "Correct them in the open period.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN, &QUANTITIES_CLOSED];
