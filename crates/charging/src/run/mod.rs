//! One run of the allocation for a period: pools → services → customers, exactly.
//!
//! `start` reads the facts (`repo`), builds the model (`rules`, pure), lets `allocation` compute and
//! keeps every share. A run of a period that is not closed is a draft, replaced whole by the next; the
//! close makes the last one final. `dry` computes the same and keeps nothing: who would gain, who pay.
//!
//! Keys of pools, services, objects and customers live in separate spaces; inside the model they carry
//! a mark (`p:`, `s:`, `o:`, `c:`), since CARE may be both a service and a customer (`keys`). Cost whose ledger lines
//! a bill explains is shared by the bill (`billed`), before the pool's rule.

mod billed;
mod drivers;
mod dry;
pub mod error;
mod flow;
mod inputs;
mod keys;
mod repo;
mod rules;
mod start;
mod view;

pub use billed::Billed;
pub use dry::dry;
pub use flow::{Reached, reached};
pub use inputs::{inputs, inputs_digest};
pub use keys::{mark, plain};
pub use repo::{NodeName, RunRow, live, nodes};
pub use rules::{Facts, model};
pub(crate) use start::allocated;
pub use start::{RunInput, compute, facts, start};
pub(crate) use view::period;
pub use view::{check, list, residuals, shares, show, trace};

use access::Noun;

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

/// How the history names it.
pub static NOUN: Noun = Noun { name: "run", table: "charging_runs", personal: &[] };
