//! Why a problem has no answer: sentences that name what and where.

use std::fmt;

/// A problem that cannot be worked with as it is. One without any allowed set is no error but an answer:
/// [`crate::Outcome::Conflict`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The text is no problem of this schema: the place in the file and what is wrong there.
    Unreadable {
        /// Line and column, or the field.
        at: String,
        /// What is wrong.
        says: String,
    },
    /// The problem contradicts itself: the record and what is wrong with it.
    Problem {
        /// The record, as in `candidate MAIL`.
        at: String,
        /// What is wrong.
        says: String,
    },
    /// The question does not fit the problem: what, and what to do.
    Question(String),
    /// The callback said stop.
    Stopped,
    /// The solver failed. A fault of ours or of the solver, never of the problem.
    Solver(String),
}

impl Error {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Error::Unreadable { .. } => "problem_unreadable",
            Error::Problem { .. } => "problem_contradicts",
            Error::Question(_) => "question_does_not_fit",
            Error::Stopped => "stopped",
            Error::Solver(_) => "solver_failed",
        }
    }

    pub(crate) fn problem(at: impl Into<String>, says: impl Into<String>) -> Error {
        Error::Problem { at: at.into(), says: says.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable { at, says } | Error::Problem { at, says } => write!(f, "{at}: {says}."),
            Error::Question(says) => write!(f, "{says}."),
            Error::Stopped => f.write_str("Stopped before there was an answer."),
            Error::Solver(says) => write!(f, "The solver failed: {says}."),
        }
    }
}

impl std::error::Error for Error {}
