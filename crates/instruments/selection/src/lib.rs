//! Which candidates to fund: the set that is worth most within every limit, with proof.
//!
//! A pure library: a [`Problem`] goes in, an [`Answer`] comes out; no I/O, no clock, no chance. Candidates are
//! funded wholly or not at all, options of one candidate exclude each other. Limits are budgets per year,
//! capacities, what is mandatory, requires or excludes something, shares of a budget by tag, and risk as
//! conditional value at risk over scenarios. `quarterdeck calc select` and `calc frontier` run it on a file.
//!
//! Money is whole minor units. The solver, HiGHS, counts in floating point, and so does the tree that is laid over it
//! where risk is minded; every set that comes of it is judged in whole numbers before anybody sees it, and one that is
//! over by a cent is cut off (`solve`). The *bound* is the solver's own, from double precision, rounded outwards; the
//! *gap* is reckoned from it, and never promised.
//!
//! Same input, same set, whatever the order of rows: everything is sorted by key before it is solved, and the
//! solver runs with one thread. With a gap of zero, ties are decided by proof: of sets that are worth the same the
//! cheapest wins, of those the one with the earliest key that another lacks; further runs of the solver establish
//! that (`ties`). With a gap, no exchange of one for one leads to a set that comes earlier in that order. Only a
//! time limit that strikes makes an answer depend on the machine, and then its status says so.
//!
//! Sources: the model is the multidimensional knapsack with side conditions (Kellerer, Pferschy and Pisinger 2004,
//! *Knapsack Problems*, chapters 9 and 11); risk after Rockafellar and Uryasev (2000, *Optimization of conditional
//! value-at-risk*; 2002 for scenarios); a smallest conflict by the deletion filter of Chinneck and Dravnieks (1991,
//! *Locating minimal infeasible constraint sets in linear programs*).
//!
//! ```
//! use selection::{Outcome, Settings, Study, parse_problem, patient};
//!
//! let problem = parse_problem(r#"{
//!     "schema": "quarterdeck.selection-problem.v1", "currency": "EUR",
//!     "budgets": [{"key": "FY27", "amount": "100000"}],
//!     "candidates": [
//!         {"key": "MAIL", "value": "90000", "costs": {"FY27": "60000"}},
//!         {"key": "PORTAL", "value": "70000", "costs": {"FY27": "50000"}},
//!         {"key": "NET", "value": "50000", "costs": {"FY27": "40000"}}
//!     ]
//! }"#).unwrap();
//! let study = Study::new(&problem, Settings::default()).unwrap();
//! let Outcome::Chosen(best) = study.best(&mut patient).unwrap() else { panic!("there is a set") };
//! let chosen: Vec<String> = best.chosen.iter().map(ToString::to_string).collect();
//! assert_eq!((chosen, best.value), (vec!["MAIL".to_owned(), "NET".to_owned()], 140_000_00));
//! assert_eq!(best.says(), "optimal: no allowed set is worth more");
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `problem` | [`Problem`]: candidates, options, limits, scenarios |
//! | `plan` | the problem checked, sorted and in whole numbers; `plan/exact` judges a set |
//! | `solve` | one question to HiGHS: `model` into floats, `highs` the run, `search` back into whole numbers; with risk `tree`, `relaxation` and `tail`, branch and cut |
//! | `ties` | which of several sets comes first |
//! | `study` | [`Study`]: the best set, with or without somebody, and smallest conflicts |
//! | `explain` | which limits bind, what the next step of a budget buys |
//! | `frontier` | the best value at each level of safety |
//! | `answer`, `usage` | [`Answer`]: set, value, bound, gap, use of limits, risk |
//! | `watch` | progress and cancelling by a callback |
//! | `mps` | the model as an MPS file, for other solvers |
//! | `json` | problems and answers as files |

mod answer;
mod error;
mod explain;
mod frontier;
mod json;
mod limit;
mod mps;
mod plan;
mod problem;
mod solve;
mod study;
mod ties;
mod usage;
mod watch;

pub use answer::{Answer, Conflict, Outcome, Status};
pub use error::Error;
pub use explain::{Binding, Change, NextStep, Verdict};
pub use frontier::{EachPoint, Frontier, Point, PointOutcome, Targets};
pub use json::parse_problem;
pub use limit::Limit;
pub use problem::{
    Budget, Candidate, Capacity, Choice, Excludes, Key, Pick, Problem, Requires, Risk, Share, Whole, Worth,
};
pub use study::{Settings, Study};
pub use usage::{SetRisk, Usage};
pub use watch::{Flow, Progress, Stage, Watch, patient};
