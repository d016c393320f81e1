//! Why an amount could not be shared, as a code and in words.

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
    /// Charged at budgeted rates: what the cost was above the budget for this use; below zero where it
    /// was less.
    Spending,
    /// Charged at budgeted rates: fixed cost of the budget that this use did not carry; below zero where
    /// it carried more.
    Volume,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 12] = [
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
        Reason::Spending,
        Reason::Volume,
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
            Reason::Spending => "spending",
            Reason::Volume => "volume",
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
            Reason::Spending => "cost more or less than was budgeted for this use",
            Reason::Volume => "was used more or less than its budgeted rate was reckoned from",
        }
    }
}
