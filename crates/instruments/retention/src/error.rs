//! Why there is no result: sentences that name what, where and what to do.

use std::fmt;

/// Input from which nothing can be computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// One row is wrong.
    Row {
        /// The row, counted from 1.
        row: usize,
        /// The field, as it is called in the documentation of the input.
        field: &'static str,
        /// What is wrong and what to write instead, without a full stop.
        says: String,
    },
    /// The rows as a whole cannot be used: what is wrong and what to do, without a full stop.
    Data(String),
    /// The rows are fine, and the model has no best fit to them.
    NoFit {
        /// The model.
        model: &'static str,
        /// Why, and what holds instead, without a full stop.
        says: String,
    },
}

impl Error {
    pub(crate) fn row(at: usize, field: &'static str, says: impl Into<String>) -> Error {
        Error::Row { row: at + 1, field, says: says.into() }
    }

    pub(crate) fn data(says: impl Into<String>) -> Error {
        Error::Data(says.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Row { row, field, says } => write!(f, "Row {row}, {field}: {says}."),
            Error::Data(says) => write!(f, "{says}."),
            Error::NoFit { model, says } => write!(f, "{model} does not fit: {says}."),
        }
    }
}

impl std::error::Error for Error {}
