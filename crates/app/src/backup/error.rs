//! Why a backup is not made, not restored, or no backup at all.

use kernel::{RefusalKind, Status};

/// There is no backup where one was named.
pub static NO_BACKUP: RefusalKind = RefusalKind {
    code: "no_backup",
    status: Status::NotFound,
    says: "{0} is no backup: {1}.",
    way_out: "Name a folder that “backup create” has finished.",
};

/// It was made by a release that came after this one.
pub static LATER_RELEASE: RefusalKind = RefusalKind {
    code: "backup_of_later_release",
    status: Status::Rule,
    says: "The backup was made by a later release, with {0}.",
    way_out: "Restore it with that release or one after it.",
};

/// It is not as it was written.
pub static DAMAGED: RefusalKind = RefusalKind {
    code: "backup_damaged",
    status: Status::Unclean,
    says: "{0} cannot be restored: {1}.",
    way_out: "Take another backup; “backup verify” names all that is wrong with this one.",
};

/// A folder that is written into holds files.
pub static NOT_EMPTY: RefusalKind = RefusalKind {
    code: "folder_not_empty",
    status: Status::Rule,
    says: "{0} holds files already.",
    way_out: "Name a new folder.",
};

/// A database that is restored into holds an organisation.
pub static TAKEN: RefusalKind = RefusalKind {
    code: "database_taken",
    status: Status::Rule,
    says: "The database holds {0} already.",
    way_out: "Restore into a new one.",
};

/// A database that is restored into has had migrations that the backup has not.
pub static AHEAD: RefusalKind = RefusalKind {
    code: "database_ahead",
    status: Status::Rule,
    says: "The database has tables of a later release than the backup.",
    way_out: "Restore into an empty one.",
};

/// All of them, for the catalogue.
pub static ALL: &[&RefusalKind] = &[&NO_BACKUP, &LATER_RELEASE, &DAMAGED, &NOT_EMPTY, &TAKEN, &AHEAD];
