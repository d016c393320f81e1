//! Why a sharing is refused.

use kernel::{RefusalKind, Status};

/// From a period that is closed.
pub static PERIOD_DONE: RefusalKind = RefusalKind {
    code: "sharing_period_done",
    status: Status::Rule,
    says: "{0} is closed: how services share cannot change there any more.",
    way_out: "Let it take effect from an open period on.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&PERIOD_DONE];
