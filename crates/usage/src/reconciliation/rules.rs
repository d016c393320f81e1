//! The equation of a reconciliation. Pure.

use super::{Reconciliation, Standing};

/// What is left unexplained; none where a sum passes 64 bits.
pub(super) fn standing(of: &Reconciliation, ledger: i64, bill: i64, exchange: i64) -> Option<Standing> {
    let explained = [bill, of.tax, of.credits, of.accrual, exchange];
    let unexplained = explained.iter().try_fold(ledger, |left, part| left.checked_sub(*part))?;
    let (tax, credits, accrual) = (of.tax, of.credits, of.accrual);
    Some(Standing { ledger, bill, tax, credits, accrual, exchange, unexplained })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1,190.00 booked; a bill of 1,000.00; 190.00 tax; 20.00 accrued last month and reversed; a credit of 5.00; the
    /// ledger converted at a rate that made 3.10 more.
    #[test]
    fn what_nobody_named_is_left() {
        let of = Reconciliation {
            id: kernel::ReconciliationId::new(Default::default()),
            version: 1,
            supplier: "AWS".into(),
            period: "2026-09".parse().unwrap(),
            ledger_supplier: Some("AWS".into()),
            account: None,
            cost_centre: None,
            tax: 190_00,
            credits: -5_00,
            accrual: -20_00,
            note: None,
            own_source: None,
        };
        let standing = standing(&of, 1_190_00, 1_000_00, 3_10).unwrap();
        assert_eq!(standing.unexplained, 21_90);
        assert_eq!(super::standing(&of, i64::MIN, i64::MAX, 0), None);
    }
}
