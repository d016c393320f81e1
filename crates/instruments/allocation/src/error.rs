//! Why a model cannot be allocated: sentences that name what and where.

use std::fmt;

use crate::Key;

/// A model that cannot be allocated as it is. Money is never lost this way: what merely lacks a
/// rule or a driver is a named residual of the result, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The text is no model: the place in the file and what is wrong there.
    Unreadable {
        /// Line and column, or the field.
        at: String,
        /// What is wrong.
        says: String,
    },
    /// The model contradicts itself: the record and what is wrong with it.
    Model {
        /// The record, as in `rule R-7`.
        at: String,
        /// What is wrong.
        says: String,
    },
    /// Services that serve only each other: their cost could never leave.
    ClosedLoop {
        /// The layer they lie in.
        layer: Key,
        /// Their keys, sorted.
        members: Vec<Key>,
    },
    /// The amounts together do not fit 64 bits of minor units.
    TooLarge,
    /// A stage did not add up. A fault of this library, never of the model.
    OutOfBalance {
        /// The stage.
        stage: String,
        /// By how many minor units.
        minor: i128,
    },
}

impl Error {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Error::Unreadable { .. } => "model_unreadable",
            Error::Model { .. } => "model_contradicts",
            Error::ClosedLoop { .. } => "closed_loop",
            Error::TooLarge => "amounts_too_large",
            Error::OutOfBalance { .. } => "out_of_balance",
        }
    }

    pub(crate) fn model(at: impl Into<String>, says: impl Into<String>) -> Error {
        Error::Model { at: at.into(), says: says.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable { at, says } | Error::Model { at, says } => write!(f, "{at}: {says}."),
            Error::ClosedLoop { layer, members } => write!(
                f,
                "Layer {layer}: {} serve only each other, so their cost can never leave. Give one of them a \
                 receiver outside the loop.",
                members.join(", ")
            ),
            Error::TooLarge => f.write_str("The amounts of the pools together are too large to keep."),
            Error::OutOfBalance { stage, minor } => {
                write!(f, "Stage {stage} does not add up by {minor} minor units.")
            }
        }
    }
}

impl std::error::Error for Error {}
