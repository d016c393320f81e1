//! Why a pack is refused.

use kernel::{RefusalKind, Status};

/// The folder holds no pack that can be read.
pub static NO_PACK: RefusalKind = RefusalKind {
    code: "pack_unreadable",
    status: Status::Unclean,
    says: "{0} is no pack that can be run: {1}.",
    way_out: "Mend pack.toml; examples/hhs is one that works.",
};

/// A step was refused.
pub static STOPPED: RefusalKind = RefusalKind {
    code: "pack_stopped",
    status: Status::Rule,
    says: "The pack stopped at “{0}”: {1}.",
    way_out: "{2} Done before it, and kept: {3}. Run the pack again then: what is known stays as it is.",
};

/// A column cannot be derived.
pub static NOT_DERIVED: RefusalKind = RefusalKind {
    code: "pack_column_not_derived",
    status: Status::Unclean,
    says: "{0}, line {1}: column “{2}” cannot be made, {3}.",
    way_out: "Mend the file, or how pack.toml derives the column.",
};

/// A person the pack acts as is not there.
pub static NOBODY: RefusalKind = RefusalKind {
    code: "pack_person_missing",
    status: Status::Rule,
    says: "The pack acts as “{0}”, who is not there or not active.",
    way_out: "Add that person with the roles the pack names, or name another one in pack.toml.",
};

/// The database is empty and the pack founds nothing.
pub static NOT_FOUNDED: RefusalKind = RefusalKind {
    code: "pack_without_organisation",
    status: Status::Rule,
    says: "The database has no organisation yet, and the pack has no [organisation] to found.",
    way_out: "Run quarterdeck init first.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NO_PACK, &STOPPED, &NOT_DERIVED, &NOBODY, &NOT_FOUNDED];
