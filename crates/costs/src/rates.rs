//! Conversion into one currency: a rate by currency and month, each with where it is from.

use std::collections::HashMap;

use arrow::datatypes::i256;
use calc::Stop;
use num_bigint::BigInt;
use serde::Serialize;

use crate::month::Month;
use crate::plan::cells::{Cell, TOO_LARGE};
use crate::plan::totals::{ByCurrency, Totals};
use crate::table::Table;
use crate::usage::cost::{self, spoken};
use crate::wrong::Wrong;

/// Rates of a file.
#[derive(Debug, Clone)]
pub(crate) struct Rates {
    file: String,
    /// What is converted into.
    pub(crate) into: String,
    /// By currency and month.
    rates: HashMap<(String, Month), Rate>,
}

/// What one unit of a currency is in the other, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rate {
    /// In units of 10⁻³⁸.
    rate: i256,
    source: String,
}

/// What rows of one currency and month came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Converted {
    currency: String,
    month: String,
    rows: u64,
    total: String,
    rate: String,
    source: String,
    converted: String,
}

impl Rates {
    /// Reads a table with the columns currency, month, rate and source.
    ///
    /// # Errors
    /// A column is missing, a cell is none of its kind, or two rows are of one currency and month.
    pub(crate) fn read(file: &str, into: &str) -> Result<Rates, Stop> {
        let mut table = Table::open(file)?;
        let [currency, month, rate, source] =
            ["currency", "month", "rate", "source"].map(|name| table.column(name));
        let (currency, month, rate, source) = (currency?, month?, rate?, source?);
        let mut rates = HashMap::new();
        while let Some(part) = table.next()? {
            let months = part.each(month, |text| {
                Month::parse(text).ok_or_else(|| format!("“{text}” is no month. Write it as 2026-09"))
            })?;
            let numbers = part.each(rate, |text| {
                let rate = cost::of_text(text).filter(|rate| rate.is_positive());
                rate.ok_or_else(|| format!("“{text}” is no rate. Write it as 0.9215"))
            })?;
            let sources = part.each(source, |text| Ok(text.to_owned()))?;
            let keys = part.each(currency, |text| Ok(text.to_owned()))?.into_iter().zip(months);
            let found = numbers.into_iter().zip(sources).map(|(rate, source)| Rate { rate, source });
            for (row, (key, found)) in keys.zip(found).enumerate() {
                if rates.insert(key, found).is_some() {
                    return Err(part
                        .wrong(row, currency, "has a rate for that month already. Keep one")
                        .into());
                }
            }
        }
        Ok(Rates { file: file.to_owned(), into: into.to_owned(), rates })
    }

    /// The sums in one currency, and what each of the others came to. A sum is exact, and so is what it comes to, to 38
    /// decimals; nothing is rounded to cents.
    ///
    /// # Errors
    /// A rate is missing, rows tell no currency, or an amount is beyond what it holds.
    pub(crate) fn convert(&self, sums: ByCurrency) -> Result<(Totals, Vec<Converted>), Wrong> {
        let (mut all, mut told) = (Totals::default(), Vec::new());
        for (currency, mut totals) in sums.0 {
            if currency.is_empty() {
                let rows = totals.rows();
                return Err(Wrong(format!(
                    "{rows} rows tell no currency, so that they cannot be converted. Name its column (--currency)."
                )));
            }
            if currency != self.into {
                told.extend(self.month_by_month(&currency, &mut totals)?);
            }
            all.merge(totals)?;
        }
        Ok((all, told))
    }

    /// Converts the sums of a currency.
    fn month_by_month(&self, currency: &str, totals: &mut Totals) -> Result<Vec<Converted>, Wrong> {
        let mut months: Vec<Month> = totals.cells.keys().map(|(month, _)| *month).collect();
        months.dedup();
        let mut told = Vec::new();
        for month in months {
            let rate = self.rates.get(&(currency.to_owned(), month)).ok_or_else(|| {
                Wrong(format!(
                    "{} has no rate for {currency} in {month}. Add a line: {currency},{month}, what one of it is in {}, and where that is from.",
                    self.file, self.into
                ))
            })?;
            let (mut before, mut after) = (Cell::default(), Cell::default());
            for (_, cell) in totals.cells.range_mut((month, 0)..=(month, u32::MAX)) {
                let came = converted(cell.sum, rate.rate)?;
                before = Cell { sum: plus(before.sum, cell.sum)?, rows: before.rows + cell.rows };
                after = Cell { sum: plus(after.sum, came)?, rows: before.rows };
                cell.sum = came;
            }
            told.push(Converted {
                currency: currency.to_owned(),
                month: month.to_string(),
                rows: before.rows,
                total: spoken(before.sum),
                rate: spoken(rate.rate),
                source: rate.source.clone(),
                converted: spoken(after.sum),
            });
        }
        Ok(told)
    }
}

fn plus(sum: i256, more: i256) -> Result<i256, Wrong> {
    sum.checked_add(more).ok_or_else(too_large)
}

fn too_large() -> Wrong {
    Wrong(TOO_LARGE.to_owned())
}

/// An amount times a rate, both in units of 10⁻³⁸; beyond that, half away from zero.
fn converted(amount: i256, rate: i256) -> Result<i256, Wrong> {
    let big = |number: i256| BigInt::from_signed_bytes_le(&number.to_le_bytes());
    let one = big(cost::power(u32::from(cost::DECIMALS)).ok_or_else(too_large)?);
    let (amount, rate) = (big(amount), big(rate));
    let half: BigInt = &one / 2;
    let half = if amount.sign() == num_bigint::Sign::Minus { -half } else { half };
    let came: BigInt = (amount * rate + half) / one;
    i256::from_string(&came.to_string()).ok_or_else(too_large)
}

impl Converted {
    /// Whether its rows are of that month.
    pub(crate) fn is_of(&self, month: Month) -> bool {
        self.month == month.to_string()
    }

    /// In a sentence.
    pub(crate) fn says(&self, into: &str) -> String {
        let Converted { currency, month, rows, total, rate, source, converted } = self;
        format!("{rows} rows of {month}: {total} {currency} at {rate} ({source}) are {converted} {into}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(amount: &str, rate: &str) -> String {
        converted(cost::of_text(amount).unwrap(), cost::of_text(rate).unwrap())
            .map_or_else(|wrong| wrong.0, spoken)
    }

    /// Multiplied with `bc`.
    #[test]
    fn an_amount_is_converted_to_its_last_decimal() {
        for (amount, rate, came) in [
            ("100.00", "0.9215", "92.15"),
            ("-0.00060909750", "0.9215", "-0.00056128334625"),
            ("16.29693213663664462748541900", "1.0837", "17.6609853564731317828059485703"),
            ("0.00000000000000000000000000000000000001", "0.5", "0.00000000000000000000000000000000000001"),
            ("-0.00000000000000000000000000000000000001", "0.5", "-0.00000000000000000000000000000000000001"),
            ("0.00000000000000000000000000000000000001", "0.4", "0.00"),
            ("99999999999999999999999999999999999999", "1000", TOO_LARGE),
        ] {
            assert_eq!(times(amount, rate), came, "{amount} {rate}");
        }
    }
}
