//! Which variances are to be explained, and how many of them are. Pure.

use finance::budget::compared;
use kernel::{Decimal, PersonId};

use super::{Policy, Row, State};

/// Whether a variance of `amount` against `budget` (minor units) is to be explained: both limits are
/// reached. The share is compared as |variance| ≥ limit × |budget|, so nothing is divided or rounded,
/// and what was not budgeted at all reaches it with the first cent.
pub fn needs_explanation(policy: &Policy, budget: i64, amount: i64) -> bool {
    let size = Decimal::from(amount.unsigned_abs());
    amount != 0
        && amount.unsigned_abs() >= policy.amount.unsigned_abs()
        && size >= policy.share * Decimal::from(budget.unsigned_abs())
}

/// How far the explanations of a period have come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// Variances above the limit.
    pub needed: usize,
    /// Of them with a confirmed cause.
    pub confirmed: usize,
    /// The others: pool, name, variance, and who proposed a cause, if somebody did.
    pub open: Vec<(String, String, i64, Option<PersonId>)>,
}

/// Counts what is explained.
pub fn explained(rows: &[Row], policy: &Policy) -> Explained {
    let mut told = Explained::default();
    for row in rows {
        let Some(amount) = row.variance().map(|variance| variance.amount) else { continue };
        if !needs_explanation(policy, row.budget.unwrap_or(0), amount) {
            continue;
        }
        told.needed += 1;
        match row.explanation.as_ref().map(|explanation| explanation.state_for(amount)) {
            Some(State::Confirmed) => told.confirmed += 1,
            _ => {
                let proposed = row.explanation.as_ref().map(|explanation| explanation.proposed_by);
                told.open.push((row.pool.clone(), row.name.clone(), amount, proposed));
            }
        }
    }
    told
}

impl Row {
    /// Actual − budget; `None` where there is no actual, and for income that nobody budgeted: cost that
    /// was not planned is a variance, an income without a plan is only income.
    pub fn variance(&self) -> Option<finance::budget::Variance> {
        compared(self.budget, self.actual, self.income)
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    /// `domain.md` §3: |variance| ≥ €20,000 *and* ≥ 2 %.
    #[test]
    fn both_limits_must_be_reached() {
        let usual = Policy::usual(Currency::EUR);
        for (budget, amount, needs) in [
            (100_000_000, 2_000_000, true),
            (100_000_000, -2_000_000, true),
            (100_000_000, 1_999_999, false),
            (100_000_001, 2_000_000, false),
            (0, 2_000_000, true),
            (0, 1_999_999, false),
            (-100_000_000, -2_000_000, true),
        ] {
            assert_eq!(needs_explanation(&usual, budget, amount), needs, "{amount} of {budget}");
        }
        let all = Policy { amount: 0, share: Decimal::ZERO, ..usual };
        assert!(needs_explanation(&all, 100, 1));
        assert!(!needs_explanation(&all, 100, 0), "no variance needs no cause");
    }

    /// `demo.md` 4.3: in September exactly Hardware, Cloud, Facilities and Telecom, out of the rows of
    /// `demo-monthly.csv`; Cloud is €83,919 over (`cli.md`).
    #[test]
    fn in_larkfields_september_four_pools_need_a_cause() {
        let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
        let rows = include_str!("../../../larkfield/data/monthly.csv").lines().filter_map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let (pool, budget, actual) = (cells[1].to_owned(), cells[2], cells[3]);
            (cells[0] == "2026-09").then(|| Row {
                name: pool.clone(),
                pool,
                income: false,
                budget: Some(cents(budget)),
                actual: Some(cents(actual)),
                explanation: None,
            })
        });
        let told = explained(&rows.collect::<Vec<_>>(), &Policy::usual(Currency::EUR));
        let open: Vec<&str> = told.open.iter().map(|(pool, ..)| pool.as_str()).collect();
        assert_eq!(open, ["Hardware", "Cloud", "Facilities & power", "Telecom & interconnect"]);
        assert_eq!((told.needed, told.confirmed, told.open[1].2), (4, 0, 8_391_900));
    }
}
