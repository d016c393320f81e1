//! What pages, API and command line reach of this context.
//!
//! Who may import depends on what is imported, so commands here ask for the action that all importers
//! share, and each use case for the one of its target.

use access::route::Nothing;
use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::{batch, kinds, profile};

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("import upload", "Upload a file", Action::Import, Post "/imports/batches",
        batch::UploadInput => batch::upload, refuses batch::error::ALL),
    command!("import configure", "Say how a file is read", Action::Import, Patch "/imports/batches/{number}",
        batch::ConfigureInput => batch::configure, refuses batch::error::ALL, ready batch::may_prepare),
    command!("import check", "Look at every line of a file", Action::Import,
        Post "/imports/batches/{number}/check", Nothing => batch::check, refuses batch::error::ALL,
        ready batch::may_prepare),
    command!("import write", "Write a checked file", Action::Import, Post "/imports/batches/{number}/write",
        batch::WriteInput => batch::write, refuses batch::error::ALL),
    command!("import run", "Import a file in one step", Action::Import, Post "/imports/run",
        batch::RunInput => batch::run_command, refuses batch::error::ALL),
    command!("batch revert", "Take a written batch back", Action::Import,
        Post "/imports/batches/{number}/revert", batch::RevertInput => batch::revert, refuses batch::error::ALL,
        ready batch::may_revert),
    command!("batch settle", "Set rejected lines aside", Action::Import,
        Post "/imports/batches/{number}/settle", batch::SettleInput => batch::settle, refuses batch::error::ALL,
        ready batch::may_settle),
    command!("profile add", "Save an import profile", Action::Import, Post "/imports/profiles",
        profile::ProfileInput => profile::add, refuses profile::error::ALL),
];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("import kinds", "What can be imported", Action::ReadBatches, "/imports/kinds" => kinds::list),
    reading!("batch list", "Import batches", Action::ReadBatches, "/imports/batches" => batch::list),
    reading!("batch show", "One batch", Action::ReadBatches, "/imports/batches/{number}" => batch::show),
    reading!("batch preview", "The first lines of a file as it is read now", Action::ReadBatches,
        "/imports/batches/{number}/preview" => batch::preview),
    reading!("batch rows", "Lines a batch wrote", Action::ReadBatches, "/imports/batches/{number}/rows"
        => batch::rows_list),
    reading!("batch rejects", "Rejected lines of a batch", Action::ReadBatches,
        "/imports/batches/{number}/rejects" => batch::rejects),
    reading!("batch reject-file", "Rejected lines as a file", Action::ReadBatches,
        "/imports/batches/{number}/reject-file" => batch::reject_file),
    reading!("profile list", "Import profiles", Action::ReadBatches, "/imports/profiles" => profile::list),
    reading!("profile show", "One import profile", Action::ReadBatches, "/imports/profiles/{name}"
        => profile::show),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&batch::NOUN, &profile::NOUN];

/// Refusals of this context, and of the crate that reads files.
pub static REFUSALS: &[&[&RefusalKind]] =
    &[batch::error::ALL, profile::error::ALL, &sheets::refusals::REFUSALS];
