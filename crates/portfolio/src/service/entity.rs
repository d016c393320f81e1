//! What a service is, which state it was in when, and how its answers are read.

use chrono::NaiveDate;
use kernel::{PersonId, ServiceId};

/// The first day of a state that began before anybody wrote it down.
pub const ALWAYS: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("year 1 has a first day");

/// A state of a service that is offered or was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceState {
    /// Customers can have it.
    Operational,
    /// Closed to new agreements, with a last day.
    Retiring,
    /// No more.
    Retired,
}

impl ServiceState {
    /// Words and states.
    pub const WORDS: [(&'static str, ServiceState); 3] = [
        ("operational", ServiceState::Operational),
        ("retiring", ServiceState::Retiring),
        ("retired", ServiceState::Retired),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<ServiceState> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, state)| *state)
    }
}

/// Whom a service is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceKind {
    /// Customer-facing: what customers want.
    Core,
    /// Customer-facing: what makes a core service more wanted.
    Enhancing,
    /// What other services are made of.
    Supporting,
}

impl ServiceKind {
    /// Words and kinds.
    pub const WORDS: [(&'static str, ServiceKind); 3] = [
        ("core", ServiceKind::Core),
        ("enhancing", ServiceKind::Enhancing),
        ("supporting", ServiceKind::Supporting),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<ServiceKind> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
    }
}

/// A service as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Id.
    pub id: ServiceId,
    /// Version, for If-Match.
    pub version: i64,
    /// `[A-Z0-9]{2,12}`, unique, unchangeable.
    pub key: String,
    /// Name.
    pub name: String,
    /// The state it reached last.
    pub state: ServiceState,
    /// The day it reached it; [`ALWAYS`] where nobody knows.
    pub state_from: NaiveDate,
    /// The day it began to retire, of a retired service whose retirement was told here.
    pub retiring_from: Option<NaiveDate>,
    /// Whom it is for; none where nobody said.
    pub kind: Option<ServiceKind>,
    /// What it is worth, in the customer's words.
    pub value_proposition: Option<String>,
    /// Customers or segment it is for, in words.
    pub for_whom: Option<String>,
    /// Who owns it.
    pub owner: Option<PersonId>,
    /// Whom customers speak to about it.
    pub manager: Option<PersonId>,
    /// First day customers could have it.
    pub first_day: Option<NaiveDate>,
    /// Last day customers can have it.
    pub last_day: Option<NaiveDate>,
    /// Said to have no successor.
    pub no_successor: bool,
    /// Its cost is kept central, charged to nobody.
    pub central: bool,
    /// Where it was taken over from.
    pub source: Option<String>,
    /// Its key there.
    pub source_key: Option<String>,
}

impl Service {
    /// Its states by first day, oldest first: what is stored for `--as-of`.
    pub fn states(&self) -> Vec<(NaiveDate, ServiceState)> {
        let start = self.first_day.unwrap_or(ALWAYS);
        if self.state == ServiceState::Operational {
            return vec![(start, self.state)];
        }
        let before = [
            Some((start, ServiceState::Operational)),
            self.retiring_from.map(|day| (day, ServiceState::Retiring)),
        ];
        let mut states: Vec<_> =
            before.into_iter().flatten().filter(|(day, _)| *day < self.state_from).collect();
        states.push((self.state_from, self.state));
        states
    }

    /// The day it began to retire, were it in `state` next: kept while it is retired, forgotten where
    /// the retirement is taken back.
    pub fn retiring_before(&self, state: ServiceState) -> Option<NaiveDate> {
        match (self.state, state) {
            (ServiceState::Retiring, ServiceState::Retired) => Some(self.state_from),
            (ServiceState::Retired, ServiceState::Retired) => self.retiring_from,
            _ => None,
        }
    }

    /// The day its state began where `since` does not say it: the first day of an operational
    /// service, the day after the last of a retired one, else `today`.
    pub fn began(&self, since: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
        let after_last = || self.last_day.and_then(|day| day.succ_opt());
        match self.state {
            ServiceState::Operational => self.first_day.unwrap_or(ALWAYS),
            ServiceState::Retiring => since.unwrap_or(today),
            ServiceState::Retired => since.or_else(after_last).unwrap_or(today),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The least a take-over can be.
    pub(in crate::service) fn a_service() -> Service {
        Service {
            id: ServiceId::new(uuid::Uuid::nil()),
            version: 1,
            key: "CARE".into(),
            name: "Customer Care Desktop".into(),
            state: ServiceState::Operational,
            state_from: ALWAYS,
            retiring_from: None,
            kind: None,
            value_proposition: None,
            for_whom: None,
            owner: None,
            manager: None,
            first_day: None,
            last_day: None,
            no_successor: false,
            central: false,
            source: None,
            source_key: None,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_state_holds_from_the_day_it_was_reached() {
        let retiring = Service {
            state: ServiceState::Retiring,
            state_from: day("2026-08-20"),
            first_day: Some(day("2009-03-01")),
            ..a_service()
        };
        assert_eq!(
            retiring.states(),
            [(day("2009-03-01"), ServiceState::Operational), (day("2026-08-20"), ServiceState::Retiring)]
        );
        assert_eq!(a_service().states(), [(ALWAYS, ServiceState::Operational)]);
        let retired = Service {
            state: ServiceState::Retired,
            state_from: day("2027-04-01"),
            retiring_from: retiring.retiring_before(ServiceState::Retired),
            ..retiring.clone()
        };
        assert_eq!(
            retired.states(),
            [
                (day("2009-03-01"), ServiceState::Operational),
                (day("2026-08-20"), ServiceState::Retiring),
                (day("2027-04-01"), ServiceState::Retired)
            ]
        );
        assert_eq!(retired.retiring_before(ServiceState::Operational), None);
    }

    #[test]
    fn a_retired_service_is_retired_from_the_day_after_its_last() {
        let retired =
            Service { state: ServiceState::Retired, last_day: Some(day("2025-02-28")), ..a_service() };
        assert_eq!(retired.began(None, day("2026-10-02")), day("2025-03-01"));
        let unknown = Service { last_day: None, ..retired };
        assert_eq!(unknown.began(None, day("2026-10-02")), day("2026-10-02"));
        assert_eq!(unknown.began(Some(day("2025-06-30")), day("2026-10-02")), day("2025-06-30"));
    }
}
