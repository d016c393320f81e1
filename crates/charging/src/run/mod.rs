//! One run of the allocation for a period: pools → services → customers, exactly.
//!
//! `start` reads the facts (`repo`), builds the model (`rules`, pure), lets `allocation` compute and
//! keeps every share. A run of a period that is not closed is a draft, replaced whole by the next; the
//! close makes the last one final. `view/trace` follows an amount back (`view/path`: through services that serve others);
//! `since` tells whether what a run started from changed.
//! `view/balance` asks of every pool and service whether it gave what it has. `dry` computes the same and keeps nothing: who would gain, who pay.
//!
//! Keys of pools, services, objects and customers live in separate spaces; inside the model they carry
//! a mark (`p:`, `s:`, `o:`, `c:`), since CARE may be both a service and a customer (`keys`). Which services stand before which is said in `layers`. Cost whose ledger lines
//! a bill explains is shared by the bill (`billed`), before the pool's rule.

mod billed;
mod drivers;
mod dry;
pub mod error;
mod flow;
mod inputs;
mod keys;
mod layers;
mod repo;
mod rules;
mod since;
mod start;
mod view;

pub use billed::Billed;
pub use dry::dry;
pub use flow::{Reached, reached};
pub use inputs::{inputs, inputs_digest};
pub use keys::{mark, plain};
pub use repo::{NodeName, RunRow, live, newest, nodes};
pub use rules::{Facts, model};
pub use since::Compared;
pub(crate) use since::{Since, since};
pub(crate) use start::allocated;
pub use start::{RunInput, facts, may_start, start};
pub(crate) use view::path;
pub(crate) use view::period;
pub use view::{Off, check, list, off, residuals, shares, show, trace};

use access::{Child, ChildKey, Noun};

/// SQL: the stages in which pools send. In all others services do; a pool and a service may share a key.
pub(crate) const POOL_STAGES: &str = "('pools', 'pools-proportional')";

/// Whether pools send in that stage.
pub(crate) fn is_of_pools(stage: &str) -> bool {
    matches!(stage, "pools" | "pools-proportional")
}

/// Kinds of record that no run starts from. What is told of any other since a run may have moved its facts;
/// a kind that is new is one of those until it stands here.
pub const MOVES_NONE: &[&str] = &[
    "attempt",
    "budget",
    "clearing",
    "close",
    "close exception",
    "close policy",
    "contact",
    "cost centre",
    "grant",
    "job",
    "measurement",
    "order",
    "period",
    "person",
    "profile",
    "promise",
    "statement",
    "token",
    "transaction",
    "variance",
];

/// Kinds of record that a run starts from by their keys, which never change: one more may move its facts,
/// another name or kind of one that is there does not.
pub const CHANGES_MOVE_NONE: &[&str] = &["cost object", "driver", "pool"];

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "run", table: "charging_runs", personal: &[], secret: &[], children: CHILDREN };

/// All it computed.
static CHILDREN: &[Child] = &[
    Child::of_id("charging_shares", "run_id", ChildKey::Number("seq")),
    Child::of_id("charging_residuals", "run_id", ChildKey::Number("seq")),
    Child::of_id("charging_service_costs", "run_id", ChildKey::Text("service")),
];
