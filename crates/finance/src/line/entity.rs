//! What a line of the general ledger is once it was read.

use chrono::NaiveDate;
use kernel::{Money, Period};
use ledger::Class;

/// What a line counts as: the class of its account, unless the file says otherwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LineKind {
    /// IT cost: what the ledger total is the sum of.
    Cost,
    /// Income: a credit, so negative.
    Income,
    /// Capital spend: an asset in construction.
    Asset,
    /// The other side in a file that holds a whole ledger.
    Balance,
}

impl LineKind {
    /// All kinds.
    pub const ALL: [LineKind; 4] = [LineKind::Cost, LineKind::Income, LineKind::Asset, LineKind::Balance];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            LineKind::Cost => "cost",
            LineKind::Income => "income",
            LineKind::Asset => "asset",
            LineKind::Balance => "balance",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<LineKind> {
        LineKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What lines of an account of `class` are.
    pub const fn of(class: Class) -> LineKind {
        match class {
            Class::Cost => LineKind::Cost,
            Class::Income => LineKind::Income,
            Class::Asset => LineKind::Asset,
            Class::Balance => LineKind::Balance,
        }
    }

    /// The class of an account made for such a line.
    pub const fn class(self) -> Class {
        match self {
            LineKind::Cost => Class::Cost,
            LineKind::Income => Class::Income,
            LineKind::Asset => Class::Asset,
            LineKind::Balance => Class::Balance,
        }
    }
}

/// How an amount came into the reporting currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// It came in it.
    None,
    /// The source converted it, at the rate it names, if it names one.
    BySource {
        /// The rate as the source writes it.
        rate: Option<String>,
        /// Where the source has it from.
        source: Option<String>,
    },
    /// By the average of its period.
    Average {
        /// The rate for people: `1.1106`.
        rate: String,
        /// Which way round, with its source: `USD per 1 EUR, ECB, mean of 21 days`.
        source: String,
    },
}

/// A line read from a file, not stored yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// The period it is counted in.
    pub period: Period,
    /// The closed period it belongs to, where it came late.
    pub corrects: Option<Period>,
    /// Day of posting; the last of its period where the file has none.
    pub posted_on: NaiveDate,
    /// The period was given for the file, not by the line.
    pub period_assumed: bool,
    /// What it counts as.
    pub kind: LineKind,
    /// Account code.
    pub account: String,
    /// Name for the account, where the file has it and the account is to be made.
    pub account_name: Option<String>,
    /// Cost centre code.
    pub cost_centre: Option<String>,
    /// Cost element.
    pub cost_element: Option<String>,
    /// Supplier.
    pub supplier: Option<String>,
    /// Document number.
    pub document: Option<String>,
    /// Line of the document.
    pub document_line: Option<String>,
    /// Text.
    pub description: Option<String>,
    /// Key of the service it is for, where the ledger knows.
    pub service: Option<String>,
    /// Key of the customer it is for, where the ledger knows.
    pub customer: Option<String>,
    /// An accrual.
    pub estimate: bool,
    /// As the source wrote it; debit positive.
    pub original: Money,
    /// In the reporting currency; debit positive.
    pub amount: Money,
    /// How it came there.
    pub conversion: Conversion,
}
