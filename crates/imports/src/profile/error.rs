//! Why a profile is refused.

use kernel::{RefusalKind, Status};

/// It reads another kind of thing.
pub static OTHER_KIND: RefusalKind = RefusalKind {
    code: "profile_of_other_kind",
    status: Status::Unclean,
    says: "Profile “{0}” reads {1}, not {2}.",
    way_out: "Choose a profile of that kind, or save one under another name.",
};

/// No profile of that name.
pub static UNKNOWN: RefusalKind = RefusalKind {
    code: "profile_unknown",
    status: Status::NotFound,
    says: "There is no profile “{0}”.",
    way_out: "See `profile list`.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&OTHER_KIND, &UNKNOWN];
