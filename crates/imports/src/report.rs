//! What an import found and did: the check page, the answer of the API and the lines of the command
//! line are all made of it.

use std::collections::BTreeMap;

use kernel::{Currency, Fault, Money, Quantity};
use serde::{Deserialize, Serialize};

use crate::Change;

/// Rejected lines kept in a report; beyond, they are only counted there (a written batch keeps all).
pub const REJECTS_KEPT: usize = 10_000;
/// Changed lines shown with old and new values.
pub const CHANGES_SHOWN: usize = 100;
/// Lines shown raw beside parsed.
pub const SAMPLES: usize = 5;

/// Everything found in a file, and what was done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// `quarterdeck.import-report.v1`.
    pub schema: String,
    /// Kind of the target: `gl`.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_digest: String,
    /// Number of the batch, where there is one.
    pub batch: Option<String>,
    /// Whether it was written.
    pub written: bool,
    /// Lines of data.
    pub lines: i64,
    /// The file's total as read, one entry per currency; empty where nothing is summed.
    pub totals: Vec<Total>,
    /// Sum of every other column of figures that is read, by label.
    pub sums: Vec<Sum>,
    /// The total by what its lines are, where those do not add up: cost and income.
    #[serde(default)]
    pub parts: Vec<Sum>,
    /// The total the person entered.
    pub control_total: Option<String>,
    /// Total − control total, where that is not nothing.
    pub difference: Option<String>,
    /// How the file was read.
    pub formats: Said,
    /// Lines that can be written.
    pub new: Group,
    /// Lines already imported.
    pub known: Group,
    /// Lines that are there with other values.
    pub changed: Group,
    /// Lines that cannot be written.
    pub rejected: Group,
    /// Lines that were written.
    pub taken: Group,
    /// Why lines were rejected, most lines first.
    pub reasons: Vec<Reason>,
    /// The first changed lines, old → new.
    pub changes: Vec<ChangedLine>,
    /// The first lines raw beside parsed.
    pub samples: Vec<Sample>,
    /// The first rejected lines as they stand in the file.
    pub rejects: Vec<RejectedLine>,
    /// Names of the file's columns.
    pub columns: Vec<String>,
    /// Anything a careful person wants to know: lines left out, equal lines, the file's own total.
    pub notes: Vec<String>,
    /// What the file itself proves about its formats.
    pub findings: Vec<String>,
    /// What is asked about the file and not answered yet.
    pub questions: Vec<Asked>,
    /// Columns without a name that hold something.
    #[serde(default)]
    pub unnamed: Vec<Unnamed>,
    /// No line rejected, none changed and left, nothing open that must be answered, and the total is
    /// the control total.
    pub clean: bool,
}

/// A column the file does not name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unnamed {
    /// `column 8`.
    pub name: String,
    /// Its place, from 0.
    pub place: usize,
    /// Lines with a value in it.
    pub filled: i64,
    /// Its first values.
    pub examples: Vec<String>,
}

/// A sum in one currency, or of quantities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// `EUR`; empty for quantities.
    pub currency: String,
    /// `7563248.11`.
    pub amount: String,
    /// `€7,563,248.11`.
    pub says: String,
}

/// A column's sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Key of the field.
    pub field: String,
    /// What people read.
    pub label: String,
    /// Its sum.
    pub total: Total,
}

/// How a file was read, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// `.` or `,`.
    pub decimal: String,
    /// What groups thousands; empty for nothing.
    pub thousands: String,
    /// `D/M/Y`.
    pub dates: String,
    /// `as written` or `reversed`.
    pub sign: String,
    /// Name of the saved profile, where one was used.
    pub profile: Option<String>,
    /// The sheet of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
}

/// Some of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// How many.
    pub lines: i64,
    /// Their total, per currency.
    pub totals: Vec<Total>,
}

/// Why lines were rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// First line with it.
    pub line: i64,
    /// How many lines have it.
    pub lines: i64,
    /// `cost centre 7719 unknown`.
    pub says: String,
}

/// A line that is there with other values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// Its line in this file.
    pub line: i64,
    /// The batch it was written by, where lines are known by batches.
    pub batch: Option<String>,
    /// Its fields, old → new.
    pub changes: Vec<Change>,
}

/// A line raw beside parsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Its line.
    pub line: i64,
    /// Cells as they stand in the file, in the order of `columns`.
    pub raw: Vec<String>,
    /// Field key → value as our own files write it; a line that cannot be read has none.
    pub parsed: BTreeMap<String, String>,
    /// Why it cannot be read.
    pub wrong: Option<String>,
}

/// A rejected line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedLine {
    /// Its line.
    pub line: i64,
    /// Its cells as they stand in the file.
    pub cells: Vec<String>,
    /// Why.
    pub reason: String,
}

/// A question about the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The setting that answers it: `date_order`.
    pub setting: String,
    /// The question.
    pub asks: String,
    /// Answers to choose from.
    pub options: Vec<String>,
    /// Nothing is written before it is answered.
    pub must_answer: bool,
}

/// Sums per currency; `None` is quantities.
pub(crate) type Totals = BTreeMap<Option<Currency>, i128>;

/// Sums for the report.
pub(crate) fn told(totals: &Totals) -> Result<Vec<Total>, Fault> {
    totals.iter().map(|(currency, sum)| total(*currency, *sum)).collect()
}

fn total(currency: Option<Currency>, sum: i128) -> Result<Total, Fault> {
    let sum = i64::try_from(sum).map_err(|error| Fault::new("adding up a file", error))?;
    Ok(match currency {
        Some(currency) => {
            let money = Money::of_minor(sum, currency);
            Total { currency: currency.code().to_owned(), amount: money.plain(), says: money.spoken() }
        }
        None => {
            let quantity = Quantity::of_millionths(sum);
            Total { currency: String::new(), amount: quantity.plain(), says: quantity.grouped() }
        }
    })
}

/// `8,412`.
pub fn grouped(count: i64) -> String {
    Quantity::of_units(count).grouped()
}

impl Report {
    /// With what was found and asked before its lines were looked at.
    pub(crate) fn after(self, earlier: Report) -> Report {
        let Report { questions, findings, unnamed, .. } = earlier;
        Report { questions, findings, unnamed, ..self }
    }

    /// Questions without whose answer nothing is written.
    pub fn open_questions(&self) -> impl Iterator<Item = &Asked> {
        self.questions.iter().filter(|question| question.must_answer)
    }

    /// The first rejected lines as a file, with their line and the reason behind.
    pub fn reject_file(&self) -> String {
        crate::batch::render_rejects(&self.columns, &self.rejects)
    }
}
