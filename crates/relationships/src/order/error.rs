//! Why an order is refused.

use kernel::{RefusalKind, Status};

/// It was answered.
pub static ANSWERED: RefusalKind = RefusalKind {
    code: "order_answered",
    status: Status::Rule,
    says: "{0} was {1} already.",
    way_out: "Look at the order; ask anew if something else is wanted.",
};

/// Somebody else asked for it.
pub static ASKED_BY_ANOTHER: RefusalKind = RefusalKind {
    code: "order_of_another",
    status: Status::OtherPerson,
    says: "Only who asked for {0} takes it back.",
    way_out: "Speak to whoever asked for it, or to the relationship manager, who can refuse it.",
};

/// The service ends.
pub static ENDING: RefusalKind = RefusalKind {
    code: "order_for_ending_service",
    status: Status::Rule,
    says: "{0} is ending and open to nobody who does not take it yet.",
    way_out: "Look in the catalogue what takes its place, or speak to your relationship manager.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[
    &ANSWERED,
    &ASKED_BY_ANOTHER,
    &ENDING,
    &crate::agreement::error::OVERLAPS,
    &crate::agreement::error::NOT_OPEN,
    &crate::agreement::error::OUTSIDE,
    &portfolio::closed::CLOSED_MONTH,
];

/// This noun's own, for the catalogue of all.
pub static OWN: &[&RefusalKind] = &[&ANSWERED, &ASKED_BY_ANOTHER, &ENDING];
