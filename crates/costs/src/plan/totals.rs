//! Sums as they go from one part of the plan to the next: by currency, month and service, as bytes.

use std::collections::BTreeMap;

use arrow::datatypes::i256;

use super::cells::{Cell, Sum, TOO_LARGE};
use crate::month::Month;
use crate::wrong::Wrong;

/// Sums by month and service of rows in one currency.
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
    /// How many rows were summed.
    pub(crate) fn rows(&self) -> u64 {
        self.cells.values().map(|cell| cell.rows).sum()
    }

    /// Those of one month.
    pub(crate) fn of_month(&self, month: Month) -> Totals {
        let cells = self.cells.range((month, 0)..=(month, u32::MAX));
        Totals { cells: cells.map(|(key, cell)| (*key, *cell)).collect(), without_cost: 0 }
    }

    /// These and others.
    ///
    /// # Errors
    /// A sum is beyond what it holds.
    pub(crate) fn merge(&mut self, other: Totals) -> Result<(), Wrong> {
        self.without_cost += other.without_cost;
        for (key, cell) in other.cells {
            let own = self.cells.entry(key).or_default();
            let sum = own.sum.plus(cell.sum).ok_or_else(|| Wrong(TOO_LARGE.to_owned()))?;
            *own = Cell { sum, rows: own.rows + cell.rows };
        }
        Ok(())
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.without_cost.to_le_bytes());
        bytes.extend_from_slice(&(self.cells.len() as u64).to_le_bytes());
        for ((month, service), cell) in &self.cells {
            bytes.extend_from_slice(&month.0.to_le_bytes());
            bytes.extend_from_slice(&service.to_le_bytes());
            bytes.extend_from_slice(&cell.sum.to_le_bytes());
            bytes.extend_from_slice(&cell.rows.to_le_bytes());
        }
    }

    /// What [`Totals::write`] wrote, and the bytes after it; none of anything else.
    fn read(bytes: &[u8]) -> Option<(Totals, &[u8])> {
        let (without_cost, bytes) = number(bytes)?;
        let (count, bytes) = number(bytes)?;
        let length = usize::try_from(count).ok()?.checked_mul(CELL)?;
        let (cells, rest) = bytes.split_at_checked(length)?;
        let mut totals = Totals { without_cost, ..Totals::default() };
        for cell in cells.chunks_exact(CELL) {
            let (month, cell) = cell.split_first_chunk::<4>()?;
            let (service, cell) = cell.split_first_chunk::<4>()?;
            let (sum, rows) = cell.split_first_chunk::<32>()?;
            let key = (Month(u32::from_le_bytes(*month)), u32::from_le_bytes(*service));
            totals.cells.insert(key, Cell { sum: i256::from_le_bytes(*sum), rows: number(rows)?.0 });
        }
        Some((totals, rest))
    }
}

/// Sums by currency; under an empty name those of rows that tell none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ByCurrency(pub(crate) BTreeMap<String, Totals>);

impl ByCurrency {
    /// These and others.
    ///
    /// # Errors
    /// A sum is beyond what it holds.
    pub(crate) fn merge(&mut self, other: ByCurrency) -> Result<(), Wrong> {
        other.0.into_iter().try_for_each(|(currency, totals)| self.add(currency, totals))
    }

    /// These and those of a currency.
    ///
    /// # Errors
    /// A sum is beyond what it holds.
    pub(crate) fn add(&mut self, currency: String, totals: Totals) -> Result<(), Wrong> {
        self.0.entry(currency).or_default().merge(totals)
    }

    /// As bytes, which [`ByCurrency::read`] reads.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (currency, totals) in &self.0 {
            bytes.extend_from_slice(&(currency.len() as u64).to_le_bytes());
            bytes.extend_from_slice(currency.as_bytes());
            totals.write(&mut bytes);
        }
        bytes
    }

    /// What [`ByCurrency::write`] wrote; none of anything else.
    pub(crate) fn read(mut bytes: &[u8]) -> Option<ByCurrency> {
        let mut all = ByCurrency::default();
        while !bytes.is_empty() {
            let (length, rest) = number(bytes)?;
            let (currency, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
            let (totals, rest) = Totals::read(rest)?;
            all.0.insert(String::from_utf8(currency.to_vec()).ok()?, totals);
            bytes = rest;
        }
        Some(all)
    }
}

fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    bytes.split_first_chunk::<8>().map(|(number, rest)| (u64::from_le_bytes(*number), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(sum: i256) -> Totals {
        let key = (Month::parse("2026-02").unwrap(), 1);
        Totals { cells: BTreeMap::from([(key, Cell { sum, rows: 3 })]), without_cost: 4 }
    }

    #[test]
    fn sums_are_read_as_they_were_written_and_nothing_else_is() {
        let mut all = ByCurrency::default();
        all.add("EUR".to_owned(), totals(i256::MIN)).unwrap();
        all.add(String::new(), totals(i256::MAX)).unwrap();
        let bytes = all.write();
        assert_eq!(ByCurrency::read(&bytes), Some(all));
        for end in [1, 9, bytes.len() - 1] {
            assert_eq!(ByCurrency::read(&bytes[..end]), None, "{end}");
        }
        assert_eq!(ByCurrency::read(&[]), Some(ByCurrency::default()));
    }

    #[test]
    fn sums_of_one_currency_add_up_and_what_does_not_is_refused() {
        let mut all = ByCurrency::default();
        for _ in 0..2 {
            all.add("EUR".to_owned(), totals(i256::from_i128(5))).unwrap();
        }
        assert_eq!((all.0["EUR"].rows(), all.0["EUR"].without_cost), (6, 8));
        assert_eq!(all.add("EUR".to_owned(), totals(i256::MAX)), Err(Wrong(TOO_LARGE.to_owned())));
    }
}
