//! Why a mapping rule is refused.

use kernel::{RefusalKind, Status};

/// The step does not start from the state it is in.
pub static NOT_IN_STATE: RefusalKind = RefusalKind {
    code: "mapping_not_in_state",
    status: Status::Rule,
    says: "{0} is {1}, so it cannot be {2}.",
    way_out: "That needs a version that is {3}.",
};

/// A rule that would fit every line.
pub static NO_CONDITION: RefusalKind = RefusalKind {
    code: "mapping_without_condition",
    status: Status::Unclean,
    says: "A rule without any condition would take every line.",
    way_out: "Give an account, cost centre, cost element, supplier, text or whether a service is named.",
};

/// It would change what is closed.
pub static PERIOD_CLOSED: RefusalKind = RefusalKind {
    code: "mapping_period_closed",
    status: Status::Rule,
    says: "{0} is {1}: its lines keep the pools they were closed with.",
    way_out: "Let the rule begin in a period that is not closed.",
};

/// There is a version of it on its way.
pub static VERSION_OPEN: RefusalKind = RefusalKind {
    code: "mapping_version_open",
    status: Status::Rule,
    says: "{0} has a version that is {1}.",
    way_out: "Have that one approved first.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NOT_IN_STATE, &NO_CONDITION, &PERIOD_CLOSED, &VERSION_OPEN];
