//! A driver: the measured quantity by which a cost is shared (seats, GB, hours, revenue …), with a
//! unit and a source. Its quantities are per period and receiver: a service, a customer, or a customer
//! of a service; they come by import (`drivers`), where a later file takes the place of an earlier one
//! cell by cell.

mod add;
mod change;
pub mod error;
mod repo;
mod rules;
mod target;
mod view;

pub use add::{DriverInput, add};
pub use change::{DriverChange, change};
pub use repo::{all, load, quantities};
pub use target::TARGET;
pub use view::{list, quantity_list, show};

use access::Noun;
use kernel::{DriverId, Period, Quantity};

/// A driver as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Id.
    pub id: DriverId,
    /// Version, for If-Match.
    pub version: i64,
    /// `[A-Z0-9]{2,12}`, unique, unchangeable.
    pub key: String,
    /// Name.
    pub name: String,
    /// What is counted: `seats`, `GB`.
    pub unit: String,
    /// Where the quantities come from.
    pub source: String,
}

/// What one receiver used of a driver in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriverQuantity {
    /// Key of the driver.
    pub driver: String,
    /// The period.
    pub period: Period,
    /// The service that received, or whose customer did.
    pub service: Option<String>,
    /// The customer who received.
    pub customer: Option<String>,
    /// How much, never negative.
    pub quantity: Quantity,
}

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "driver", table: "finance_drivers", personal: &[], secret: &[], children: &[] };
