//! A rule of the cost model: how one pool or service shares its cost.
//!
//! It has a number (`R-14`) and versions: draft → submitted → approved by somebody who did not write
//! it, in force from a period on until a later version is. A past month recomputes with that month's
//! rules. `run` reads those in force; `add`, `revise`, `submit`, `approve` are called by the routes, by
//! packs and by the demo.

mod add;
mod approve;
mod entity;
pub mod error;
mod repo;
mod rules;
mod view;

pub use add::{RuleInput, add, revise};
pub use approve::{approve, may_approve, may_submit, submit};
pub use entity::{Method, Receiver, Rule, RuleState, SenderKind};
pub(crate) use repo::closed_since;
pub use repo::{as_if_approved, in_force_in, load};
pub use rules::in_force;
pub(crate) use view::told_states;
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "rule", table: "charging_rules", personal: &[], secret: &[], children: &[] };
