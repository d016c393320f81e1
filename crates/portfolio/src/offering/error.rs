//! Why an offering is refused.

use kernel::{RefusalKind, Status};

/// The key is another offering's, or this one's with other answers.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "offering_key_taken",
    status: Status::Rule,
    says: "There is an offering {0} already, and it is not the same.",
    way_out: "Choose another key, or edit offering {0}.",
};

/// Unit and charging model were agreed.
pub static IN_USE: RefusalKind = RefusalKind {
    code: "offering_in_use",
    status: Status::Rule,
    says: "Unit and charging model of {0} stay as they are: customers take it, or a price of it was approved.",
    way_out: "Add another offering of the service and agree that with the customers.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN, &IN_USE];
