//! What came out: lines, residuals, the control table and the solved gross costs.

use std::sync::Arc;

use kernel::{Currency, Money, Quantity};
use num_bigint::BigInt;

use crate::Key;

/// The result of [`crate::allocate`]. Everything is sorted by stage, sender, receiver, origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Currency of every amount.
    pub currency: Currency,
    /// The stages in the order they ran.
    pub stages: Vec<Stage>,
    /// Origin pool × sender → receiver × amount.
    pub lines: Vec<Line>,
    /// What could not be shared, each with its reason.
    pub residuals: Vec<Residual>,
    /// One row per stage; each is checked before the result is returned.
    pub control: Vec<Control>,
    /// Gross cost of every node solved in a reciprocal layer.
    pub solved: Vec<Solved>,
    /// What each node of the last layer ends with, by key; zeros too.
    pub finals: Vec<(Key, i64)>,
    /// Names for sentences: every pool and node, sorted by key.
    pub(crate) names: Vec<(Key, String)>,
}

/// One step of the allocation; all its senders send at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Key, as `pools`, `service-reciprocal`, `service-1`, `service`.
    pub key: Key,
    /// Name, as people say it.
    pub name: String,
}

/// A whole number of minor units that went from one sender to one receiver and came from one pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Index into [`Allocation::stages`].
    pub stage: usize,
    /// The pool the money came from in the first place.
    pub origin: Key,
    /// The pool or node that sends. In a reciprocal stage a node's line to itself is what it keeps
    /// for the layers after it.
    pub from: Key,
    /// The node that receives.
    pub to: Key,
    /// The share, the same for all origins of one sender and receiver.
    pub share: Arc<Share>,
    /// Minor units.
    pub amount: i64,
}

/// Why a receiver gets what it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Key of the rule.
    pub rule: Key,
    /// By what the rule shares.
    pub method: Method,
    /// The exact share.
    pub ratio: Ratio,
    /// The driver's quantities, where one was used.
    pub driver: Option<DriverUse>,
}

/// By what a line's amount was shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The same to each of so many receivers.
    Even,
    /// By fixed weights: the receiver's and their sum.
    Fixed {
        /// The receiver's.
        weight: Quantity,
        /// Of all receivers, in millionths.
        total: i128,
    },
    /// By cost received before: the receiver's and the sum, in minor units.
    Proportional {
        /// The receiver's.
        cost: i64,
        /// Of all receivers.
        total: i128,
    },
    /// By a driver; see [`Share::driver`].
    Driver,
    /// By the solution of a reciprocal layer.
    Reciprocal,
}

impl Method {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Method::Even => "even",
            Method::Fixed { .. } => "fixed",
            Method::Proportional { .. } => "proportional",
            Method::Driver => "driver",
            Method::Reciprocal => "reciprocal",
        }
    }
}

/// The driver's part in a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriverUse {
    /// Key of the driver.
    pub driver: Key,
    /// Its unit.
    pub unit: Arc<str>,
    /// What the receiver used.
    pub quantity: Quantity,
    /// Millionths of all receivers of this stage, unused capacity included.
    pub total: i128,
    /// Millionths of unused capacity in `total`.
    pub unused: i128,
}

/// An exact fraction. In lowest terms while people might read it; the solution of a large
/// reciprocal layer has thousands of bits and stays as solved, because reducing it is slow and helps
/// nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: BigInt,
    denominator: BigInt,
}

impl Ratio {
    /// Denominators up to this size are reduced.
    pub(crate) const REDUCED_BITS: u64 = 192;

    /// `numerator ÷ denominator`; `denominator` > 0.
    pub(crate) fn new(numerator: BigInt, denominator: BigInt) -> Ratio {
        if denominator.bits() > Ratio::REDUCED_BITS {
            return Ratio { numerator, denominator };
        }
        let gcd = num_integer::Integer::gcd(&numerator, &denominator);
        Ratio { numerator: numerator / &gcd, denominator: denominator / gcd }
    }

    /// The numerator.
    pub const fn numerator(&self) -> &BigInt {
        &self.numerator
    }

    /// The denominator, greater than zero.
    pub const fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// `self × whole`, rounded once, half away from zero; `None` beyond 64 bits.
    pub fn of(&self, whole: i64) -> Option<i64> {
        i64::try_from(round_half_away(&self.numerator * whole, &self.denominator)).ok()
    }
}

