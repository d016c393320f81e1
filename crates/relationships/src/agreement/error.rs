//! Why an agreement is refused.

use kernel::{RefusalKind, Status};

/// The customer has a line for the offering in those days.
pub static OVERLAPS: RefusalKind = RefusalKind {
    code: "agreement_overlaps",
    status: Status::Rule,
    says: "{0} takes {1} by {2} in those days already.",
    way_out: "Change the quantity of {2}, or end it first.",
};

/// The service cannot be taken from that day.
pub static NOT_OPEN: RefusalKind = RefusalKind {
    code: "service_not_open",
    status: Status::Rule,
    says: "{0} is closed to new agreements from {1}: the service {2}.",
    way_out: "Choose another service or another first day.",
};

/// The day lies outside the agreement.
pub static OUTSIDE: RefusalKind = RefusalKind {
    code: "agreement_outside",
    status: Status::Rule,
    says: "{0} does not run on {1}.",
    way_out: "Choose a day from its first to its last.",
};

/// The notice agreed on would be cut short.
pub static NOTICE: RefusalKind = RefusalKind {
    code: "agreement_notice",
    status: Status::Rule,
    says: "{0} has {1} notice, so it can end on {2} at the earliest.",
    way_out: "Choose that day or a later one, or say why the customer and we agree to less.",
};

/// The same source key with other answers.
pub static ALREADY_THERE: RefusalKind = RefusalKind {
    code: "agreement_already_there",
    status: Status::Rule,
    says: "{0} came from the same source key with other answers.",
    way_out: "Change or end {0}.",
};

/// All of them, for the routes.
pub static ALL: &[&RefusalKind] =
    &[&OVERLAPS, &NOT_OPEN, &OUTSIDE, &NOTICE, &ALREADY_THERE, &portfolio::closed::CLOSED_MONTH];

/// This noun's own, for the catalogue of all.
pub static OWN: &[&RefusalKind] = &[&OVERLAPS, &NOT_OPEN, &OUTSIDE, &NOTICE, &ALREADY_THERE];
