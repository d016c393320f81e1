//! What an exchange rate is.

use chrono::NaiveDate;
use kernel::{Currency, Decimal, Period};

/// What a rate is for (`domain.md` §3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum RateKind {
    /// Plans are made with it.
    Budget,
    /// Of one day.
    Transaction,
    /// Of a month; used where the source did not convert.
    Average,
    /// Of a month's end; for open money items.
    Closing,
}

impl RateKind {
    /// All kinds.
    pub const ALL: [RateKind; 4] =
        [RateKind::Budget, RateKind::Transaction, RateKind::Average, RateKind::Closing];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            RateKind::Budget => "budget",
            RateKind::Transaction => "transaction",
            RateKind::Average => "average",
            RateKind::Closing => "closing",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<RateKind> {
        RateKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Which way round a rate is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quoted {
    /// Units of the currency for one of the base: 1.1106 USD per 1 EUR.
    PerBase,
    /// Units of the base for one of the currency: 0.9004 EUR per 1 USD.
    BasePer,
}

impl Quoted {
    /// The word stored.
    pub const fn word(self) -> &'static str {
        match self {
            Quoted::PerBase => "per base",
            Quoted::BasePer => "base per",
        }
    }

    /// The way of that word.
    pub fn parse(word: &str) -> Option<Quoted> {
        [Quoted::PerBase, Quoted::BasePer].into_iter().find(|quoted| quoted.word() == word)
    }

    /// As people say it: “USD per 1 EUR”.
    pub fn says(self, currency: Currency, base: Currency) -> String {
        match self {
            Quoted::PerBase => format!("{currency} per 1 {base}"),
            Quoted::BasePer => format!("{base} per 1 {currency}"),
        }
    }
}

/// What a rate is valid for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ValidFor {
    /// One day.
    Day(NaiveDate),
    /// One period.
    Period(Period),
}

impl std::fmt::Display for ValidFor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ValidFor::Day(day) => write!(f, "{day}"),
            ValidFor::Period(period) => write!(f, "{period}"),
        }
    }
}

/// A rate as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The other currency.
    pub currency: Currency,
    /// The reporting currency.
    pub base: Currency,
    /// Which way round.
    pub quoted: Quoted,
    /// What for.
    pub kind: RateKind,
    /// When.
    pub valid_for: ValidFor,
    /// The number, greater than zero.
    pub rate: Decimal,
    /// Who says so.
    pub source: String,
}
