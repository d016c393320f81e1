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
mod choices;
mod configure;
mod control;
mod entity;
pub mod error;
mod judge;
mod meaning;
mod pass;
mod preview;
mod raw;
mod reject_file;
mod repo;
mod revert;
mod run;
mod settings;
mod settle;
mod upload;
mod values;
mod view;
mod write;

pub use check::{check, may_prepare};
pub use choices::{Choices, OnChanged};
pub use configure::{ConfigureInput, configure};
pub use entity::{Batch, State};
pub use pass::Progress;
pub use preview::preview;
pub use raw::{RawLine, raw_line};
pub use reject_file::{reject_file, render as render_rejects};
pub use repo::{OpenRejects, WrittenLine, find, load, open_rejects, written, written_lines};
pub use revert::{RevertInput, may_revert, revert};
pub use run::{RunInput, RunRequest, run, run_command};
pub use settings::Settings;
pub use settle::{SettleInput, may_settle, settle};
pub(crate) use upload::target_of;
pub use upload::{LARGEST_MB, UploadInput, upload};
pub(crate) use view::NARROW;
pub use view::{list, rejects, rows_list, show};
pub use write::{WriteInput, write};

use access::{Child, ChildKey, Noun};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "batch", table: "imports_batches", personal: &[], secret: &[], children: CHILDREN };

/// What it wrote.
static CHILDREN: &[Child] = &[
    imported("finance_lines"),
    imported("finance_driver_quantities"),
    imported("finance_rates"),
    imported("finance_budget_amounts"),
    of_file("imports_rows", &["replaced_by"]),
    of_file("imports_rejects", &["state", "mended_by"]),
];

/// Rows that a context wrote for the batch, named here because here their event is told. Where the mapping puts
/// them, and which later batch takes their place, changes without an event of the batch.
const fn imported(table: &'static str) -> Child {
    let without = &["pool_key", "mapping_rule", "superseded_by"];
    Child { table, parent: "batch_id", of: "id", key: ChildKey::Text("id"), without }
}

/// What became of the lines of its file.
const fn of_file(table: &'static str, without: &'static [&'static str]) -> Child {
    Child { table, parent: "batch", of: "number", key: ChildKey::Number("line"), without }
}
