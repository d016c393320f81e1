//! What was asked: two readings are compared only where subject, scale and wording are the same.

use std::fmt;

use crate::Error;

/// A scale people answer on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// How likely one is to recommend: 0 to 10.
    Recommend,
    /// How satisfied one is: 1 to 5; 4 and 5 are satisfied.
    Satisfaction,
    /// A theme such as quality or value: 0 to 10.
    Theme,
}

impl Scale {
    /// The lowest answer.
    #[must_use]
    pub const fn lowest(self) -> u8 {
        match self {
            Scale::Satisfaction => 1,
            Scale::Recommend | Scale::Theme => 0,
        }
    }

    /// The highest answer.
    #[must_use]
    pub const fn highest(self) -> u8 {
        match self {
            Scale::Satisfaction => 5,
            Scale::Recommend | Scale::Theme => 10,
        }
    }

    /// Checks that every answer is on the scale. A score of 0 is an answer; who skipped the question is not in the
    /// list.
    ///
    /// # Errors
    /// [`Error::Answer`], naming the first that is not.
    pub fn check(self, answers: &[u8]) -> Result<(), Error> {
        let range = self.lowest()..=self.highest();
        match answers.iter().position(|answer| !range.contains(answer)) {
            None => Ok(()),
            Some(at) => Err(Error::Answer {
                row: at + 1,
                answer: answers[at].to_string(),
                scale: format!("{} to {}", self.lowest(), self.highest()),
            }),
        }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Scale::Recommend => "recommend",
            Scale::Satisfaction => "satisfaction",
            Scale::Theme => "theme",
        };
        write!(f, "{name}, {} to {}", self.lowest(), self.highest())
    }
}

/// A question as it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The organisation, or a service.
    pub subject: String,
    /// What people answered on.
    pub scale: Scale,
    /// Version of the wording.
    pub wording: String,
}

impl Question {
    /// Whether a trend may run from this question to `later`.
    ///
    /// # Errors
    /// [`Error::AnotherQuestion`], naming in what they differ.
    pub fn same_trend(&self, later: &Question) -> Result<(), Error> {
        let differs = |what, before: &dyn fmt::Display, after: &dyn fmt::Display| Error::AnotherQuestion {
            differs: what,
            before: before.to_string(),
            after: after.to_string(),
        };
        if self.subject != later.subject {
            return Err(differs("subject", &self.subject, &later.subject));
        }
        if self.scale != later.scale {
            return Err(differs("scale", &self.scale, &later.scale));
        }
        if self.wording != later.wording {
            return Err(differs("wording", &self.wording, &later.wording));
        }
        Ok(())
    }
}
