//! The ledger as a person would load it: files of the export "GL export v2", month by month.

mod capital;
mod cost;
mod income;
mod seed;
mod september;
mod sources;

use chrono::{Days, NaiveDate};
use kernel::{Currency, Decimal, Money, Period};

use crate::rates;
use crate::types::{AccountClass, Expected, LedgerFile};
use crate::years::{Years, written_months};

/// The header of "GL export v2". UTF-8, `;` between fields, no quotes, LF after every line.
///
/// | column | holds |
/// | --- | --- |
/// | Document, Line | number of the document and place in it: together the key of a row |
/// | Posting date | DD/MM/YYYY |
/// | Account, Cost centre | four digits; income and assets may have no cost centre |
/// | Supplier, Text | words |
/// | Amount, Currency | original amount, dot before two decimals |
/// | Amount EUR | in euros; not converted again. A file's control total is the sum of this column |
/// | Service, Customer | keys, where the line names them |
/// | Rate, Rate source | at which an amount in another currency was converted |
///
/// Debits are positive and credits negative, whatever the account: income is negative.
pub const LAYOUT: &str = "Document;Line;Posting date;Account;Cost centre;Supplier;Text;Amount;Currency;Amount EUR;Service;Customer;Rate;Rate source";

/// A row of the export.
#[derive(Clone, PartialEq)]
pub(crate) struct Row {
    document: String,
    line: usize,
    date: String,
    account: &'static str,
    cost_centre: &'static str,
    supplier: &'static str,
    text: String,
    amount: i64,
    currency: &'static str,
    euro_cents: i64,
    service: &'static str,
    customer: &'static str,
}

/// All files in the order they are loaded: of each month cost, then income, then capital.
/// September's cost comes in three: an early extract, the month, and four corrected rows.
pub(crate) fn files(years: Years) -> Vec<LedgerFile> {
    let mut all = Vec::new();
    for written in written_months() {
        let rows = cost::month(years, written);
        if Some(written) == Period::new(2026, 9) {
            all.extend(september::files(years, written, rows));
        } else {
            all.push(file(years, written, "gl", AccountClass::Cost, &rows));
        }
        let income = income::month(years, written);
        all.push(file(years, written, "income", AccountClass::Income, &income));
        let capital = capital::month(years, written);
        if !capital.is_empty() {
            all.push(file(years, written, "capital", AccountClass::Asset, &capital));
        }
    }
    all
}

/// A file in which every row is new, loaded on the second day of the next month.
fn file(years: Years, written: Period, kind: &str, class: AccountClass, rows: &[Row]) -> LedgerFile {
    let period = years.told(written);
    let total = rows.iter().map(|row| row.euro_cents).sum();
    LedgerFile {
        name: format!("{kind}-{period}.csv"),
        period,
        class,
        received: period.last_day() + Days::new(2),
        imported_by: "priya.venkataraman".into(),
        batch: None,
        csv_text: csv(rows, written),
        rows: rows.len(),
        control_total: Money::of_minor(total, Currency::EUR),
        expected: Expected { new: rows.len(), ..Expected::default() },
    }
}

/// The text of a file; the treasury converted what is not in euros at the average of the month.
fn csv(rows: &[Row], written: Period) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(120 * (rows.len() + 1));
    text.push_str(LAYOUT);
    text.push('\n');
    for row in rows {
        let currency = Currency::parse(row.currency).expect("a currency code");
        let amount = Money::of_minor(row.amount, currency).plain();
        let euros = Money::of_minor(row.euro_cents, Currency::EUR).plain();
        let rate = match row.currency {
            "EUR" => ";".to_owned(),
            code => {
                let rate = Decimal::new(rates::average(code, written), 4);
                format!("{rate};{code} per 1 EUR, month average, Larkfield treasury")
            }
        };
        writeln!(
            text,
            "{};{};{};{};{};{};{};{amount};{currency};{euros};{};{};{rate}",
            row.document,
            row.line,
            row.date,
            row.account,
            row.cost_centre,
            row.supplier,
            row.text,
            row.service,
            row.customer
        )
        .expect("writing to a string does not fail");
    }
    text
}

/// How the export writes a day.
fn export_date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// `KR2609`: the beginning of a month's document numbers.
fn document_prefix(years: Years, kind: &str, written: Period) -> String {
    let period = years.told(written);
    format!("{kind}{:02}{:02}", period.year() % 100, period.month())
}
