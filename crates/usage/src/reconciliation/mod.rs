//! How a month's bill of a supplier and the general ledger come together (`domain.md` §3): the ledger is the only
//! source of total cost, so
//!
//! ```text
//! ledger lines named = bill at the period's rate + tax + credits + accrual + exchange + unexplained
//! ```
//!
//! Which ledger lines, tax, credits and accrual a person says; exchange is computed; unexplained is what is left, and
//! has a place for its name. Where there is no ledger a bill may [`stand`] as its own source. It begins with a supplier's first bill of the month ([`begin`]) and outlives its versions.

mod edit;
mod entity;
pub mod error;
mod repo;
mod rules;
mod stand;
mod view;

pub(crate) use edit::begin;
pub use edit::{ReconciliationChange, edit, may_edit};
pub use stand::{StandInput, may_stand, stand};
pub use view::{OfSupplier, list, of_period, show};

use access::Noun;
use kernel::{Period, ReconciliationId};

pub use entity::Standing;

/// A reconciliation as stored: which lines, and what was said of the month, in minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reconciliation {
    pub id: ReconciliationId,
    pub version: i64,
    pub supplier: String,
    pub period: Period,
    pub ledger_supplier: Option<String>,
    pub account: Option<String>,
    pub cost_centre: Option<String>,
    pub tax: i64,
    pub credits: i64,
    pub accrual: i64,
    pub note: Option<String>,
    /// The batch by which the bill became its own source, where there is no ledger.
    pub own_source: Option<String>,
}

/// How the history names it.
pub static NOUN: Noun = Noun {
    name: "reconciliation",
    table: "usage_reconciliations",
    personal: &[],
    secret: &[],
    children: &[],
};
