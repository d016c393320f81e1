//! Why a reconciliation says no.

use kernel::{RefusalKind, Status};

/// Its month takes no changes any more.
pub static CLOSED: RefusalKind = RefusalKind {
    code: "reconciliation_closed",
    status: Status::Rule,
    says: "{0} is {1}: what explains its ledger stays as it is.",
    way_out: "A soft-closed month can be re-opened until its statements are issued.",
};

/// There is a ledger, so a bill does not stand for it.
pub static LEDGER_THERE: RefusalKind = RefusalKind {
    code: "reconciliation_has_ledger",
    status: Status::Rule,
    says: "The ledger of {0} has {2} of {1}: its bill explains that, and never adds to it.",
    way_out: "Reconcile the bill with those lines, or name other lines.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&CLOSED, &LEDGER_THERE];
