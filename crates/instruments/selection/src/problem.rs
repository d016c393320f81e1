//! What there is to choose from, and within which limits.

use std::sync::Arc;

use kernel::{Currency, Quantity};

/// The key of a candidate, option, budget, capacity or share.
pub type Key = Arc<str>;

/// Candidates for funding and the limits on any set of them. The order of any list changes nothing, but that of
/// a candidate's outcomes: the same place is the same scenario for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Currency of every amount.
    pub currency: Currency,
    /// What may be funded.
    pub candidates: Vec<Candidate>,
    /// What may be spent, per year or per pot.
    pub budgets: Vec<Budget>,
    /// What else is scarce: people, windows for change.
    pub capacities: Vec<Capacity>,
    /// What must be in the set.
    pub mandatory: Vec<Pick>,
    /// What needs something else in the set.
    pub requires: Vec<Requires>,
    /// What may not be in the set together.
    pub excludes: Vec<Excludes>,
    /// Parts of a budget that must or may go to candidates with a tag.
    pub shares: Vec<Share>,
    /// Scenarios and the appetite for risk.
    pub risk: Option<Risk>,
}

/// Something that is funded wholly or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Key; without `/`.
    pub key: Key,
    /// Name; not used in any decision.
    pub name: String,
    /// Tags: at most one value per name, as `class` → `grow`, `objective` → `O-3`, `risk` → `high`.
    pub tags: Vec<(Key, Key)>,
    /// Ways to do it, at most one of which is chosen. Most candidates have one, with an empty key.
    pub options: Vec<Choice>,
}

/// One way to do a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Key, unique in its candidate; without `/`; empty where there is only one.
    pub key: Key,
    /// What it is worth.
    pub worth: Worth,
    /// Minor units by budget; negative where it frees money.
    pub costs: Vec<(Key, i64)>,
    /// Units by capacity; none negative.
    pub uses: Vec<(Key, Quantity)>,
}

/// What an option is worth, in minor units: its net present value, as a rule. May be negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// The same in every scenario.
    Certain(i64),
    /// By scenario; the mean, weighted as [`Risk::weights`], is what is maximised.
    Outcomes(Vec<i64>),
}

/// What may be spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Key, as `FY27`.
    pub key: Key,
    /// Minor units; zero or more.
    pub amount: i64,
}

/// What else is scarce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Key, as `ARCHITECTS`.
    pub key: Key,
    /// Unit in the plural, as `person days`.
    pub unit: String,
    /// Units there are; zero or more.
    pub amount: Quantity,
}

/// A candidate, or one of its options. Written `MAIL`, or `MAIL/cloud`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pick {
    /// The candidate.
    pub candidate: Key,
    /// The option; `None`: any.
    pub option: Option<Key>,
}

/// `from` only with `needs`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requires {
    /// What needs.
    pub from: Pick,
    /// What is needed.
    pub needs: Pick,
}

/// At most one of these.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Excludes {
    /// Two or more.
    pub among: Vec<Pick>,
}

/// The part of a budget that goes to candidates with a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Key.
    pub key: Key,
    /// Name of the tag, as `class`.
    pub tag: Key,
    /// Its value, as `grow`.
    pub value: Key,
    /// Of which budget; `None`: of all together.
    pub budget: Option<Key>,
    /// Of what the share is taken.
    pub of: Whole,
    /// At least this part, 0 to 1.
    pub at_least: Option<Quantity>,
    /// At most this part, 0 to 1.
    pub at_most: Option<Quantity>,
}

/// Of what a share is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Whole {
    /// Of the budget, spent or not.
    #[default]
    Budget,
    /// Of what the chosen set costs.
    Spent,
}

/// Scenarios and the appetite for risk, as conditional value at risk: the mean of the worst `tail` of outcomes of
/// the whole set (Rockafellar and Uryasev 2000). Higher is safer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The part of the probability that counts as the tail: above 0, at most 1; 0.05 is usual.
    pub tail: Quantity,
    /// How often each scenario counts, above 0; empty: all alike.
    pub weights: Vec<u32>,
    /// The least conditional value at risk that is acceptable, in minor units; `None`: any.
    pub at_least: Option<i64>,
}

impl Pick {
    /// Reads `MAIL` or `MAIL/cloud`.
    pub fn parse(text: &str) -> Pick {
        match text.split_once('/') {
            Some((candidate, option)) => Pick { candidate: candidate.into(), option: Some(option.into()) },
            None => Pick { candidate: text.into(), option: None },
        }
    }
}

impl std::fmt::Display for Pick {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.option {
            Some(option) if !option.is_empty() => write!(f, "{}/{option}", self.candidate),
            _ => f.write_str(&self.candidate),
        }
    }
}
