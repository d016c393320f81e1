//! Finding records by what somebody has in hand: a few words, or an id of any kind. Every list is asked in the
//! reader's own scope, so what they may not see is neither found nor near.
//!
//! | file | holds |
//! | --- | --- |
//! | `records` | the kinds of record that have a list and a reading of their own, from the registry |
//! | `search` | what each list has for the words |
//! | `open` | which record an id is of: a key, a number, a username, a UUID |
//! | `near` | what may have been meant where there is none |

mod near;
mod open;
mod records;
mod search;

pub use near::DID_YOU_MEAN;
pub use records::list_of;
pub use search::{Hits, hits, meant};

use access::{Action, Reading, reading};

/// The reading of an id.
pub const OPEN: &str = "open show";

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("search show", "Find records by words of theirs", Action::UseQuarterdeck, "/search", takes &["q"]
        => search::search),
    reading!("open show", "Which record an id is of: a key, a number, a username, a UUID", Action::UseQuarterdeck,
        "/open/{id}", takes &["noun"] => open::open),
];
