//! Who carries which cost, exactly: pools → towers → services ↔ services → customers, to the cent.
//!
//! A pure library: a [`Model`] goes in, an [`Allocation`] comes out; no I/O, no clock, no chance.
//! Finance runs it on the facts of a period; `quarterdeck calc allocate` runs it on a file.
//!
//! What binds (`domain.md` §3): every stage ends in whole minor units; every (sender, pool of
//! origin) amount is split by largest remainder, ties by receiver key; the next stage starts from
//! those; a reciprocal layer is solved exactly first, then split; what cannot be shared is a named
//! residual, never dropped; the order of rows changes nothing.
//!
//! | file | holds |
//! | --- | --- |
//! | `model` | [`Model`]: pools, layers, nodes, drivers, rules |
//! | `plan` | the model checked, sorted by key and indexed |
//! | `weights` | what a rule gives to whom, or the reason why nothing |
//! | `engine` | [`allocate`]: the stages in their order |
//! | `reciprocal` | services that serve each other: closed loops refused, the others solved |
//! | `exact` | integer equations solved exactly, by primes and the Chinese remainder theorem |
//! | `result` | [`Allocation`]: lines, residuals, control table, solved gross costs |
//! | `trace` | [`Step`]: any amount back to its pools, as data and one sentence |
//! | `json` | [`run_json`]: the same on a file |
//! | `difference` | what changed between two statements: parts that add up |

mod books;
mod bounded;
mod budgeted;
pub mod difference;
mod engine;
mod error;
mod exact;
mod factors;
mod json;
mod model;
mod plan;
mod ratio;
mod ready;
mod reason;
mod reciprocal;
mod result;
mod sentence;
mod servers;
mod split;
mod trace;
mod weights;
mod wide;

pub use engine::{allocate, allocate_each};
pub use error::Error;
pub use json::{parse_model, run_json};
pub use model::{Basis, Driver, Key, Layer, Model, Node, Pool, Portion, Rule, Sharing, Standing, Usage};
pub use ratio::Ratio;
pub use reason::Reason;
pub use result::{
    Allocation, Control, DriverUse, Line, Method, Residual, Share, Solution, Solved, Solving, Stage, Summary,
};
pub use trace::{Part, Step};
