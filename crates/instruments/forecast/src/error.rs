//! Why there is no forecast: what, where, and what to do.

use std::fmt;

/// What is wrong with the input.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// A time that is none of the forms that are read.
    Time {
        /// Its line.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// Times of different forms in one table.
    MixedTimes {
        /// The first line that differs from the first form.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// The same time twice in one series.
    Repeated {
        /// The second line.
        line: u64,
        /// The series.
        id: String,
        /// The time.
        time: String,
    },
    /// A series with fewer values than any forecast needs.
    TooShort {
        /// The series.
        id: String,
        /// Values it has.
        count: usize,
        /// Values it takes.
        needed: usize,
    },
    /// A series with so many periods between its first and last time that most are empty.
    TooSparse {
        /// The series.
        id: String,
        /// Periods from first to last.
        periods: i64,
        /// Values there are.
        count: usize,
    },
    /// No series at all.
    Empty,
    /// An option that makes no sense.
    Option(String),
    /// An adjustment that names what is not there, or is no adjustment.
    Adjustment {
        /// Which, counted from 1.
        number: usize,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A hierarchy that does not hold together.
    Hierarchy(String),
    /// Data that no diffusion curve can be fitted to.
    Diffusion(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Time { line, found } => write!(
                f,
                "line {line}, column t: {found:?} is no time: write a whole number, 2026, 2026-09, 2026Q3 or \
                 2026-09-30"
            ),
            Error::MixedTimes { line, found } => {
                write!(
                    f,
                    "line {line}, column t: {found:?} has another form than the times before: use one form"
                )
            }
            Error::Repeated { line, id, time } => {
                write!(f, "line {line}, column t: series {id} has {time} twice: keep one of the rows")
            }
            Error::TooShort { id, count, needed } => {
                write!(f, "series {id} has {count} values: a forecast takes at least {needed}")
            }
            Error::TooSparse { id, periods, count } => write!(
                f,
                "series {id} has {count} values in {periods} periods: write zeros where nothing happened, or \
                 check its times"
            ),
            Error::Empty => f.write_str("there is no series: write rows of id, t and y"),
            Error::Option(why) | Error::Hierarchy(why) | Error::Diffusion(why) => f.write_str(why),
            Error::Adjustment { number, why } => write!(f, "adjustment {number}: {why}"),
        }
    }
}

impl std::error::Error for Error {}
