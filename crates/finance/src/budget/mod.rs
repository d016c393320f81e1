//! A budget: what a fiscal year was planned to cost and bring in, as one of several versions
//! (original, revised, forecast 1 …), each draft → submitted → approved by a person who neither wrote
//! nor submitted it nor entered any of its amounts. Only a draft takes amounts; they come by import
//! (`budget`), by pool or by cost centre and cost element, by month or for a whole year.
//!
//! [`against`] holds it against the actuals per pool, for a month and for the year to date.

mod add;
mod approve;
mod entity;
pub mod error;
mod read;
mod repo;
mod rules;
mod target;
mod view;

pub use add::{BudgetInput, add, ensure};
pub use approve::{approve, may_approve, may_submit, submit};
pub use entity::{Budget, BudgetName, BudgetState};
pub use repo::{Against, against, in_force, load};
pub use rules::{Variance, compared, variance};
pub use target::TARGET;
pub use view::{amounts, list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "budget", table: "finance_budgets", personal: &[], secret: &[], children: &[] };
