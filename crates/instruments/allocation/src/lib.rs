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

pub mod difference;
mod engine;
mod error;
mod exact;
mod json;
mod model;
mod plan;
mod reciprocal;
mod result;
mod trace;
mod weights;

pub use engine::allocate;
pub use error::Error;
pub use json::{parse_model, run_json};
pub use model::{Basis, Driver, Key, Layer, Model, Node, Pool, Rule, Sharing};
pub use result::{
    Allocation, Control, DriverUse, Line, Method, Ratio, Reason, Residual, Share, Solved, Stage,
};
pub use trace::{Part, Step};
