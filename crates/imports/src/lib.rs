//! The conversation that every import is, independent of what is imported.
//!
//! A file is uploaded; its columns get a meaning, its formats are asked and shown; it is checked:
//! new, already imported, changed, rejected with reasons, its total against a control total; then it
//! is written as one batch that can be reverted, after which its lines can be imported again.
//!
//! | file | holds |
//! | --- | --- |
//! | `target`, `field`, `hints` | [`Target`]: what a context offers to be imported, handed in by the contexts above |
//! | `row` | [`Row`], [`Cell`]: a line of a file with typed values |
//! | `batch/` | the noun: upload, configure, check, write, revert, settle; [`run`] does all in one step |
//! | `profile/` | the noun: named answers, saved and exchanged as files |
//! | `report`, `notes`, `say` | [`Report`]: what was found and done, as page, API and command line tell it |
//! | `prepare`, `propose` | how a file is read before anybody said so |
//! | `reading`, `print`, `lines`, `tally` | cells → values → prints, streamed in chunks and counted |
//! | `kinds` | what can be imported |
//!
//! A batch goes through memory in chunks of [`CHUNK`] lines; only prints of 16 bytes are kept per line.

/// Lines a target is asked about or given at a time.
pub const CHUNK: usize = 500;

pub mod batch;
mod field;
mod hints;
mod kinds;
mod lines;
mod notes;
mod prepare;
mod print;
pub mod profile;
mod propose;
mod reading;
pub mod report;
mod routes;
mod row;
mod say;
mod tally;
mod target;

pub use batch::{
    Batch, Choices, OnChanged, OpenRejects, Progress, RawLine, RunRequest, Settings, WrittenLine,
    open_rejects, raw_line, run, written_lines,
};
pub use field::{FieldKind, FieldSpec};
pub use hints::{Hints, Keys};
pub use report::Report;
pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS};
pub use row::{Cell, Row};
pub use target::{
    Accepted, Change, Exchange, Known, Target, Verdict, WrittenRow, at_line, find, judged, reason, register,
    targets,
};
