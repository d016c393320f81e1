//! What a mapping rule is and how its answers are read.

use kernel::{FieldError, Period, PersonId, Refusal, RuleId};

use super::error::NOT_IN_STATE;
use crate::input::{name_wrong, optional};

/// How far a version of a rule has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleState {
    /// Being written.
    Draft,
    /// Waiting for another person.
    Submitted,
    /// In force from its period on.
    Approved,
}

impl RuleState {
    /// All states in their order.
    pub const ALL: [RuleState; 3] = [RuleState::Draft, RuleState::Submitted, RuleState::Approved];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            RuleState::Draft => "draft",
            RuleState::Submitted => "submitted",
            RuleState::Approved => "approved",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<RuleState> {
        RuleState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Which lines a rule fits: those that meet every condition given. A code that ends in `*` stands for
/// all that start so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Account code.
    pub account: Option<String>,
    /// Cost centre.
    pub cost_centre: Option<String>,
    /// Cost element.
    pub cost_element: Option<String>,
    /// Supplier, without case.
    pub supplier: Option<String>,
    /// What the text starts with, without case.
    pub text_prefix: Option<String>,
    /// Whether the line names a service.
    pub service_present: Option<bool>,
}

impl Conditions {
    /// Whether nothing is asked: such a rule would fit every line.
    pub fn is_empty(&self) -> bool {
        *self == Conditions::default()
    }

    /// As people read it: “account 64*, supplier Contoso”.
    pub fn words(&self) -> String {
        let named = [
            ("account", &self.account),
            ("cost centre", &self.cost_centre),
            ("cost element", &self.cost_element),
            ("supplier", &self.supplier),
            ("text starts with", &self.text_prefix),
        ];
        let mut words: Vec<String> =
            named.iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?))).collect();
        match self.service_present {
            Some(true) => words.push("with a service".into()),
            Some(false) => words.push("without a service".into()),
            None => {}
        }
        words.join(", ")
    }
}

/// A version of a mapping rule as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingRule {
    /// Id of this version.
    pub id: RuleId,
    /// Version of the record, for If-Match.
    pub version: i64,
    /// Running number: `M-7` is 7.
    pub number: i64,
    /// 1, 2 … of that number.
    pub rule_version: i64,
    /// State.
    pub state: RuleState,
    /// Lower comes first; the first that fits wins.
    pub priority: i64,
    /// Which lines.
    pub conditions: Conditions,
    /// Into which pool; `None` ends the rule.
    pub pool: Option<String>,
    /// In force from this period on.
    pub effective_from: Period,
    /// Who wrote it.
    pub author: PersonId,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
}

impl MappingRule {
    /// `M-7`.
    pub fn label(&self) -> String {
        format!("M-{}", self.number)
    }

    /// draft → submitted; false where it was submitted already.
    pub fn submit(&mut self) -> Result<bool, Refusal> {
        self.step(RuleState::Draft, RuleState::Submitted, "submitted")
    }

    /// submitted → approved by `person`, who is another than its author: the caller has seen to it.
    /// False where it was approved already.
    pub fn approve(&mut self, person: PersonId) -> Result<bool, Refusal> {
        let changed = self.step(RuleState::Submitted, RuleState::Approved, "approved")?;
        if changed {
            self.approved_by = Some(person);
        }
        Ok(changed)
    }

    fn step(&mut self, from: RuleState, to: RuleState, word: &str) -> Result<bool, Refusal> {
        if self.state == to {
            return Ok(false);
        }
        if self.state != from {
            return Err(NOT_IN_STATE.with(&[&self.label(), self.state.word(), word, from.word()]));
        }
        self.state = to;
        Ok(true)
    }
}

/// Answers about conditions as they come from a form, JSON or the command line.
pub(super) struct RawConditions<'r> {
    pub account: Option<&'r str>,
    pub cost_centre: Option<&'r str>,
    pub cost_element: Option<&'r str>,
    pub supplier: Option<&'r str>,
    pub text_prefix: Option<&'r str>,
    pub service_present: Option<&'r str>,
}

/// Reads conditions; whether there is any has to be asked of them.
pub(super) fn read_conditions(raw: &RawConditions<'_>, wrong: &mut Vec<FieldError>) -> Conditions {
    let mut code = |field: &str, text: Option<&str>| {
        let text = optional(text)?;
        let stem = text.trim_end_matches('*');
        if stem.is_empty() || stem.contains('*') || text.len() > stem.len() + 1 {
            name_wrong(
                wrong,
                field,
                format!("Enter a {} or its beginning with one * at the end.", field.replace('_', " ")),
            );
        }
        Some(text)
    };
    Conditions {
        account: code("account", raw.account),
        cost_centre: code("cost_centre", raw.cost_centre),
        cost_element: code("cost_element", raw.cost_element),
        supplier: code("supplier", raw.supplier),
        text_prefix: optional(raw.text_prefix),
        service_present: match optional(raw.service_present).as_deref() {
            None => None,
            Some("yes" | "true") => Some(true),
            Some("no" | "false") => Some(false),
            Some(_) => {
                name_wrong(wrong, "service_present", "Choose yes or no, or leave it empty.");
                None
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128) -> PersonId {
        PersonId::parse(&format!("00000000-0000-0000-0000-{n:012}")).unwrap()
    }

    fn rule() -> MappingRule {
        MappingRule {
            id: RuleId::parse("00000000-0000-0000-0000-000000000000").unwrap(),
            version: 1,
            number: 7,
            rule_version: 1,
            state: RuleState::Draft,
            priority: 100,
            conditions: Conditions { account: Some("64*".into()), ..Conditions::default() },
            pool: Some("SOFTWARE".into()),
            effective_from: "2026-09".parse().unwrap(),
            author: person(1),
            approved_by: None,
        }
    }

    #[test]
    fn a_rule_is_approved_only_after_it_was_submitted_and_a_retry_changes_nothing() {
        let mut rule = rule();
        assert_eq!(rule.approve(person(2)).unwrap_err().kind.code, "mapping_not_in_state");
        assert_eq!((rule.submit(), rule.submit()), (Ok(true), Ok(false)));
        assert_eq!((rule.approve(person(2)), rule.approve(person(3))), (Ok(true), Ok(false)));
        assert_eq!(rule.approved_by, Some(person(2)));
        assert_eq!(rule.submit().unwrap_err().says, "M-7 is approved, so it cannot be submitted.");
    }

    #[test]
    fn conditions_are_codes_or_beginnings_and_one_is_needed() {
        let raw = |account, service_present| RawConditions {
            account,
            cost_centre: None,
            cost_element: None,
            supplier: None,
            text_prefix: None,
            service_present,
        };
        for (account, present, fine, given) in [
            (Some("6400"), None, true, true),
            (Some("64*"), None, true, true),
            (None, Some("yes"), true, true),
            (Some("*"), None, false, true),
            (Some("6*4"), None, false, true),
            (Some("64**"), None, false, true),
            (None, Some("maybe"), false, false),
            (Some(" "), None, true, false),
        ] {
            let mut wrong = Vec::new();
            let read = read_conditions(&raw(account, present), &mut wrong);
            assert_eq!((wrong.is_empty(), !read.is_empty()), (fine, given), "{account:?} {present:?}");
        }
    }

    #[test]
    fn conditions_read_as_a_sentence() {
        let conditions = Conditions {
            account: Some("64*".into()),
            supplier: Some("Contoso".into()),
            service_present: Some(false),
            ..Conditions::default()
        };
        assert_eq!(conditions.words(), "account 64*, supplier Contoso, without a service");
    }
}
