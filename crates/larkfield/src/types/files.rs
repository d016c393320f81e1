//! Ledger files, and the work people did on the months: closing, promising, explaining.

use chrono::NaiveDate;
use kernel::{Money, Period};

use super::AccountClass;

/// A file of ledger lines in the layout of [`crate::LAYOUT`].
#[derive(Clone, Debug)]
pub struct LedgerFile {
    /// `gl-2026-09.csv`.
    pub name: String,
    /// Month of its lines.
    pub period: Period,
    /// Which class of account its lines are on.
    pub class: AccountClass,
    /// The day it is loaded.
    pub received: NaiveDate,
    /// Who loads it.
    pub imported_by: String,
    /// The number its batch has in the story, where a screen names it.
    pub batch: Option<&'static str>,
    /// The text, with a header row.
    pub csv_text: String,
    /// Rows without the header.
    pub rows: usize,
    /// Sum of the column `Amount EUR` over all its rows, also those to be rejected; negative for income.
    pub control_total: Money,
    /// What a careful import finds in it.
    pub expected: Expected,
}

/// What a careful import finds in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Rows not seen before.
    pub new: usize,
    /// Rows with the document and line of an earlier one, equal in everything.
    pub already_there: usize,
    /// Rows with the document and line of an earlier one, different in something; to be replaced.
    pub changed: usize,
    /// Rows that cannot be read.
    pub rejected: Vec<ExpectedReject>,
}

/// A row that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedReject {
    /// Line of the file, the header being line 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

/// How a month was closed.
#[derive(Clone, Debug)]
pub struct Close {
    /// Month.
    pub period: Period,
    /// Who prepared it, and when.
    pub prepared: (String, NaiveDate),
    /// Who signed it, and when: another person.
    pub signed: (String, NaiveDate),
    /// Who closed it, and when: not the importer.
    pub closed: (String, NaiveDate),
    /// Opened again while soft-closed, before the statements went out.
    pub reopened: Option<Reopened>,
    /// The day its statements were issued.
    pub statements_issued: NaiveDate,
    /// Who accepted a statement, for whom, when; the others lapsed or are still open.
    pub accepted: Vec<(String, String, NaiveDate)>,
}

/// A month opened again and closed again.
#[derive(Clone, Debug)]
pub struct Reopened {
    /// Who asked.
    pub by: String,
    /// The second person.
    pub with: String,
    /// When.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
    /// When it was closed again.
    pub closed_again: NaiveDate,
}

/// A figure promised when a service was taken over, marked "no case".
#[derive(Clone, Debug)]
pub struct Promise {
    /// Service key.
    pub service: String,
    /// Fiscal year it is for, named by its last calendar year.
    pub fiscal_year: i32,
    /// What is promised.
    pub measure: PromiseMeasure,
    /// The promised value, in the measure's unit; an exact decimal.
    pub promised: kernel::Decimal,
    /// Unit in words: `EUR`, `EUR per subscriber and month`, `%`.
    pub unit: String,
    /// Whether lower is better.
    pub lower_is_better: bool,
    /// Key of the person who answers for it.
    pub owner: String,
    /// How it was found, for the page.
    pub basis: String,
}

/// What a promise is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromiseMeasure {
    /// Cost of the service over the year. Source: cost of the service.
    YearlyCost,
    /// Yearly cost ÷ sum of the months' quantities of this driver. Source: cost and driver.
    UnitCost {
        /// Driver key.
        driver: String,
    },
    /// A level of an offering. Source: results that arrive from service level management.
    ServiceLevel {
        /// `availability`.
        measure: String,
    },
}

/// Why a pool was off its budget in a month.
#[derive(Clone, Debug)]
pub struct Commentary {
    /// Month.
    pub period: Period,
    /// Pool key.
    pub pool: String,
    /// Cause in a word: `price`, `volume`, `timing`, `one-off`.
    pub cause: &'static str,
    /// The sentence.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// Who confirmed it; none where it still waits.
    pub confirmed_by: Option<String>,
}
