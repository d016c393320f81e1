//! Which service a row of usage belongs to: that of the first rule whose conditions it meets.
//!
//! | file | holds |
//! | --- | --- |
//! | `read` | rules from their files |
//! | `cell` | a condition as a cell writes it |
//! | `lookup` | rules made ready for words and days |

mod cell;
pub(crate) mod lookup;
pub(crate) mod read;

use serde::{Deserialize, Serialize};

/// What a condition looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Field {
    /// A column of the bill.
    Column(String),
    /// A column of the bill, or else a tag of its `Tags`: `tag_app` or `app`.
    Tag(String),
}

/// What a word has to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Test {
    /// Anything but nothing.
    Exists,
    /// This.
    Is(String),
    /// Something that begins so.
    Begins(String),
}

impl Test {
    fn holds(&self, word: Option<&str>) -> bool {
        word.is_some_and(|word| match self {
            Test::Exists => true,
            Test::Is(this) => word == this,
            Test::Begins(with) => word.starts_with(with.as_str()),
        })
    }
}

/// One of the tests has to hold for the word of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Condition {
    /// Its place in [`Rules::fields`].
    pub(crate) field: usize,
    pub(crate) any: Vec<Test>,
}

/// A rule: all of its conditions have to hold, on a day from its first to its last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) when: Vec<Condition>,
    /// Days since 1970.
    pub(crate) from: Option<i32>,
    /// Days since 1970.
    pub(crate) to: Option<i32>,
    /// The service's code.
    pub(crate) service: u32,
}

/// Rules, the first that is met decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {
    /// How many services there are; codes are below it.
    pub(crate) services: u32,
    /// The code of rows that no rule matches: that of a service, or the first that is none's.
    pub(crate) unmatched: u32,
    pub(crate) fields: Vec<Field>,
    pub(crate) rules: Vec<Rule>,
}

impl Rules {
    /// The place of a field; a new one's, where it was not there.
    fn field(&mut self, field: Field) -> usize {
        let known = self.fields.iter().position(|known| *known == field);
        known.unwrap_or_else(|| {
            self.fields.push(field);
            self.fields.len() - 1
        })
    }
}
