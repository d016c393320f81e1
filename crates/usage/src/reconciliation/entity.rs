//! What a reconciliation comes to.

/// The figures of a reconciliation, in minor units: the first is the sum of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The ledger lines it names.
    pub ledger: i64,
    /// What bills count in the month, at the rate of their own.
    pub bill: i64,
    /// Tax on the ledger's lines that the bill leaves out.
    pub tax: i64,
    /// Credits that the bill leaves out; negative.
    pub credits: i64,
    /// Accrual or prepayment movement.
    pub accrual: i64,
    /// What the ledger's own rates make of its lines in the bill's currency, beside the period's rate.
    pub exchange: i64,
    /// What is left.
    pub unexplained: i64,
}
