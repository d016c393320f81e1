//! Why there is no reading: sentences that name what is wrong and what to do.

use std::fmt;

/// Input from which nothing can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Confidence that is not strictly between 0 and 1.
    Level(String),
    /// More successes than trials, or no trials.
    Counts {
        /// How many of them.
        some: u64,
        /// How many in all.
        all: u64,
    },
    /// An answer that the scale does not have.
    Answer {
        /// Which answer, counted from 1.
        row: usize,
        /// What was answered.
        answer: String,
        /// The scale, as in `0 to 10`.
        scale: String,
    },
    /// More answers than people who were invited.
    Invited {
        /// Answers.
        answers: u64,
        /// Invited people.
        invited: u64,
    },
    /// Two readings that no trend may join.
    AnotherQuestion {
        /// In what the two differ: subject, scale or wording.
        differs: &'static str,
        /// There before.
        before: String,
        /// There now.
        after: String,
    },
    /// Too few answers for what is asked.
    TooFew {
        /// What was asked for.
        what: &'static str,
        /// Answers there are.
        answers: u64,
        /// Answers it takes.
        needed: u64,
    },
    /// A table whose rows do not have the same number of cells.
    Ragged {
        /// The row, counted from 1.
        row: usize,
        /// Cells it has.
        cells: usize,
        /// Cells the first row has.
        first: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Level(level) => {
                write!(f, "A level of {level} is not between 0 and 1: give 0.95 for 95 %.")
            }
            Error::Counts { some: _, all: 0 } => {
                f.write_str("There are no answers: a share needs at least one.")
            }
            Error::Counts { some, all } => {
                write!(f, "{some} of {all} answers cannot be: the part is larger than the whole.")
            }
            Error::Answer { row, answer, scale } => {
                write!(
                    f,
                    "Answer {row}: {answer} is not on the scale from {scale}; leave out who did not answer."
                )
            }
            Error::Invited { answers, invited } => write!(
                f,
                "{answers} answers of {invited} invited people cannot be: give the number of people invited."
            ),
            Error::AnotherQuestion { differs, before, after } => write!(
                f,
                "The {differs} was “{before}” and is “{after}”: a trend never crosses that, so begin a new one."
            ),
            Error::TooFew { what, needed: 1, .. } => {
                write!(f, "{what} needs at least one answer; there is none.")
            }
            Error::TooFew { what, answers, needed } => {
                write!(f, "{what} needs at least {needed} answers; there are {answers}.")
            }
            Error::Ragged { row, cells, first } => {
                write!(
                    f,
                    "Row {row} has {cells} cells and the first row {first}: write 0 where nobody answered."
                )
            }
        }
    }
}

impl std::error::Error for Error {}
