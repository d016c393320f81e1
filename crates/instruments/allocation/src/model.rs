//! What is to be allocated: pools of cost, layers of receivers, drivers, and one rule per sender.

use std::sync::Arc;

use kernel::{Currency, Price, Quantity};

/// The key of a pool, node, driver, rule or layer. Pools and nodes share one space of keys.
pub type Key = Arc<str>;

/// One period's cost and how it is shared. The order of any list changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Currency of every amount.
    pub currency: Currency,
    /// From the first receivers (towers, services) to the last (customers): order matters here only.
    pub layers: Vec<Layer>,
    /// The cost pools.
    pub pools: Vec<Pool>,
    /// Towers, services, customers.
    pub nodes: Vec<Node>,
    /// Measured drivers.
    pub drivers: Vec<Driver>,
    /// At most one per sender. A sender without one keeps its cost as a named residual.
    pub rules: Vec<Rule>,
}

/// Nodes of one kind, and how they share among themselves before the layers after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Key, as `service`.
    pub key: Key,
    /// Name in the plural, as `Services`.
    pub name: String,
    /// What happens to receivers in the same layer as the sender.
    pub sharing: Sharing,
}

/// How nodes of one layer that serve each other share their cost (Horngren, *Cost Accounting*,
/// chapter on support departments). What a node uses of its own output is always left out.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Sharing {
    /// Not at all: receivers in the same layer are left out and the shares of the others rise.
    #[default]
    Direct,
    /// One after the other in this order; who has sent receives nothing more. Each sends to its
    /// receivers in the same and in later layers at once.
    StepDown {
        /// Keys of the nodes that serve others of their layer, first to last.
        order: Vec<Key>,
    },
    /// All at once: simultaneous equations solved exactly; then each sends what it keeps for later
    /// layers.
    Reciprocal,
}

/// Cost that arrived from the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// Minor units; negative for a credit note.
    pub amount: i64,
}

/// A tower, service or customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Key.
    pub key: Key,
    /// Name, as sentences say it.
    pub name: String,
    /// Key of its layer.
    pub layer: Key,
}

/// A measured quantity by which cost is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Key.
    pub key: Key,
    /// Unit in the plural, as `seats`.
    pub unit: String,
    /// What was provided. The part that no receiver used is the residual *unused capacity*.
    pub capacity: Option<Quantity>,
    /// What each node used: at most one entry per node, none negative.
    pub quantities: Vec<(Key, Quantity)>,
}

/// How one sender's cost is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Key of the rule version.
    pub key: Key,
    /// The pool or node that sends.
    pub from: Key,
    /// By what.
    pub basis: Basis,
}

/// By what a sender's cost is shared. Receivers whose weight is zero get no line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The same to each.
    Even {
        /// The receivers.
        to: Vec<Key>,
    },
    /// By fixed weights, percents or parts.
    Fixed {
        /// Receiver and weight, none negative.
        weights: Vec<(Key, Quantity)>,
    },
    /// In proportion to what each receiver has received in the stages before.
    Proportional {
        /// The receivers.
        to: Vec<Key>,
    },
    /// By a measured driver.
    Driver {
        /// Key of the driver. One that is not in the model is the residual *driver missing*.
        driver: Key,
        /// Only these of the driver's receivers; `None`: all of them.
        to: Option<Vec<Key>>,
    },
    /// Dual rates at actual cost: one part of the cost by one driver, as what was budgeted or provided,
    /// the other by a second, as what was used (Horngren, Datar & Rajan, *Cost Accounting*, 14th ed.,
    /// ch. 15). A part whose driver is missing or adds up to zero stays as a residual with that reason.
    DualRate {
        /// The part that was there to be used.
        fixed: Portion,
        /// The part that grew with use.
        variable: Portion,
    },
    /// Charged at rates set beforehand, whatever the cost came to (the same chapter): a budget shared by
    /// one driver, a rate for each unit of another, or both. What the cost was above or below is the
    /// residual *spending*, what the budget did not reach anybody with is *unused capacity* or *volume*.
    ///
    /// Only for senders that send in a stage of their own, not for loops solved together. A node that
    /// holds no cost at all charges nothing, as there is no pool it could be traced to.
    Budgeted {
        /// The fixed cost, as budgeted.
        fixed: Option<Standing>,
        /// The variable cost of a unit, as budgeted.
        variable: Option<Usage>,
    },
    /// Not shared: kept central by decision, a named residual.
    Central,
}

/// One of two parts of a cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portion {
    /// Its weight against the other part: a percentage, or the amounts of both.
    pub part: Quantity,
    /// Key of the driver that shares it.
    pub driver: Key,
}

/// A budget of fixed cost, charged by a driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Minor units, not negative.
    pub budget: i64,
    /// Key of the driver. With a capacity, the capacity is what the rate is reckoned from and the part
    /// that nobody has is *unused capacity*; without, the whole budget is charged.
    pub driver: Key,
    /// The quantity the rate is reckoned from instead, `budget ÷ over` for a unit: what it charges more
    /// or less than the budget is *volume*.
    pub over: Option<Quantity>,
}

/// A rate for each unit of a driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// For one unit, in the model's currency, not negative.
    pub rate: Price,
    /// Key of the driver.
    pub driver: Key,
}
