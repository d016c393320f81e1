//! What one service is to another: it *replaces* it, *depends on* it, or *enables* it. A relation is
//! ended, never deleted, so that a past day shows what stood then.

mod end;
pub mod error;
mod relate;
mod repo;

pub use end::{EndRelation, end};
pub use relate::{Relate, relate};
pub(crate) use repo::of_service;
pub use repo::{Relation, RelationKind, replaced_by};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "relation", table: "portfolio_relations", personal: &[], secret: &[], children: &[] };
