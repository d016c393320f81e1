//! A statement: what a customer is charged for a month, line by line, and why it changed.
//!
//! ```text
//! draft (replaced whole) → issued (never changed) → accepted (by the customer, or by lapse of time)
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `rules` | from the run's shares and what customers take to charges, by their model. Pure |
//! | `compare` | why a charge differs from the month before, in parts that add up. Pure |
//! | `basis` | what a charge rests on, in sentences; how an amount is followed into parts. Pure |
//! | `draft`, `issue`, `accept`, `lapse` | the verbs |
//! | `book` | a month's statements as kept and as they come to be |
//! | `stale` | whether what is drafted is what would be issued |
//! | `posting` | what an issued statement posts to the ledger and puts into the outbox |
//! | `view/` | lists and records; `journal` for the general ledger; `trace` of any line, with its `pools` |
//! | `focus/` | what is charged as FOCUS, for tools that read that |
//! | `sight` | whose statements a reader sees, and whose cost |

mod accept;
pub(crate) mod basis;
mod book;
mod compare;
mod draft;
mod entity;
pub mod error;
pub mod focus;
mod issue;
mod lapse;
mod posting;
mod repo;
mod rules;
mod sight;
mod stale;
mod view;

pub use accept::{AcceptInput, accept, may_accept};
pub use draft::{StatementPeriod, draft, may_draft};
pub use entity::{Charge, Line, Parts, Statement, StatementState, WINDOW_DAYS};
pub use issue::{issue, may_issue};
pub use lapse::lapse;
pub use repo::{load, newest_period, of_period};
pub use stale::drafts;
pub(crate) use stale::{SAYS as STALE, stale};
pub(crate) use view::{asked_or_newest, label};
pub use view::{journal, lines, list, show, trace};

use access::{Child, ChildKey, Noun};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "statement", table: "charging_statements", personal: &[], secret: &[], children: CHILDREN };

/// Its lines.
static CHILDREN: &[Child] = &[Child::of_id("charging_statement_lines", "statement_id", ChildKey::Text("id"))];
