//! What a service's month comes to. Pure.

use kernel::{Decimal, Period};

use crate::promise::per_unit;

/// What is known of a service in a month that has a run. Amounts are minor units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The month.
    pub period: Period,
    /// All it cost, what other services did for it included: full IT cost.
    pub cost: i64,
    /// Of it from pools: direct IT cost.
    pub direct: i64,
    /// By how much in all it was shared, millionths; `None` where nothing was counted.
    pub quantity: Option<i128>,
    /// What it earned outside.
    pub income: i64,
    /// What customers were charged for it; `None` before the month has statements.
    pub charges: Option<i64>,
    /// Those charges less the cost behind them: over-recovery, under-recovery where negative.
    pub recovery: Option<i64>,
}

impl Outcome {
    /// What a unit cost, to four decimals, where the currency has `digits`.
    pub fn unit_cost(&self, digits: u32) -> Option<Decimal> {
        per_unit(self.cost.into(), self.quantity?, digits)
    }

    /// Income less direct IT cost.
    pub const fn contribution(&self) -> i64 {
        self.income - self.direct
    }

    /// Income less full IT cost.
    pub const fn margin(&self) -> i64 {
        self.income - self.cost
    }
}

/// Whether it earns anything outside: one that never did has no contribution and no margin, rather than a
/// negative one.
pub fn earns(months: &[Outcome]) -> bool {
    months.iter().any(|month| month.income != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(cost: i64, direct: i64, quantity: Option<i128>, income: i64) -> Outcome {
        let period = "2026-09".parse().unwrap();
        Outcome { period, cost, direct, quantity, income, charges: None, recovery: None }
    }

    #[test]
    fn a_month_comes_to_what_it_comes_to_by_hand() {
        // Cost 1,200.00 of which 900.00 from pools, over 480 seats: 2.50 a seat. Earned 3,000.00.
        let billed = month(120_000, 90_000, Some(480_000_000), 300_000);
        assert_eq!(billed.unit_cost(2), Some(Decimal::new(25_000, 4)));
        assert_eq!((billed.contribution(), billed.margin()), (210_000, 180_000));
        // 1,000.00 over 3 is 333.3333 a unit; in yen, without minor units, 1,000 over 3 is the same.
        assert_eq!(month(100_000, 0, Some(3_000_000), 0).unit_cost(2), Some(Decimal::new(3_333_333, 4)));
        assert_eq!(month(1_000, 0, Some(3_000_000), 0).unit_cost(0), Some(Decimal::new(3_333_333, 4)));
        assert_eq!(month(100_000, 0, Some(0), 0).unit_cost(2), None);
        assert_eq!(month(100_000, 0, None, 0).unit_cost(2), None);
    }

    #[test]
    fn a_service_earns_once_one_of_its_months_did() {
        assert!(!earns(&[month(5, 5, None, 0), month(7, 7, None, 0)]));
        assert!(earns(&[month(5, 5, None, 0), month(7, 7, None, 1)]));
    }
}
