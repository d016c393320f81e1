//! What was stated of sharing, and its approval.

use allocation::Sharing;
use kernel::{Period, PersonId};

use crate::rule::RuleState;

/// One statement of how services share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Id, a UUID.
    pub id: String,
    /// Version of the record, for If-Match.
    pub version: i64,
    /// Its number: 2 of `SH-2`.
    pub number: i64,
    /// How.
    pub sharing: Sharing,
    /// First period it is in force.
    pub effective_from: Period,
    /// Submitted, or approved.
    pub state: RuleState,
    /// Who stated it.
    pub author: PersonId,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
}

impl Stated {
    /// `SH-2`.
    pub fn label(&self) -> String {
        format!("SH-{}", self.number)
    }

    /// Approves it by `person`, who is not its author; whether that changes anything.
    pub(super) fn approve(&mut self, person: PersonId) -> bool {
        let changes = self.state != RuleState::Approved;
        self.state = RuleState::Approved;
        self.approved_by.get_or_insert(person);
        changes
    }
}

/// The word of a method, stored and shown.
pub(super) const fn word(sharing: &Sharing) -> &'static str {
    match sharing {
        Sharing::Direct => "direct",
        Sharing::StepDown { .. } => "step-down",
        Sharing::Reciprocal => "reciprocal",
    }
}

/// The words of all methods.
pub(super) fn methods() -> [&'static str; 3] {
    let step_down = Sharing::StepDown { order: Vec::new() };
    [Sharing::Direct, step_down, Sharing::Reciprocal].each_ref().map(word)
}

/// The keys of a step-down, first to last.
pub(super) fn order(sharing: &Sharing) -> Option<String> {
    match sharing {
        Sharing::StepDown { order } => Some(order.join(" ")),
        Sharing::Direct | Sharing::Reciprocal => None,
    }
}

/// The sharing of a method and the keys of its order; nothing where the method is no word for one.
pub(super) fn read(method: &str, order: &str) -> Option<Sharing> {
    Some(match method {
        "direct" => Sharing::Direct,
        "step-down" => Sharing::StepDown { order: order.split_whitespace().map(Into::into).collect() },
        "reciprocal" => Sharing::Reciprocal,
        _ => return None,
    })
}
