//! The conversation that every import is, independent of what is imported.
//!
//! A file is uploaded; its columns get a meaning, its formats are asked and shown; it is checked:
//! new, already imported, changed, rejected with reasons, its total against a control total; then it
//! is written as one batch that can be reverted, after which its lines can be imported again.
//!
//! | file | holds |
//! | --- | --- |
//! | `target` | [`Target`]: what a context offers to be imported, handed in by the contexts above |
//! | `row` | [`Row`], [`Cell`]: a line of a file with typed values |

/// Lines a target is asked about or given at a time.
pub const CHUNK: usize = 500;

mod row;
mod target;

pub use row::{Cell, Row};
pub use target::{
    Accepted, Change, Exchange, FieldKind, FieldSpec, Known, Target, Verdict, WrittenRow, find, register,
    targets,
};
