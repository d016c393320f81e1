//! A cloud bill as it was read: one month of one supplier, summed by service, with its files, its rules and what was
//! refused. It counts in its own month; in the open one where its own was closed before it came, and then only with
//! what it differs from what was counted there.
//!
//! ```text
//! (import) live ── a later version of the month ──▶ replaced
//!            └──── (revert) ──▶ reverted; what it had replaced is live again
//! ```
//!
//! `import` is called by `quarterdeck import usage`, the page and the API; [`explained`] and [`behind`] by the
//! allocation and its trace.

mod entity;
pub mod error;
mod import;
mod read;
mod repo;
mod revert;
mod rules;
mod view;

pub use entity::{ColumnFound, FileRead, RefusedRows, RuleText, ServiceSum, Summary};
pub use import::{BillInput, import};
pub(crate) use repo::{Counted, counted, live_in};
pub use repo::{Explained, explained};
pub use revert::{RevertInput, may_revert, revert};
pub use view::{behind, list, services, show};

use access::{Child, ChildKey, Noun};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "bill", table: "usage_bills", personal: &[], secret: &[], children: CHILDREN };

/// Its files and its sums by service.
static CHILDREN: &[Child] = &[
    Child::of_id("usage_bill_files", "bill_id", ChildKey::Number("line")),
    Child::of_id("usage_bill_services", "bill_id", ChildKey::Text("service")),
];

/// `BILL-7`.
pub(crate) fn label(number: i64) -> String {
    format!("BILL-{number}")
}
