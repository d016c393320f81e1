//! Why a rule is refused.

use kernel::{RefusalKind, Status};

/// Only a draft is edited and submitted.
pub static NOT_DRAFT: RefusalKind = RefusalKind {
    code: "rule_not_draft",
    status: Status::Rule,
    says: "{0} version {1} is {2}: it is not edited any more.",
    way_out: "Add a new version of it.",
};

/// Only a submitted version is approved.
pub static NOT_SUBMITTED: RefusalKind = RefusalKind {
    code: "rule_not_submitted",
    status: Status::Rule,
    says: "{0} version {1} is {2}, not submitted.",
    way_out: "Its author submits it first.",
};

/// A version for a period that is closed.
pub static PERIOD_DONE: RefusalKind = RefusalKind {
    code: "rule_period_done",
    status: Status::Rule,
    says: "{0} is closed: a rule cannot take effect there any more.",
    way_out: "Let it take effect from an open period on.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NOT_DRAFT, &NOT_SUBMITTED, &PERIOD_DONE];
