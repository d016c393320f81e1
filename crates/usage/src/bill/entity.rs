//! What a summary of a bill says, and what a bill is once it was read.

use kernel::{BillId, Currency, Period, PersonId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;

/// Of which cost of its rows a bill is the sum.
pub(super) const BASES: [&str; 2] = ["billed", "effective"];

/// What becomes of what no rule matched.
pub(super) const UNMATCHED: [&str; 2] = ["spread", "keep"];

/// A bill as who has its files summed it up. Amounts are exact decimals in its own currency, as text.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Summary {
    /// Key of the supplier: 2 to 12 capital letters and digits, `AWS`.
    pub supplier: String,
    /// The month it is of, `2026-09`.
    pub period: String,
    /// Which cost was summed: `billed` or `effective`.
    #[schemars(extend("enum" = BASES))]
    pub basis: String,
    /// Its currency, `USD`.
    pub currency: String,
    /// What becomes of what no rule matched: `spread` in proportion, or `keep` as a named residual.
    #[serde(default = "spread")]
    #[schemars(extend("enum" = UNMATCHED))]
    pub unmatched: String,
    /// The supplier as ledger lines write it; the key where it is left out. Asked only for a supplier's first bill.
    #[serde(default)]
    pub ledger_supplier: Option<String>,
    /// The files read.
    pub files: Vec<FileRead>,
    /// Rows that count, those without a cost too.
    pub rows: i64,
    /// What they sum to.
    pub total: String,
    /// First day of a charge.
    pub first_day: String,
    /// Last day of a charge.
    pub last_day: String,
    /// Which column stood for what.
    #[serde(default)]
    pub columns: Vec<ColumnFound>,
    /// Rows that do not count, with why.
    #[serde(default)]
    pub refused: Vec<RefusedRows>,
    /// Sums by service, of every service that a rule names.
    pub services: Vec<ServiceSum>,
    /// Rows that no rule matched.
    #[serde(default)]
    pub unmatched_rows: i64,
    /// What they sum to.
    #[serde(default = "zero")]
    pub unmatched_total: String,
    /// The rules that led rows to services, whole, so that the bill can be read again.
    #[serde(default)]
    pub rules: Vec<RuleText>,
}

fn spread() -> String {
    "spread".to_owned()
}

fn zero() -> String {
    "0".to_owned()
}

/// A file of a bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct FileRead {
    /// Where it was.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its rows.
    pub rows: i64,
}

/// A column and what it stood for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ColumnFound {
    /// What for: `cost`, `time`, `account`, `tag` …
    pub role: String,
    /// The column's name in the files.
    pub name: String,
}

/// Rows that do not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct RefusedRows {
    /// Why, in a few words.
    pub reason: String,
    /// How many.
    pub rows: i64,
    /// What they sum to.
    pub total: String,
}

/// What a service's rows sum to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct ServiceSum {
    /// Key of the service or cost object.
    pub service: String,
    /// Its rows.
    pub rows: i64,
    /// What they sum to.
    pub total: String,
}

/// A file of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct RuleText {
    /// The kind of rules it holds: `tag`, `account` …
    pub kind: String,
    /// The file's name.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A summary once it was read: in order, adding up, of services there are.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub supplier: String,
    pub period: Period,
    pub currency: Currency,
    pub spread: bool,
    pub total: Exact,
    /// By service; the empty key is what no rule matched.
    pub sums: Vec<Sum>,
    /// Of everything the sums come from, and of the sums.
    pub digest: String,
    pub rules_digest: String,
}

/// What a service's rows sum to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub service: String,
    pub rows: i64,
    pub total: Exact,
}

/// Whether a bill counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It counts.
    Live,
    /// A later version took its place.
    Replaced,
    /// It was taken back.
    Reverted,
}

impl State {
    pub(super) const ALL: [State; 3] = [State::Live, State::Replaced, State::Reverted];

    pub(super) const fn word(self) -> &'static str {
        match self {
            State::Live => "live",
            State::Replaced => "replaced",
            State::Reverted => "reverted",
        }
    }

    pub(super) fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What every step of a bill's life is decided by.
#[derive(Clone, Debug)]
pub(super) struct Bill {
    pub id: BillId,
    pub version: i64,
    pub number: i64,
    pub supplier: String,
    pub belongs: Period,
    pub lands: Period,
    pub edition: i64,
    pub state: State,
    pub digest: String,
    pub replaced_by: Option<BillId>,
    pub reverted: Option<(PersonId, String)>,
    pub reason: Option<String>,
}

impl Bill {
    /// `BILL-7`.
    pub(super) fn label(&self) -> String {
        super::label(self.number)
    }
}
