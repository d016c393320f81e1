//! A limit by its name, as answers speak of it.

use std::fmt;

use crate::{Excludes, Key, Pick, Requires};

/// One limit of a problem. That at most one option of a candidate is chosen is no limit but what options are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// No more than this budget.
    Budget(Key),
    /// No more than this capacity.
    Capacity(Key),
    /// This has to be in the set.
    Mandatory(Pick),
    /// One only with the other.
    Requires(Requires),
    /// At most one of these.
    Excludes(Excludes),
    /// The lower end of a share.
    ShareAtLeast(Key),
    /// The upper end of a share.
    ShareAtMost(Key),
    /// The least acceptable conditional value at risk.
    Risk,
}

impl Limit {
    /// A stable code of its kind.
    pub const fn code(&self) -> &'static str {
        match self {
            Limit::Budget(_) => "budget",
            Limit::Capacity(_) => "capacity",
            Limit::Mandatory(_) => "mandatory",
            Limit::Requires(_) => "requires",
            Limit::Excludes(_) => "excludes",
            Limit::ShareAtLeast(_) => "share_at_least",
            Limit::ShareAtMost(_) => "share_at_most",
            Limit::Risk => "risk",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Budget(key) => write!(f, "budget {key}"),
            Limit::Capacity(key) => write!(f, "capacity {key}"),
            Limit::Mandatory(pick) => write!(f, "{pick} is mandatory"),
            Limit::Requires(Requires { from, needs }) => write!(f, "{from} requires {needs}"),
            Limit::Excludes(Excludes { among }) => {
                let names: Vec<String> = among.iter().map(Pick::to_string).collect();
                write!(f, "at most one of {}", names.join(", "))
            }
            Limit::ShareAtLeast(key) => write!(f, "share {key}, at least"),
            Limit::ShareAtMost(key) => write!(f, "share {key}, at most"),
            Limit::Risk => f.write_str("the risk appetite"),
        }
    }
}
