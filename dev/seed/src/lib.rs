//! A made-up organisation of any size, as an import pack: what pages and commands are measured on.
//!
//! The same size gives the same files. Nothing goes around the product: the pack is imported like any other,
//!
//! ```text
//! cargo run --release -p seed -- /tmp/big --services 2000 --customers 500 --lines 500000
//! quarterdeck --db /tmp/big.db import pack /tmp/big
//! ```

mod pack;
mod tables;

use std::fs;
use std::io;
use std::path::Path;

/// How big the organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Services, each with one offering.
    pub services: usize,
    /// Customers.
    pub customers: usize,
    /// Ledger lines over all months.
    pub lines: usize,
    /// Months with a ledger, the last being October 2026.
    pub months: usize,
}

impl Size {
    /// The size the pages are held to: 2,000 services, 500 customers, 500,000 lines of 24 months.
    pub const HELD_TO: Size = Size { services: 2_000, customers: 500, lines: 500_000, months: 24 };

    /// The months, oldest first, as `2026-10`.
    #[must_use]
    pub fn periods(&self) -> Vec<String> {
        let last = 2026 * 12 + 9;
        (last + 1 - self.months..=last).map(|month| format!("{}-{:02}", month / 12, month % 12 + 1)).collect()
    }
}

/// Writes the pack into `folder`, which is made where it is not there.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(folder: &Path, size: &Size) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("pack.toml"), pack::text(size))?;
    for (name, text) in tables::all(size) {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_in_october_2026_and_run_over_the_turn_of_the_year() {
        let size = Size { months: 24, ..Size::HELD_TO };
        let periods = size.periods();
        assert_eq!((periods.len(), periods[0].as_str(), periods[23].as_str()), (24, "2024-11", "2026-10"));
        assert_eq!(periods[2], "2025-01");
    }

    #[test]
    fn every_line_asked_for_is_in_some_month() {
        let size = Size { services: 20, customers: 10, lines: 1_003, months: 3 };
        let lines: usize = tables::all(&size)
            .iter()
            .filter(|(name, _)| name.starts_with("ledger-"))
            .map(|(_, text)| text.lines().count() - 1)
            .sum();
        assert_eq!(lines, 1_003);
    }
}
