//! Variance and its words (`domain.md` §3).

use kernel::Decimal;

/// Actual against budget.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Variance {
    /// Actual − budget, always; minor units.
    pub amount: i64,
    /// Its share of the budget, as a fraction of four digits; `None` where nothing was budgeted.
    pub share: Option<Decimal>,
    /// `adverse`, `favourable` or `on plan`: more cost is adverse, more income favourable.
    pub word: &'static str,
    /// What it does to the result; minor units: a cost above budget makes it worse.
    pub effect: i64,
}

/// The variance of `actual` against `budget`, of income or of cost.
pub fn variance(budget: i64, actual: i64, income: bool) -> Variance {
    let amount = actual - budget;
    let effect = if income { amount } else { -amount };
    let share =
        (budget != 0).then(|| (Decimal::from(amount) / Decimal::from(budget).abs()).round_dp(4).normalize());
    let word = match effect.signum() {
        1 => "favourable",
        -1 => "adverse",
        _ => "on plan",
    };
    Variance { amount, share, word, effect }
}

/// The variance there is to state. Without an actual there is nothing to compare. Cost in a pool without a
/// budget is compared with nothing budgeted; income without one was never planned, which is not a plan of nought.
pub fn compared(budget: Option<i64>, actual: Option<i64>, income: bool) -> Option<Variance> {
    if income && budget.is_none() {
        return None;
    }
    actual.map(|actual| variance(budget.unwrap_or(0), actual, income))
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "cents stand apart from euros")]
mod tests {
    use super::*;

    /// `demo.md` 4.3: Cloud and Facilities of FY26, in euro; and an income row.
    #[test]
    fn variance_is_actual_less_budget_and_its_word_comes_from_the_kind() {
        for (budget, actual, income, amount, share, word, effect) in [
            (6_000_000_00, 6_660_856_00, false, 660_856_00, Some("0.1101"), "adverse", -660_856_00),
            (8_200_000_00, 7_664_495_00, false, -535_505_00, Some("-0.0653"), "favourable", 535_505_00),
            (100_00, 110_00, true, 10_00, Some("0.1"), "favourable", 10_00),
            (100_00, 90_00, true, -10_00, Some("-0.1"), "adverse", -10_00),
            (0, 50_00, false, 50_00, None, "adverse", -50_00),
            (70_00, 70_00, false, 0, Some("0"), "on plan", 0),
        ] {
            let found = variance(budget, actual, income);
            assert_eq!((found.amount, found.word, found.effect), (amount, word, effect));
            assert_eq!(found.share.map(|share| share.to_string()).as_deref(), share);
        }
    }

    #[test]
    fn income_without_a_budget_has_no_variance() {
        for (budget, actual, income, amount) in [
            (None, Some(24_591_954_01), true, None),
            (Some(0), Some(24_591_954_01), true, Some(24_591_954_01)),
            (None, Some(50_00), false, Some(50_00)),
            (Some(50_00), None, false, None),
        ] {
            assert_eq!(compared(budget, actual, income).map(|found| found.amount), amount);
        }
    }
}
