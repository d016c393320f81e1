//! A variance: what a pool cost in a month less what its budget meant, to be explained from a limit on
//! (`domain.md` §3). Actual − budget, always; the word comes from the line's kind; totals that mix cost
//! and income are stated as effect on the result.
//!
//! The figures are computed whenever they are read; what is kept is the explanation: proposed by one
//! person, confirmed by another. One that was confirmed for another figure is to be confirmed again.
//! `close` asks [`explained`] for its eighth step; `policy` says from which limit on.

mod causes;
mod confirm;
mod entity;
pub mod error;
mod explain;
pub mod policy;
mod repo;
mod rules;
mod view;

pub use causes::causes;
pub use confirm::confirm;
pub use entity::{Cause, Explanation, State};
pub use explain::{ExplainInput, explain};
pub use policy::Policy;
pub use repo::{Row, of_period};
pub use rules::{Explained, explained, needs_explanation};
pub use view::list;

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "variance", table: "charging_variances", personal: &[], secret: &[], children: &[] };
