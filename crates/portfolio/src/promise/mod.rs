//! A promise: one figure or date a take-over commits to, held against actuals for life
//! (`domain.md` §4). It is frozen when it is added: a wrong one is withdrawn with its reason and stays
//! on the list.
//!
//! | measure | its actual comes from |
//! | --- | --- |
//! | unit cost, yearly cost | the cost of the service: `finance` reads [`active`] and judges with [`rules`] |
//! | project cost | imported, with [`measure`] |
//! | service level | imported per month, with [`measure`] |
//! | date | a milestone, planned against actual or expected, with [`measure`] |

mod add;
mod entity;
pub mod error;
mod import;
mod measure;
mod repo;
pub mod rules;
mod view;
mod withdraw;

pub use add::{PromiseInput, add};
pub use entity::{Basis, Due, Measure, Promise, Source, State};
pub use import::IMPORT;
pub use measure::{MeasureInput, Measurement, measure};
pub use repo::{active, find_by_number, measured};
pub use rules::{Aim, Figure, Limits, Now, Standing, Verdict};
pub(crate) use view::of_service;
pub use view::{list, show};
pub use withdraw::{Withdrawal, withdraw};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "promise", table: "portfolio_promises", personal: &[], secret: &[], children: &[] };
/// How the history names what was measured.
pub static MEASUREMENT: Noun =
    Noun { name: "measurement", table: "portfolio_measurements", personal: &[], secret: &[], children: &[] };
