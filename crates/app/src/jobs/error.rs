//! Why a job is refused or given up.

use kernel::{RefusalKind, Status};

/// A job that runs is not called off.
pub static RUNNING: RefusalKind = RefusalKind {
    code: "job_running",
    status: Status::Rule,
    says: "The job is running.",
    way_out: "Let it end, then take back what it did.",
};

/// A job that ended is not called off.
pub static ENDED: RefusalKind = RefusalKind {
    code: "job_ended",
    status: Status::Rule,
    says: "The job is {0} already.",
    way_out: "Take back what it did, if it did anything.",
};

/// Whoever asked may no longer come in, so it is not done in their name.
pub static ASKER_GONE: RefusalKind = RefusalKind {
    code: "job_asker_gone",
    status: Status::SignIn,
    says: "When its turn came, {0}.",
    way_out: "Sign in, or make another token, and ask for it again.",
};

/// Begun as often as it may be, and never ended.
pub static FAILED: RefusalKind = RefusalKind {
    code: "job_failed",
    status: Status::Rule,
    says: "It was begun {0} times and never came to its end; nothing was changed.",
    way_out: "Tell your administrator the reference {1}.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&RUNNING, &ENDED, &ASKER_GONE, &FAILED];
