//! Sums by month and service: a dense table, exact.

use arrow::datatypes::i256;

use super::totals::Totals;
use crate::month::Month;

/// An exact sum of costs. Costs of 64 bits add up in 128 bits, which cannot overflow before there are more rows than a
/// computer holds; others in 256, where the largest that a text can hold could.
pub(crate) trait Sum: Copy + Default + std::fmt::Debug + Send + Sync + 'static {
    /// This and another; none beyond what it holds.
    fn plus(self, other: Self) -> Option<Self>;
    /// As the widest.
    fn wide(self) -> i256;
}

impl Sum for i128 {
    fn plus(self, other: i128) -> Option<i128> {
        Some(self.wrapping_add(other))
    }
    fn wide(self) -> i256 {
        i256::from_i128(self)
    }
}

impl Sum for i256 {
    fn plus(self, other: i256) -> Option<i256> {
        self.checked_add(other)
    }
    fn wide(self) -> i256 {
        self
    }
}

/// Cost and rows of a service in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cell<S> {
    /// In units of the cost column's last decimal.
    pub(crate) sum: S,
    /// Rows, those without a cost too.
    pub(crate) rows: u64,
}

/// The table: months by services, where months are as many as were met.
#[derive(Debug)]
pub(crate) struct Cells<S> {
    services: usize,
    first: u32,
    cells: Vec<Cell<S>>,
    /// Rows whose cost is null.
    pub(crate) without_cost: u64,
}

/// Costs that do not add up.
pub(crate) const TOO_LARGE: &str =
    "the costs sum to more than can be held: 38 digits before the point. Is the cost column the right one?";

/// More months than that, and some of them are no months of a bill.
const MOST_MONTHS: u32 = 12 * 200;

impl<S: Sum> Cells<S> {
    /// Nothing yet; codes of services are below `services`.
    pub(crate) fn new(services: usize) -> Cells<S> {
        Cells { services, first: 0, cells: Vec::new(), without_cost: 0 }
    }

    /// Makes room for the months from `low` to `high`.
    ///
    /// # Errors
    /// A sentence, where they would be more than two hundred years.
    pub(crate) fn cover(&mut self, low: u32, high: u32) -> Result<(), String> {
        let months = self.months();
        if months > 0 && low >= self.first && high < self.first + months {
            return Ok(());
        }
        let first = if months == 0 { low } else { low.min(self.first) };
        let end = if months == 0 { high + 1 } else { (high + 1).max(self.first + months) };
        if end - first > MOST_MONTHS {
            let (first, last) = (Month(first), Month(end - 1));
            return Err(format!(
                "the usage lies between {first} and {last}: one of the two is no month of a bill"
            ));
        }
        let mut wider = vec![Cell::default(); (end - first) as usize * self.services];
        let at = (self.first.max(first) - first) as usize * self.services;
        wider[at..at + self.cells.len()].copy_from_slice(&self.cells);
        (self.first, self.cells) = (first, wider);
        Ok(())
    }

    /// Bytes held.
    pub(crate) fn size(&self) -> usize {
        self.cells.capacity() * size_of::<Cell<S>>()
    }

    fn months(&self) -> u32 {
        u32::try_from(self.cells.len() / self.services).unwrap_or(u32::MAX)
    }

    /// Adds those `rows` of a batch; their months are covered.
    ///
    /// # Errors
    /// A sentence, where a sum is beyond what it holds.
    pub(crate) fn add(
        &mut self,
        rows: impl Iterator<Item = usize>,
        (months, services): (&[u32], &[u32]),
        cost: impl Fn(usize) -> S,
    ) -> Result<(), String> {
        let width = self.services;
        for at in rows {
            let cell = &mut self.cells[(months[at] - self.first) as usize * width + services[at] as usize];
            cell.sum = cell.sum.plus(cost(at)).ok_or(TOO_LARGE)?;
            cell.rows += 1;
        }
        Ok(())
    }

    /// What there is of each service in each month, in order.
    pub(crate) fn totals(&self) -> Totals {
        let mut totals = Totals { without_cost: self.without_cost, ..Totals::default() };
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| cell.rows > 0) {
            let (month, service) = (at / self.services, at % self.services);
            let (month, service) = (u32::try_from(month), u32::try_from(service));
            let (month, service) = (month.unwrap_or_default(), service.unwrap_or_default());
            let wide = Cell { sum: cell.sum.wide(), rows: cell.rows };
            totals.cells.insert((Month(self.first + month), service), wide);
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> u32 {
        Month::parse(text).unwrap().0
    }

    #[test]
    fn months_that_come_later_or_earlier_find_room_and_move_nothing() {
        let mut cells = Cells::<i128>::new(3);
        for (text, service, cost) in
            [("2026-05", 2, 7), ("2026-07", 0, -1), ("2026-01", 2, 5), ("2026-05", 2, 30)]
        {
            cells.cover(month(text), month(text)).unwrap();
            cells.add(0..1, (&[month(text)], &[service]), |_| cost).unwrap();
        }
        let told: Vec<(String, u32, i256, u64)> = cells
            .totals()
            .cells
            .into_iter()
            .map(|((month, service), cell)| (month.to_string(), service, cell.sum, cell.rows))
            .collect();
        let sum = i256::from_i128;
        assert_eq!(
            told,
            [
                ("2026-01".to_owned(), 2, sum(5), 1),
                ("2026-05".to_owned(), 2, sum(37), 2),
                ("2026-07".to_owned(), 0, sum(-1), 1)
            ]
        );
    }

    #[test]
    fn months_of_two_hundred_years_are_no_bill() {
        let mut cells = Cells::<i256>::new(1);
        cells.cover(month("2026-01"), month("2026-12")).unwrap();
        let says = cells.cover(month("2226-01"), month("2226-01")).unwrap_err();
        assert_eq!(says, "the usage lies between 2026-01 and 2226-01: one of the two is no month of a bill");
    }

    #[test]
    fn a_sum_that_is_beyond_its_bits_is_refused() {
        let mut cells = Cells::<i256>::new(1);
        cells.cover(month("2026-01"), month("2026-01")).unwrap();
        let two = [month("2026-01"); 2];
        let most = |_| i256::MAX;
        assert_eq!(cells.add(0..1, (&two, &[0, 0]), most), Ok(()));
        assert_eq!(cells.add(1..2, (&two, &[0, 0]), most), Err(TOO_LARGE.to_owned()));
    }
}
