//! Why a service is refused.

use kernel::{RefusalKind, Status};

/// The key is another service's, or this one's with other answers.
pub static KEY_TAKEN: RefusalKind = RefusalKind {
    code: "service_key_taken",
    status: Status::Rule,
    says: "There is a service {0} already, and it is not the same.",
    way_out: "Choose another key, or edit service {0}.",
};

/// It would be retired without having been retiring.
pub static NOT_RETIRING: RefusalKind = RefusalKind {
    code: "service_not_retiring",
    status: Status::Rule,
    says: "Service {0} is {1}: it is retiring before it is retired.",
    way_out: "Set it to retiring with its last day; retire it once that day is over.",
};

/// Somebody still takes it.
pub static STILL_TAKEN: RefusalKind = RefusalKind {
    code: "service_still_taken",
    status: Status::Rule,
    says: "Service {0} cannot be retired: agreements are still in force ({1}).",
    way_out: "End each of them by the service's last day, then retire the service.",
};

/// Another service does not work without it.
pub static STILL_NEEDED: RefusalKind = RefusalKind {
    code: "service_still_needed",
    status: Status::Rule,
    says: "Service {0} cannot be retired: services depend on it ({1}).",
    way_out: "End those relations, or retire those services first.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&KEY_TAKEN, &NOT_RETIRING, &STILL_TAKEN, &STILL_NEEDED];
