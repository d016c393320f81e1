//! A service: a means of giving value by the outcomes a customer wants; one record and one address
//! from idea to retired. Today it enters by take-over, as operational, retiring or retired:
//!
//! ```text
//! (before Quarterdeck) → operational → retiring → retired
//! ```
//!
//! A take-over needs a key and a name. What else the guard of its state asks (`rules::missing`) is
//! listed and marks it *incomplete*: it carries cost, is not charged, and customers do not see it.
//! From there on no state is passed over, and a service is retired once nobody takes it (`retire`).
//!
//! `take_over` and `edit` are called by the routes, by import and by the demo; `find_by_key`,
//! `all_keys`, `all` and `state_on` by every context above. The list of services is `charging`'s, which puts beside
//! `listed` what each costs.

mod edit;
mod entity;
pub mod error;
mod import;
mod repo;
mod retire;
pub mod rules;
mod take_back;
mod take_over;
mod view;

pub use edit::{ServiceChange, edit};
pub use entity::{ALWAYS, Service, ServiceKind, ServiceState};
pub use import::IMPORT;
pub use repo::{ServiceFact, all, all_keys, derived, find, find_by_key, load, refresh, state_on};
pub use take_over::{TakeOver, take_over};
pub use view::{MenuService, list, listed, on_menu, show};

use access::{Child, ChildKey, Noun};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "service", table: "portfolio_services", personal: &[], secret: &[], children: CHILDREN };

/// Its states by day.
static CHILDREN: &[Child] =
    &[Child::of_id("portfolio_service_states", "service_id", ChildKey::Text("from_day"))];
