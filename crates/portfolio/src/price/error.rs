//! Why a price is refused.

use kernel::{RefusalKind, Status};

use crate::closed::CLOSED_MONTH;

/// What is asked needs another state.
pub static WRONG_STATE: RefusalKind = RefusalKind {
    code: "price_wrong_state",
    status: Status::Rule,
    says: "Price {0} is {1}; only a {2} one can be {3}.",
    way_out: "Look at the price; draft a new version if another is needed.",
};

/// The offering is not sold at a price.
pub static NOT_PRICED: RefusalKind = RefusalKind {
    code: "offering_not_priced",
    status: Status::Rule,
    says: "{0} is charged “{1}”, so it has no price per unit.",
    way_out: "Choose an offering with a fixed price, or add one.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&WRONG_STATE, &NOT_PRICED, &CLOSED_MONTH];
