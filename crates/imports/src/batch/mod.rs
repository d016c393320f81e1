//! A batch: one import, from the file to the lines written, and back.
//!
//! ```text
//! uploaded → checked → written → reverted
//!     ↑ configure ↓ (back to uploaded)
//! ```
//! Rows of a written batch are known; a revert makes all of them importable again.
//!
//! `run` is the whole conversation in one step, for the command line, packs and the demo.

mod check;
mod configure;
mod entity;
pub mod error;
mod known;
mod pass;
mod reject_file;
pub(crate) mod repo;
mod revert;
mod rows;
mod run;
mod settings;
mod settle;
mod upload;
mod view;
mod write;

pub use check::check;
pub use configure::{ConfigureInput, configure};
pub use entity::{Batch, State};
pub use pass::{Choices, OnChanged, Progress};
pub use reject_file::reject_file;
pub use repo::{OpenRejects, find, load, open_rejects, written};
pub use revert::{RevertInput, revert};
pub use rows::{WrittenLine, written_lines};
pub use run::{RunInput, RunRequest, run, run_command};
pub use settings::Settings;
pub use settle::{SettleInput, settle};
pub(crate) use upload::target_of;
pub use upload::{LARGEST_MB, UploadInput, upload};
pub use view::{list, raw_line, rejects, rows_list, show};
pub use write::{WriteInput, write};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun = Noun { name: "batch", table: "imports_batches", personal: &[] };
