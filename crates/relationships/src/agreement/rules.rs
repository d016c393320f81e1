//! How much of an offering was taken in a period, to the day.

use chrono::NaiveDate;
use kernel::{Period, Quantity};

/// What was taken in one period.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Taken {
    /// Each quantity with the days it held, in order.
    pub steps: Vec<(Quantity, i64)>,
    /// The quantity on the last day of the period; nothing if it had ended.
    pub at_end: Quantity,
    /// Days of the period.
    pub days_in_period: i64,
}

impl Taken {
    /// Days it ran.
    pub fn days(&self) -> i64 {
        self.steps.iter().map(|(_, days)| days).sum()
    }

    /// Σ quantity × days, in millionths of a unit: the exact weight for pro rata. Divided by
    /// [`Taken::days_in_period`] it is the quantity of the period.
    pub fn unit_days(&self) -> i128 {
        self.steps.iter().map(|(quantity, days)| i128::from(quantity.millionths()) * i128::from(*days)).sum()
    }
}

/// What was taken in `period` by an agreement from `from` to `to` (inclusive), whose quantities by
/// first day are `quantities`, oldest first. Proration is by calendar days of that period.
pub fn taken_in(
    period: Period,
    from: NaiveDate,
    to: Option<NaiveDate>,
    quantities: &[(NaiveDate, Quantity)],
) -> Taken {
    let (first, last) = (period.first_day(), period.last_day());
    let (starts, ends) = (from.max(first), to.map_or(last, |to| to.min(last)));
    let mut taken = Taken { days_in_period: (last - first).num_days() + 1, ..Taken::default() };
    for (place, (since, quantity)) in quantities.iter().enumerate() {
        let until =
            quantities.get(place + 1).and_then(|(next, _)| next.pred_opt()).map_or(ends, |day| day.min(ends));
        let days = (until - (*since).max(starts)).num_days() + 1;
        if days > 0 {
            taken.steps.push((*quantity, days));
            if until == last {
                taken.at_end = *quantity;
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, Price};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn units(units: i64) -> Quantity {
        Quantity::of_units(units)
    }

    /// `faults.md`, "The end of February is prorated with 31 days".
    #[test]
    fn a_stub_is_prorated_with_the_days_of_its_own_month() {
        for (period, from, to, days, of) in [
            ("2027-02", "2027-02-25", "2027-02-28", 4, 28),
            ("2028-02", "2028-02-26", "2028-02-29", 4, 29),
            ("2027-02", "2027-02-01", "2027-02-24", 24, 28),
            ("2026-09", "2026-09-07", "2027-09-06", 24, 30),
            ("2027-09", "2026-09-07", "2027-09-06", 6, 30),
        ] {
            let taken = taken_in(period.parse().unwrap(), day(from), Some(day(to)), &[(day(from), units(1))]);
            assert_eq!((taken.days(), taken.days_in_period), (days, of), "{period}");
        }
    }

    /// `faults.md`, "A full year with proration on loses a month": 13 statements, Σ 432.00.
    #[test]
    fn a_full_year_that_starts_within_a_month_is_charged_in_full() {
        let (from, to) = (day("2026-09-07"), day("2027-09-06"));
        let price = Price::parse("36.00", Currency::EUR).unwrap();
        let mut charges = Vec::new();
        let mut period: Period = "2026-09".parse().unwrap();
        while period.first_day() <= to {
            let taken = taken_in(period, from, Some(to), &[(from, units(1))]);
            let quantity = i64::try_from(taken.unit_days() / i128::from(taken.days_in_period)).unwrap();
            charges.push(price.times(Quantity::of_millionths(quantity)).unwrap().minor());
            period = period.next();
        }
        assert_eq!((charges.len(), charges[0], charges[12]), (13, 2880, 720));
        assert_eq!(charges.iter().sum::<i64>(), 43_200);
    }

    #[test]
    fn a_quantity_holds_until_the_next_one() {
        let quantities = [
            (day("2026-01-01"), units(100)),
            (day("2026-09-11"), units(130)),
            (day("2026-10-01"), units(90)),
        ];
        let september = taken_in("2026-09".parse().unwrap(), day("2026-01-01"), None, &quantities);
        assert_eq!(september.steps, [(units(100), 10), (units(130), 20)]);
        assert_eq!(september.at_end, units(130));
        assert_eq!(september.unit_days(), 3_600 * 1_000_000);
        let october = taken_in("2026-10".parse().unwrap(), day("2026-01-01"), None, &quantities);
        assert_eq!((october.steps.as_slice(), october.at_end), ([(units(90), 31)].as_slice(), units(90)));
    }

    #[test]
    fn nothing_is_taken_outside_the_agreement_and_nothing_is_left_at_the_end_of_its_last_month() {
        let quantities = [(day("2026-09-07"), units(5))];
        let ending = |period: &str, to: &str| {
            taken_in(period.parse().unwrap(), day("2026-09-07"), Some(day(to)), &quantities)
        };
        assert_eq!(ending("2026-08", "2026-09-20").days(), 0);
        assert_eq!(ending("2026-10", "2026-09-20").days(), 0);
        let last = ending("2026-09", "2026-09-20");
        assert_eq!((last.days(), last.at_end), (14, Quantity::ZERO));
        assert_eq!(ending("2026-09", "2026-09-30").at_end, units(5));
    }
}
