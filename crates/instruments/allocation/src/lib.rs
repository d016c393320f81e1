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
//! | `plan`, `ready` | the model checked, sorted by key and indexed; its rules made ready |
//! | `weights` | what a rule gives to whom, or the reason why nothing |
//! | `budgeted` | charges at rates set beforehand, and what the cost was more or less |
//! | `engine` | [`allocate`] and [`allocate_each`]: the stages in their order |
//! | `books` | what everyone holds; every stage balances |
//! | `reciprocal`, `servers` | services that serve each other: closed loops refused, the others solved |
//! | `exact` | integer equations solved exactly, by primes and the Chinese remainder theorem |
//! | `bounded`, `wide` | larger ones solved with a proven bound |
//! | `split`, `ratio` | largest remainder and fractions of any size |
//! | `result`, `reason` | [`Allocation`]: lines, residuals, control table, solved gross costs |
//! | `trace`, `sentence` | [`Step`]: any amount back to its pools, as data and one sentence |
//! | `json` | [`run_json`]: the same on a file |
//! | `difference` | what changed between two statements: parts that add up |
//!
//! Sources: Horngren, Datar & Rajan, *Cost Accounting* (direct, step-down and reciprocal method, dual
//! rates: ch. 15); Balinski & Young, *Fair Representation*, 1982 (largest remainder); Berman & Plemmons,
//! *Nonnegative Matrices in the Mathematical Sciences* (M-matrices); Grassmann, Taksar & Heyman 1985
//! (elimination without subtraction).
//!
//! Robinson Company of the same chapter: two departments that serve each other.
//!
//! ```
//! use allocation::{Basis, Key, Layer, Model, Node, Pool, Rule, Sharing, allocate};
//! use kernel::{Currency, Quantity};
//!
//! let key = |text: &str| Key::from(text);
//! let pool = |k: &str, amount| Pool { key: key(k), name: String::new(), amount };
//! let node = |k: &str, layer: &str| Node { key: key(k), name: k.to_owned(), layer: key(layer) };
//! let layer = |k: &str, sharing| Layer { key: key(k), name: k.to_owned(), sharing };
//! let own = |from: &str, to: &str| Rule { key: key(from), from: key(from), basis: Basis::Even { to: vec![key(to)] } };
//! let serves = |from: &str, to: &[(&str, i64)]| Rule {
//!     key: key(from),
//!     from: key(from),
//!     basis: Basis::Fixed { weights: to.iter().map(|(k, n)| (key(k), Quantity::of_units(*n))).collect() },
//! };
//! let model = Model {
//!     currency: Currency::USD,
//!     layers: vec![layer("support", Sharing::Reciprocal), layer("operating", Sharing::Direct)],
//!     pools: vec![pool("cost of PM", 630_000_000), pool("cost of IS", 145_215_000)],
//!     nodes: vec![node("PM", "support"), node("IS", "support"), node("MACH", "operating"), node("ASSY", "operating")],
//!     drivers: vec![],
//!     rules: vec![
//!         own("cost of PM", "PM"),
//!         own("cost of IS", "IS"),
//!         serves("PM", &[("IS", 20), ("MACH", 30), ("ASSY", 50)]),
//!         serves("IS", &[("PM", 10), ("MACH", 80), ("ASSY", 10)]),
//!     ],
//! };
//! let result = allocate(&model).unwrap();
//! assert_eq!(result.solved[1].gross.of(1), Some(657_675_000)); // PM with all that IS charges it
//! assert_eq!(result.final_of("MACH").unwrap().plain(), "4187025.00");
//! ```

mod allocate;
mod books;
mod bounded;
mod budgeted;
pub mod difference;
mod engine;
mod error;
mod exact;
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

pub use allocate::{allocate, allocate_each, allocate_watched};
pub use error::Error;
pub use json::{parse_model, run_json, run_json_watched};
pub use model::{Basis, Driver, Key, Layer, Model, Node, Pool, Portion, Rule, Sharing, Standing, Usage};
pub use ratio::Ratio;
pub use reason::Reason;
pub use result::{
    Allocation, Control, DriverUse, Line, Method, Residual, Share, Solution, Solved, Solving, Stage, Summary,
};
pub use split::split_whole;
pub use trace::{Part, Step};
