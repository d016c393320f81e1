//! The mapping: which ledger lines belong to which cost pool.
//!
//! A rule has a number (`M-7`) and versions: draft → submitted → approved by another person, in force
//! from a period on until a later version is. The first rule by priority that fits a line decides; what
//! none fits stays unmapped, named and counted ([`coverage`]). Pools stand on the lines, rewritten only
//! while their period takes facts: a closed month keeps what it was closed with.
//!
//! [`apply`] is called after each import of lines, after each approval, and by hand.

mod add;
mod apply;
mod approve;
mod entity;
pub mod error;
mod repo;
mod rules;
mod view;

pub use add::{MappingInput, add, may_revise, revise};
pub(crate) use apply::apply_to_budget;
pub use apply::{MappingRun, apply, may_run, run};
pub use approve::{approve, may_approve, may_submit, submit};
pub use entity::{Conditions, MappingRule, RuleState};
pub use repo::{all, coverage, load};
pub use rules::{Coverage, in_force};
pub use view::{coverage as show_coverage, list, show, unmapped};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "mapping rule", table: "finance_mapping_rules", personal: &[], secret: &[], children: &[] };
