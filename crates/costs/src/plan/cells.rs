//! Sums by month and service: a dense table, exact.

use std::collections::BTreeMap;

use arrow::datatypes::i256;

use crate::month::Month;

/// An exact sum of costs. Costs of 64 bits add up in 128 bits, others in 256: neither can overflow before there
/// are more rows than a computer holds.
pub(crate) trait Sum: Copy + Default + std::fmt::Debug + Send + Sync + 'static {
    /// This and another.
    fn plus(self, other: Self) -> Self;
    /// As the widest.
    fn wide(self) -> i256;
}

impl Sum for i128 {
    fn plus(self, other: i128) -> i128 {
        self.wrapping_add(other)
    }
    fn wide(self) -> i256 {
        i256::from_i128(self)
    }
}

impl Sum for i256 {
    fn plus(self, other: i256) -> i256 {
        self.wrapping_add(other)
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

    /// Adds one row for each place; the months are covered.
    pub(crate) fn add(&mut self, months: &[u32], services: &[u32], cost: impl Fn(usize) -> S) {
        let width = self.services;
        for (at, (month, service)) in months.iter().zip(services).enumerate() {
            let cell = &mut self.cells[(month - self.first) as usize * width + *service as usize];
            cell.sum = cell.sum.plus(cost(at));
            cell.rows += 1;
        }
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

/// Sums by month and service as they go from one part of the plan to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// By month and service's code.
    pub(crate) cells: BTreeMap<(Month, u32), Cell<i256>>,
    /// Rows whose cost is null.
    pub(crate) without_cost: u64,
}

/// Bytes of a cell: month, service, sum, rows.
const CELL: usize = 4 + 4 + 32 + 8;

impl Totals {
    /// These and others.
    pub(crate) fn merge(&mut self, other: Totals) {
        self.without_cost += other.without_cost;
        for (key, cell) in other.cells {
            let own = self.cells.entry(key).or_default();
            *own = Cell { sum: own.sum.plus(cell.sum), rows: own.rows + cell.rows };
        }
    }

    /// As bytes, which [`Totals::read`] reads.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + self.cells.len() * CELL);
        bytes.extend_from_slice(&self.without_cost.to_le_bytes());
        for ((month, service), cell) in &self.cells {
            bytes.extend_from_slice(&month.0.to_le_bytes());
            bytes.extend_from_slice(&service.to_le_bytes());
            bytes.extend_from_slice(&cell.sum.to_le_bytes());
            bytes.extend_from_slice(&cell.rows.to_le_bytes());
        }
        bytes
    }

    /// What [`Totals::write`] wrote; none of anything else.
    pub(crate) fn read(bytes: &[u8]) -> Option<Totals> {
        let (without_cost, cells) = bytes.split_first_chunk::<8>()?;
        let mut totals = Totals { without_cost: u64::from_le_bytes(*without_cost), ..Totals::default() };
        if cells.len() % CELL != 0 {
            return None;
        }
        for cell in cells.chunks_exact(CELL) {
            let (month, rest) = cell.split_first_chunk::<4>()?;
            let (service, rest) = rest.split_first_chunk::<4>()?;
            let (sum, rows) = rest.split_first_chunk::<32>()?;
            let key = (Month(u32::from_le_bytes(*month)), u32::from_le_bytes(*service));
            let rows = u64::from_le_bytes(rows.try_into().ok()?);
            totals.cells.insert(key, Cell { sum: i256::from_le_bytes(*sum), rows });
        }
        Some(totals)
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
            cells.add(&[month(text)], &[service], |_| cost);
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
    fn totals_are_read_as_they_were_written_and_nothing_else_is() {
        let mut cells = Cells::<i256>::new(2);
        cells.cover(month("2026-01"), month("2026-03")).unwrap();
        cells.add(&[month("2026-02"), month("2026-03")], &[1, 0], |at| {
            i256::MIN.plus(i256::from_i128(at as i128))
        });
        let mut totals = cells.totals();
        totals.without_cost = 4;
        let bytes = totals.write();
        assert_eq!(Totals::read(&bytes), Some(totals));
        assert_eq!(Totals::read(&bytes[1..]), None);
        assert_eq!(Totals::read(&[]), None);
    }
}
