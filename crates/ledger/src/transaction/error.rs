//! Why a transaction is refused.

use kernel::{RefusalKind, Status};

/// Debits and credits differ.
pub static NOT_BALANCED: RefusalKind = RefusalKind {
    code: "not_balanced",
    status: Status::Rule,
    says: "“{0}” is off by {1}: debits and credits differ.",
    way_out: "Name the difference on an account of its own, then post it again.",
};

/// There are no two sides.
pub static ONE_SIDED: RefusalKind = RefusalKind {
    code: "one_sided",
    status: Status::Rule,
    says: "“{0}” has fewer than two postings.",
    way_out: "Say where the amount comes from and where it goes.",
};

/// An amount of the reporting currency with another amount beside it.
pub static CONVERTED_TWICE: RefusalKind = RefusalKind {
    code: "converted_twice",
    status: Status::Rule,
    says: "“{0}” converts {1}, which came in the reporting currency.",
    way_out: "Post the amount as it came.",
};

/// It was reversed before.
pub static REVERSED_BEFORE: RefusalKind = RefusalKind {
    code: "reversed_before",
    status: Status::Rule,
    says: "Transaction T-{0} was reversed before.",
    way_out: "Post what is right as a new transaction.",
};

/// A reversal is no subject of another.
pub static IS_REVERSAL: RefusalKind = RefusalKind {
    code: "is_reversal",
    status: Status::Rule,
    says: "Transaction T-{0} is a reversal itself.",
    way_out: "Post what it reversed as a new transaction.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] =
    &[&NOT_BALANCED, &ONE_SIDED, &CONVERTED_TWICE, &REVERSED_BEFORE, &IS_REVERSAL];
