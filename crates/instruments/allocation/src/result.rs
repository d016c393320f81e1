//! What came out: lines, residuals, the control table and the solved gross costs.

use std::sync::Arc;

use kernel::{Currency, Money, Quantity};

use crate::{Key, Ratio, Reason};

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
    /// How each reciprocal layer was solved.
    pub solutions: Vec<Solution>,
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
    /// The driver's quantities, where one was used; of two rates the variable one's.
    pub driver: Option<DriverUse>,
    /// Of two rates the fixed one's quantities.
    pub standing: Option<DriverUse>,
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
    /// By two drivers: the parts of the cost that each shares, without a common factor; see
    /// [`Share::standing`] and [`Share::driver`].
    DualRate {
        /// Of the fixed part.
        fixed: i64,
        /// Of the variable part.
        variable: i64,
    },
    /// At budgeted rates: what the receiver is charged, in minor units.
    Budgeted {
        /// Of the budget of fixed cost.
        fixed: i64,
        /// By the rate for a unit.
        variable: i64,
    },
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
            Method::DualRate { .. } => "dual-rate",
            Method::Budgeted { .. } => "budgeted-rate",
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
    /// Its gross cost in minor units.
    pub gross: Ratio,
    /// By how many minor units `gross` may be off: zero where the layer was solved exactly.
    pub error: Ratio,
}

/// How a reciprocal layer was solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Solution {
    /// Index into [`Allocation::stages`].
    pub stage: usize,
    /// How many nodes serve others of the layer.
    pub nodes: usize,
    /// How many amounts were split: one per node and pool of origin.
    pub splits: u64,
    /// Exactly, or with a bound.
    pub method: Solving,
}

/// Whether a reciprocal layer was solved exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solving {
    /// In whole numbers: every share is the exact one.
    Exact,
    /// More than 200 nodes: shares with a proven bound.
    Bounded {
        /// Of each node, the errors of all its shares together are at most `2^−error_bits`.
        error_bits: u32,
        /// Of so many splits it is not certain that they are those of the exact shares: there a part may
        /// be another by one minor unit, mostly because two remainders are the same. All others are to
        /// the cent what the exact shares would give.
        uncertain: u64,
    },
}

/// All of a result but its lines; see [`crate::allocate_each`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Currency of every amount.
    pub currency: Currency,
    /// The stages in the order they ran.
    pub stages: Vec<Stage>,
    /// How many lines were handed over.
    pub lines: u64,
    /// What could not be shared, each with its reason.
    pub residuals: Vec<Residual>,
    /// One row per stage; each is checked before the result is returned.
    pub control: Vec<Control>,
    /// Gross cost of every node solved in a reciprocal layer.
    pub solved: Vec<Solved>,
    /// How each reciprocal layer was solved.
    pub solutions: Vec<Solution>,
    /// What each node of the last layer ends with, by key; zeros too.
    pub finals: Vec<(Key, i64)>,
}

impl Allocation {
    pub(crate) fn new(summary: Summary, lines: Vec<Line>, names: Vec<(Key, String)>) -> Allocation {
        let Summary { currency, stages, residuals, control, solved, solutions, finals, .. } = summary;
        Allocation { currency, stages, lines, residuals, control, solved, solutions, finals, names }
    }

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
