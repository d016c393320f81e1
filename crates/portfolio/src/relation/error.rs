//! Why a relation is refused.

use kernel::{RefusalKind, Status};

/// A service cannot be its own successor, not even through others.
pub static REPLACES_ITSELF: RefusalKind = RefusalKind {
    code: "service_replaces_itself",
    status: Status::Rule,
    says: "{0} cannot replace {1}: {1} replaces {0}, directly or through others.",
    way_out: "End that relation first, or choose another service.",
};

/// The relation has ended.
pub static ENDED: RefusalKind = RefusalKind {
    code: "relation_ended",
    status: Status::Rule,
    says: "This relation ended on {0}.",
    way_out: "Relate the services anew if they belong together again.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&REPLACES_ITSELF, &ENDED];
