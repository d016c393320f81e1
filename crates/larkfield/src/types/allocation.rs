//! Drivers and the rules that share by them.

use chrono::NaiveDate;
use kernel::{Period, Quantity};

/// What is measured.
#[derive(Clone, Debug)]
pub struct Driver {
    /// `SEATS`: how rules name it.
    pub key: String,
    /// `Customer Care Desktop seats`.
    pub name: String,
    /// Unit of its quantities.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Whether receivers are services or customers.
    pub receivers: Receivers,
}

/// What a driver or rule shares over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receivers {
    /// Services, and preparations, by key.
    Services,
    /// Customers by key.
    Customers,
}

/// How much was measured.
#[derive(Clone, Debug)]
pub struct DriverQuantity {
    /// Driver key.
    pub driver: String,
    /// Month.
    pub period: Period,
    /// Key of the service or customer.
    pub receiver: String,
    /// How much.
    pub quantity: Quantity,
}

/// One version of a rule.
#[derive(Clone, Debug)]
pub struct AllocationRule {
    /// `R-14`.
    pub key: String,
    /// `Customer Care Desktop by seats`.
    pub name: String,
    /// 1, 2, …
    pub version: u32,
    /// Whether the sender is a pool (to services) or a service (to customers).
    pub receivers: Receivers,
    /// Key of the pool or service.
    pub sender: String,
    /// By what.
    pub basis: Basis,
    /// First month.
    pub from: Period,
    /// Last month, where a later version follows.
    pub to: Option<Period>,
    /// Why this version.
    pub reason: String,
    /// Who wrote it.
    pub edited_by: String,
    /// Who approved it: another person.
    pub approved_by: String,
    /// When.
    pub approved_on: NaiveDate,
}

/// What a rule shares by.
#[derive(Clone, Debug)]
pub enum Basis {
    /// These weights, by receiver key.
    FixedWeights(Vec<(String, i64)>),
    /// The quantities of this driver in the month.
    Driver(String),
    /// The quantities agreed with each customer.
    AgreedQuantity,
}
