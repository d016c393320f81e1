//! A statement: what a customer is charged for a month, line by line, and why it changed.
//!
//! ```text
//! draft (replaced whole) → issued (never changed) → accepted (by the customer, or by lapse of time)
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `facts` | the shares of the period's run, what customers take, prices, what is incomplete |
//! | `rules` | from those to charges: at cost the amount comes first, fixed is quantity × price. Pure |
//! | `compare` | why a charge differs from the month before, in parts that add up. Pure |
//! | `draft`, `issue`, `accept`, `lapse` | the verbs |
//! | `view`, `lines`, `journal` | lists and records, and what the general ledger books of it |
//! | `trace`, `pools`, `basis` | any line back to pools and ledger lines, or as far as its customer may see |
//! | `sight` | whose statements a reader sees, and whose cost |

mod accept;
mod basis;
mod compare;
mod draft;
mod entity;
pub mod error;
mod facts;
mod issue;
mod journal;
mod lapse;
mod lines;
mod pools;
mod repo;
mod rules;
mod sight;
mod trace;
mod view;

pub use accept::{AcceptInput, accept};
pub use draft::{StatementPeriod, draft};
pub use entity::{Charge, Line, Parts, Statement, StatementState, WINDOW_DAYS};
pub use issue::issue;
pub use journal::journal;
pub use lapse::lapse;
pub use lines::lines;
pub(crate) use lines::{asked_or_newest, label};
pub use repo::{load, newest_period, of_period};
pub use trace::trace;
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun = Noun { name: "statement", table: "charging_statements", personal: &[] };
