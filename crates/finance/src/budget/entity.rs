//! What a budget version is.

use kernel::{PersonId, Refusal};

use super::error::NOT_IN_STATE;

/// Which version of a year's budget.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum BudgetName {
    /// The first.
    Original,
    /// The one that took its place.
    Revised,
    /// Forecast 1, 2, …
    Forecast(u32),
}

impl BudgetName {
    /// Reads `original`, `revised`, `forecast 2`; without case, with a blank or a dash.
    pub fn parse(text: &str) -> Option<BudgetName> {
        let text = text.trim().to_lowercase().replace('-', " ");
        match text.as_str() {
            "original" => Some(BudgetName::Original),
            "revised" => Some(BudgetName::Revised),
            _ => {
                let number: u32 = text.strip_prefix("forecast ")?.trim().parse().ok()?;
                (1..=99).contains(&number).then_some(BudgetName::Forecast(number))
            }
        }
    }

    /// As stored and shown: `forecast 2`.
    pub fn words(self) -> String {
        match self {
            BudgetName::Original => "original".into(),
            BudgetName::Revised => "revised".into(),
            BudgetName::Forecast(number) => format!("forecast {number}"),
        }
    }

    /// The key of that version of `year`: `2027-forecast-2`.
    pub fn key(self, year: i32) -> String {
        format!("{year}-{}", self.words().replace(' ', "-"))
    }
}

/// How far a version has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BudgetState {
    /// Takes amounts.
    Draft,
    /// Waiting for another person.
    Submitted,
    /// In force.
    Approved,
}

impl BudgetState {
    /// All states in their order.
    pub const ALL: [BudgetState; 3] = [BudgetState::Draft, BudgetState::Submitted, BudgetState::Approved];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            BudgetState::Draft => "draft",
            BudgetState::Submitted => "submitted",
            BudgetState::Approved => "approved",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<BudgetState> {
        BudgetState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A budget version as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version of the record, for If-Match.
    pub version: i64,
    /// `2027-original`.
    pub key: String,
    /// Fiscal year, named by the calendar year it ends in.
    pub fiscal_year: i32,
    /// Which version.
    pub name: BudgetName,
    /// State.
    pub state: BudgetState,
    /// Who began it.
    pub author: PersonId,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
}

impl Budget {
    /// draft → submitted by `person`; false where it was submitted already.
    pub fn submit(&mut self, person: PersonId) -> Result<bool, Refusal> {
        let changed = self.step(BudgetState::Draft, BudgetState::Submitted, "submitted")?;
        if changed {
            self.submitted_by = Some(person);
        }
        Ok(changed)
    }

    /// submitted → approved by `person`, who raised none of it: the caller has seen to that. False
    /// where it was approved already.
    pub fn approve(&mut self, person: PersonId) -> Result<bool, Refusal> {
        let changed = self.step(BudgetState::Submitted, BudgetState::Approved, "approved")?;
        if changed {
            self.approved_by = Some(person);
        }
        Ok(changed)
    }

    fn step(&mut self, from: BudgetState, to: BudgetState, word: &str) -> Result<bool, Refusal> {
        if self.state == to {
            return Ok(false);
        }
        if self.state != from {
            return Err(NOT_IN_STATE.with(&[&self.key, self.state.word(), word, from.word()]));
        }
        self.state = to;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_original_revised_or_a_numbered_forecast() {
        for (text, key) in [
            ("original", Some("2027-original")),
            (" Revised ", Some("2027-revised")),
            ("Forecast 2", Some("2027-forecast-2")),
            ("forecast-1", Some("2027-forecast-1")),
            ("forecast", None),
            ("forecast 0", None),
            ("plan", None),
        ] {
            assert_eq!(BudgetName::parse(text).map(|name| name.key(2027)).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn it_is_submitted_once_and_approved_only_then() {
        let person = |n: u32| PersonId::parse(&format!("00000000-0000-0000-0000-{n:012}")).unwrap();
        let mut budget = Budget {
            id: String::new(),
            version: 1,
            key: "2027-original".into(),
            fiscal_year: 2027,
            name: BudgetName::Original,
            state: BudgetState::Draft,
            author: person(1),
            submitted_by: None,
            approved_by: None,
        };
        assert_eq!(
            budget.approve(person(2)).unwrap_err().says,
            "Budget 2027-original is draft, so it cannot be approved."
        );
        assert_eq!((budget.submit(person(1)), budget.submit(person(2))), (Ok(true), Ok(false)));
        assert_eq!((budget.approve(person(2)), budget.approve(person(3))), (Ok(true), Ok(false)));
        assert_eq!((budget.submitted_by, budget.approved_by), (Some(person(1)), Some(person(2))));
        assert!(budget.submit(person(1)).is_err());
    }
}
