//! The history: append-only, hash-chained, written in the transaction of what it tells.
//!
//! An event says who did what to which record, when, why, and each field's old → new value. It also
//! keeps a digest of the record after the change, of its row and the rows that belong to it: `quarterdeck db
//! check` compares every record with its last event. Values of personal fields stand as references into `access_personal_values`,
//! so that erasing a person's data does not break the chain.
//!
//! | file | holds |
//! | --- | --- |
//! | `record` | writing an event |
//! | `noun` | a kind of record and the rows that belong to it |
//! | `digest` | the digest of a record |
//! | `attempt` | what was refused because of another person, told with its record |
//! | `replay` | the rows of a table as they were told at a moment |
//! | `named` | which records an id is of |
//! | `narrow` | of which records of a kind somebody is told, as their context says |
//! | `names` | names of people in place of their ids and references, where it is read |
//! | `since` | when a record was told of, and whether anything was told since |
//! | `verify` | the proof: first row altered, removed or reordered; a cut tail against a checkpoint |
//! | `check` | records against their last event |
//! | `view` | what is read of it |

mod attempt;
mod check;
mod digest;
mod named;
mod names;
mod narrow;
mod noun;
mod record;
mod replay;
mod since;
mod verify;
pub mod view;

pub use attempt::{is_told, tell_refused};
pub use check::{Difference, check};
pub use named::named;
pub use narrow::{Narrow, narrow};
pub use noun::{Child, ChildKey, Noun};
pub use record::{Event, Snapshot, record, snapshot};
pub use replay::replay;
pub use since::{Harmless, span, told_since};
pub use verify::{Broken, Checkpoint, checkpoint, verify};

use sha2::{Digest, Sha256};

pub(crate) fn sha256(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // The length before each part keeps ("ab", "c") and ("a", "bc") apart.
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
