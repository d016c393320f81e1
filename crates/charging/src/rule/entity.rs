//! What a rule is and how its answers are read.

use kernel::{FieldError, Period, PersonId, Quantity, Refusal, RuleId};
use serde_json::Value;

use super::error::{NOT_DRAFT, NOT_SUBMITTED};
use crate::input::name_wrong;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every one of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The words of all.
            pub fn words() -> Vec<&'static str> {
                $name::ALL.iter().map(|one| one.word()).collect()
            }

            /// The word stored and shown.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// What the word says.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// Who sends.
    SenderKind {
        /// A cost pool.
        Pool = "pool",
        /// A service.
        Service = "service",
    }
}

words! {
    /// By what a cost is shared.
    Method {
        /// The same to each receiver named.
        Even = "even",
        /// By fixed weights.
        Fixed = "fixed",
        /// By the cost each receiver has received so far.
        Proportional = "proportional",
        /// By a measured driver.
        Driver = "driver",
        /// By what customers agreed to take.
        AgreedQuantity = "agreed quantity",
        /// Not shared: kept central, a named residual.
        Central = "central",
    }
}

words! {
    /// Where a version stands.
    RuleState {
        /// Being written.
        Draft = "draft",
        /// Waits for another person.
        Submitted = "submitted",
        /// In force from its period on.
        Approved = "approved",
    }
}

/// A receiver named by a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Key of a service, object or customer.
    pub to: String,
    /// Its weight; one where the method has none.
    pub weight: Quantity,
}

/// One version of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Id of this version.
    pub id: RuleId,
    /// Version of the record, for If-Match.
    pub version: i64,
    /// Its number: 14 of `R-14`.
    pub number: i64,
    /// Version of the rule: 1, 2 …
    pub rule_version: i64,
    /// Where it stands.
    pub state: RuleState,
    /// What it is called.
    pub name: String,
    /// Who sends.
    pub sender_kind: SenderKind,
    /// Key of who sends.
    pub sender: String,
    /// By what.
    pub method: Method,
    /// Key of the driver, where the method is driver.
    pub driver: Option<String>,
    /// Receivers, where the method names them.
    pub receivers: Vec<Receiver>,
    /// First period it is in force.
    pub effective_from: Period,
    /// Why this version.
    pub why: Option<String>,
    /// Who wrote it.
    pub author: PersonId,
    /// Who approved it.
    pub approved_by: Option<PersonId>,
}

impl Rule {
    /// `R-14`.
    pub fn label(&self) -> String {
        format!("R-{:02}", self.number)
    }

    /// Puts it before another person.
    pub fn submit(&mut self) -> Result<bool, Refusal> {
        match self.state {
            RuleState::Draft => {
                self.state = RuleState::Submitted;
                Ok(true)
            }
            RuleState::Submitted => Ok(false),
            RuleState::Approved => Err(self.refused(&NOT_DRAFT)),
        }
    }

    /// Approves it by `person`, who is not its author.
    pub fn approve(&mut self, person: PersonId) -> Result<bool, Refusal> {
        match self.state {
            RuleState::Submitted => {
                self.state = RuleState::Approved;
                self.approved_by = Some(person);
                Ok(true)
            }
            RuleState::Approved => Ok(false),
            RuleState::Draft => Err(self.refused(&NOT_SUBMITTED)),
        }
    }

    fn refused(&self, kind: &'static kernel::RefusalKind) -> Refusal {
        kind.with(&[&self.label(), &self.rule_version.to_string(), self.state.word()])
    }
}

/// Reads receivers: `VOICE:1988, 3G:843`, or `VOICE, 3G` where the method has no weights, or JSON.
pub fn read_receivers(text: &str, wrong: &mut Vec<FieldError>) -> Vec<Receiver> {
    let text = text.trim();
    let pairs: Vec<(String, String)> = if text.starts_with('[') { from_json(text) } else { from_words(text) };
    let mut receivers: Vec<Receiver> = Vec::new();
    for (to, weight) in pairs {
        match Quantity::parse(&weight) {
            Ok(weight) if weight >= Quantity::ZERO && !to.is_empty() => {
                receivers.push(Receiver { to, weight })
            }
            _ => name_wrong(
                wrong,
                "receivers",
                format!("“{to}:{weight}” is no receiver with a weight of 0 or more."),
            ),
        }
    }
    let mut keys: Vec<&str> = receivers.iter().map(|receiver| receiver.to.as_str()).collect();
    keys.sort_unstable();
    if let Some(twice) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
        name_wrong(wrong, "receivers", format!("“{}” is named twice.", twice[0]));
    }
    receivers
}

fn from_words(text: &str) -> Vec<(String, String)> {
    let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (to, weight) = part.split_once(':').unwrap_or((part, "1"));
            (to.trim().to_owned(), weight.trim().to_owned())
        })
        .collect()
}

fn from_json(text: &str) -> Vec<(String, String)> {
    let items: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    let text = |item: &Value, field: &str| item.get(field).and_then(Value::as_str).unwrap_or("").to_owned();
    items.iter().map(|item| (text(item, "to"), text(item, "weight"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receivers_are_read_as_people_write_them() {
        let mut wrong = Vec::new();
        let read = read_receivers("VOICE:1988, 3G:843.5\nIAM", &mut wrong);
        let read: Vec<_> = read.iter().map(|r| (r.to.as_str(), r.weight.plain())).collect();
        assert_eq!(read, [("VOICE", "1988".into()), ("3G", "843.5".into()), ("IAM", "1".into())]);
        assert!(wrong.is_empty());
        for text in ["VOICE:-1", "VOICE:x", "A:1, A:2"] {
            let mut wrong = Vec::new();
            read_receivers(text, &mut wrong);
            assert_eq!(wrong.len(), 1, "{text}");
        }
    }
}
