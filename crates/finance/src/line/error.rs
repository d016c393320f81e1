//! Why ledger lines are refused as a whole.

use kernel::{RefusalKind, Status};

/// Its lines stand in a period that takes no changes.
pub static BATCH_CLOSED: RefusalKind = RefusalKind {
    code: "batch_in_closed_period",
    status: Status::Rule,
    says: "Lines of {0} stand in {1}, which is {2}.",
    way_out: "Import a file with corrections: they go to the open period and say what they correct.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&BATCH_CLOSED];
