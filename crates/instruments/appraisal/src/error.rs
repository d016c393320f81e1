//! Why something cannot be appraised: sentences that name what, where, and what to do.

use std::fmt;

/// Input that has no answer as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The text is no case: the place in the file and what is wrong there.
    Unreadable {
        /// Line and column, or the field.
        at: String,
        /// What is wrong.
        says: String,
    },
    /// The case contradicts itself: the record and what is wrong with it.
    Case {
        /// The record, as in `line new-revenue`.
        at: String,
        /// What is wrong.
        says: String,
    },
    /// A rate of −100 % or less, or none at all.
    Rate(f64),
    /// There is nothing to appraise.
    NoFlows,
    /// A flow that is no number.
    NotFinite,
    /// The modified rate needs an outflow and an inflow.
    OneSided,
    /// A simulation of no trials.
    NoTrials,
    /// A simulation would keep more values than memory should hold.
    TooLarge {
        /// Values it would keep: of every trial each period and the worth, of those judged every input.
        values: u128,
        /// The most it may keep.
        most: u128,
    },
}

impl Error {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Error::Unreadable { .. } => "case_unreadable",
            Error::Case { .. } => "case_contradicts",
            Error::Rate(_) => "rate_out_of_range",
            Error::NoFlows => "no_flows",
            Error::NotFinite => "flow_not_finite",
            Error::OneSided => "flows_one_sided",
            Error::NoTrials => "no_trials",
            Error::TooLarge { .. } => "simulation_too_large",
        }
    }

    pub(crate) fn case(at: impl Into<String>, says: impl Into<String>) -> Error {
        Error::Case { at: at.into(), says: says.into() }
    }

    pub(crate) fn unreadable(at: impl Into<String>, says: impl Into<String>) -> Error {
        Error::Unreadable { at: at.into(), says: says.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable { at, says } | Error::Case { at, says } => write!(f, "{at}: {says}."),
            Error::Rate(rate) => write!(
                f,
                "A rate of {rate} does not discount: give a number above -1, such as 0.09 for 9 %."
            ),
            Error::NoFlows => f.write_str("There are no flows: give at least one amount."),
            Error::NotFinite => f.write_str("A flow is no finite number: give amounts such as -10000 or 12.5."),
            Error::OneSided => f.write_str(
                "The modified rate of return needs at least one outflow (negative) and one inflow (positive).",
            ),
            Error::NoTrials => f.write_str("No trials: ask for at least one."),
            Error::TooLarge { values, most } => write!(
                f,
                "The simulation would keep {values} values and may keep {most}: ask for fewer trials, or \
                 give fewer periods."
            ),
        }
    }
}

impl std::error::Error for Error {}
