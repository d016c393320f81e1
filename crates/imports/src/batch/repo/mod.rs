//! The only SQL of imports but lists.
//!
//! | file | holds |
//! | --- | --- |
//! | `batches` | batches and their numbers |
//! | `files` | files kept, reports of checks |
//! | `lines` | lines written, one row each |
//! | `known` | which of them stand |
//! | `rejects` | lines rejected, and whether they are still open |

mod batches;
mod files;
mod known;
mod lines;
mod rejects;

pub use batches::{find, load, written};
pub(super) use batches::{give_back, insert, next_number, of_file, update};
pub(super) use files::{file, keep_file, keep_report, report};
pub(super) use known::{Standing, standing, standing_at, standing_named};
pub(super) use lines::{Taken, let_go, replaced_by, store_taken};
pub use lines::{WrittenLine, written_lines};
pub use rejects::{OpenRejects, open_rejects};
pub(super) use rejects::{Rejected, mend, open_lines, open_rejected, set_aside, settled, store_rejected};
