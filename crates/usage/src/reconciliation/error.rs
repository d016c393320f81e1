//! Why a reconciliation says no.

use kernel::{RefusalKind, Status};

/// Its month takes no changes any more.
pub static CLOSED: RefusalKind = RefusalKind {
    code: "reconciliation_closed",
    status: Status::Rule,
    says: "{0} is {1}: what explains its ledger stays as it is.",
    way_out: "A soft-closed month can be re-opened until its statements are issued.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&CLOSED];