/// `n ÷ d` to the nearest integer, halves away from zero; `d` > 0.
pub(crate) fn round_half_away(n: BigInt, d: &BigInt) -> BigInt {
    use num_traits::Signed;
    let rounded = (n.abs() * 2_u8 + d) / (d * 2_u8);
    if n.is_negative() { -rounded } else { rounded }
}

/// What could not be shared, from one sender and one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residual {
    /// Index into [`Allocation::stages`].
    pub stage: usize,
    /// The pool the money came from.
    pub origin: Key,
    /// The pool or node where it stays.
    pub node: Key,
    /// Why.
    pub reason: Reason,
    /// Minor units.
    pub amount: i64,
}

/// Why an amount could not be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A pool that no rule shares.
    PoolWithoutRule,
    /// A tower or service that received cost and that no rule shares.
    NodeWithoutRule,
    /// Kept central by a rule.
    KeptCentral,
    /// The rule has no receiver it could still send to.
    NoReceiver,
    /// The rule's driver was not measured.
    DriverMissing,
    /// The driver's quantities add up to zero.
    DriverZero,
    /// The fixed weights add up to zero.
    WeightsZero,
    /// Proportional, but the receivers have received nothing yet.
    DirectCostZero,
    /// Proportional, but a receiver's cost so far is below zero, so that shares have no meaning.
    DirectCostNegative,
    /// Provided and used by nobody.
    UnusedCapacity,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 10] = [
        Reason::PoolWithoutRule,
        Reason::NodeWithoutRule,
        Reason::KeptCentral,
        Reason::NoReceiver,
        Reason::DriverMissing,
        Reason::DriverZero,
        Reason::WeightsZero,
        Reason::DirectCostZero,
        Reason::DirectCostNegative,
        Reason::UnusedCapacity,
    ];

    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Reason::PoolWithoutRule => "pool_without_rule",
            Reason::NodeWithoutRule => "node_without_rule",
            Reason::KeptCentral => "kept_central",
            Reason::NoReceiver => "no_receiver",
            Reason::DriverMissing => "driver_missing",
            Reason::DriverZero => "driver_zero",
            Reason::WeightsZero => "weights_zero",
            Reason::DirectCostZero => "direct_cost_zero",
            Reason::DirectCostNegative => "direct_cost_negative",
            Reason::UnusedCapacity => "unused_capacity",
        }
    }

    /// A sentence without its subject: "… has no rule".
    pub const fn says(self) -> &'static str {
        match self {
            Reason::PoolWithoutRule | Reason::NodeWithoutRule => "has no rule",
            Reason::KeptCentral => "is kept central by its rule",
            Reason::NoReceiver => "has no receiver left to send to",
            Reason::DriverMissing => "is shared by a driver that was not measured",
            Reason::DriverZero => "is shared by a driver that adds up to zero",
            Reason::WeightsZero => "is shared by weights that add up to zero",
            Reason::DirectCostZero => "is shared by direct cost, and its receivers have none",
            Reason::DirectCostNegative => "is shared by direct cost, and a receiver's is below zero",
            Reason::UnusedCapacity => "was provided and not used",
        }
    }
}

/// One row of the control table, in minor units. `sent = allocated + residual`, and after every
/// stage `held + last + residual_so_far` is the sum of all pools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Index into [`Allocation::stages`].
    pub stage: usize,
    /// What the stage's senders held.
    pub sent: i64,
    /// What its lines carry.
    pub allocated: i64,
    /// What it left as residuals.
    pub residual: i64,
    /// What pools and nodes before the last layer hold after it.
    pub held: i64,
    /// What the last layer holds after it.
    pub last: i64,
    /// All residuals up to and with this stage.
    pub residual_so_far: i64,
}

/// What a node of a reciprocal layer costs with all that the others charge it, solved exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    /// Index into [`Allocation::stages`].
    pub stage: usize,
    /// The node.
    pub node: Key,
    /// What it held before the stage, in minor units.
    pub own: i64,
    /// Its gross cost in minor units, exact.
    pub gross: Ratio,
}

impl Allocation {
    /// What the node of the last layer ends with.
    pub fn final_of(&self, node: &str) -> Option<Money> {
        let at = self.finals.binary_search_by(|(key, _)| (**key).cmp(node)).ok()?;
        Some(Money::of_minor(self.finals[at].1, self.currency))
    }

    /// The name of a pool or node; its key where it has none.
    pub fn name_of<'a>(&'a self, key: &'a str) -> &'a str {
        match self.names.binary_search_by(|(k, _)| (**k).cmp(key)) {
            Ok(at) => &self.names[at].1,
            Err(_) => key,
        }
    }
}
