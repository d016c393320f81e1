//! What a calculation answers, and why it may not.

use serde_json::{Map, Value};

/// The result of a calculation: whole as JSON, and as rows for who reads lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The whole result: an object with its `schema`.
    pub json: Value,
    /// The same where JSON is not asked for; none where the whole is a record to be shown as it is.
    pub lines: Option<Lines>,
    /// Remarks on the result, for stderr: what was assumed, repaired or left out.
    pub notes: Vec<String>,
}

/// What is printed where JSON is not asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Lines {
    /// One value, printed alone.
    One(String),
    /// Rows with the same fields each, in the order they are shown.
    Rows(Vec<Map<String, Value>>),
}

impl Answer {
    /// A record: shown as its fields.
    #[must_use]
    pub fn record(json: Value) -> Answer {
        Answer { json, lines: None, notes: Vec::new() }
    }

    /// A result of which people read the rows.
    #[must_use]
    pub fn rows(json: Value, rows: Vec<Map<String, Value>>) -> Answer {
        Answer { json, lines: Some(Lines::Rows(rows)), notes: Vec::new() }
    }

    /// A result that is one number.
    #[must_use]
    pub fn one(json: Value, value: impl Into<String>) -> Answer {
        Answer { json, lines: Some(Lines::One(value.into())), notes: Vec::new() }
    }

    /// With remarks.
    #[must_use]
    pub fn noting(mut self, notes: impl IntoIterator<Item = String>) -> Answer {
        self.notes.extend(notes);
        self
    }
}

/// Why there is no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The words are wrong, or the file cannot be read: exit 2.
    Usage(String),
    /// The file's content is not clean: what, where, what to do. Exit 6.
    Unclean(String),
    /// The work failed: exit 1.
    Failed(String),
}
