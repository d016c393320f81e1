//! A transaction: postings that balance. It is never changed; what was wrong is reversed, once, and
//! posted anew. Postings are sums (one per account and cost centre of a batch, a run, a statement);
//! the lines behind them are kept by whoever posts and found by the transaction's source.
//!
//! `post` and `reverse` are called by the contexts above, in their own use cases: which period may
//! still be posted to is theirs to know.

mod entity;
pub mod error;
mod journal;
mod post;
mod repo;
mod reverse;
mod rules;
mod view;

pub use entity::{NewPosting, NewTransaction, Original, Posted, Source, TransactionId};
pub use journal::journal;
pub use post::post;
pub use repo::{Head, standing};
pub use reverse::reverse;
pub use rules::balanced;
pub use view::{export, list, postings, show};

use access::{Child, ChildKey, Noun};

/// How the history names it.
pub static NOUN: Noun = Noun {
    name: "transaction",
    table: "ledger_transactions",
    personal: &[],
    secret: &[],
    children: CHILDREN,
};

/// Its postings.
static CHILDREN: &[Child] = &[Child::of_id("ledger_postings", "transaction_id", ChildKey::Number("line"))];
