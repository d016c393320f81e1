//! Accounts, pools, rates and budgets.

use chrono::NaiveDate;
use kernel::{Currency, Money, Period};

/// An account of the ledger.
#[derive(Clone, Debug)]
pub struct Account {
    /// Four digits.
    pub number: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: AccountClass,
    /// Cost element, for cost accounts: one per account, grouped by pool.
    pub cost_element: Option<String>,
    /// Whether its cost moves with volume.
    pub variable: bool,
    /// Whether its lines name one service directly.
    pub direct: bool,
}

/// What an account holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the four classes of `domain.md` §3")]
pub enum AccountClass {
    Cost,
    Income,
    Asset,
    Balance,
}

/// A cost pool.
#[derive(Clone, Debug)]
pub struct Pool {
    /// `LABOUR`: how rules name it.
    pub key: String,
    /// `Internal labour`.
    pub name: String,
}

/// Lines that fit go to the pool.
#[derive(Clone, Debug)]
pub struct MappingRule {
    /// `M-01`.
    pub key: String,
    /// Name.
    pub name: String,
    /// Lower is asked first.
    pub order: u32,
    /// First and last account, both in.
    pub accounts: (String, String),
    /// First and last cost centre, both in; all where none.
    pub cost_centres: Option<(String, String)>,
    /// Pool key.
    pub pool: String,
}

/// A rate of exchange to the euro.
#[derive(Clone, Debug)]
pub struct ExchangeRate {
    /// Month.
    pub period: Period,
    /// The other currency.
    pub currency: Currency,
    /// Average of the month or closing.
    pub kind: RateKind,
    /// How many units of `currency` one euro is: 1.07.
    pub units_per_euro: kernel::Decimal,
    /// Its date: the month's last day.
    pub date: NaiveDate,
    /// `Larkfield treasury`.
    pub source: String,
}

/// Which rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateKind {
    /// Mean of the month: what original amounts are converted at.
    Average,
    /// Of the last day: for open money items.
    Closing,
}

/// Budgeted cost.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Month.
    pub period: Period,
    /// Pool key.
    pub pool: String,
    /// Amount.
    pub amount: Money,
}

/// Capital planned.
#[derive(Clone, Debug)]
pub struct CapitalPlan {
    /// Key of the preparation.
    pub service: String,
    /// Fiscal year, named by its last calendar year.
    pub fiscal_year: i32,
    /// Amount.
    pub amount: Money,
}
