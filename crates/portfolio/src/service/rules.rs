//! What a complete take-over needs: the guards of `domain.md` §2 as far as this system knows their
//! facts.

use super::{Service, ServiceState};

/// What a service has beside its own row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// An offering at cost, with an approved price, or not charged.
    pub offering: bool,
    /// A promise it will be judged by: an active baseline promise or a service level target.
    pub promise: bool,
    /// Another service replaces it.
    pub successor: bool,
}

/// Something a guard asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Who owns it.
    Owner,
    /// Whom customers speak to about it.
    RelationshipManager,
    /// What a customer can take, at what price.
    Offering,
    /// What it will be judged by.
    Promise,
    /// What comes after it.
    Successor,
    /// When it ends.
    LastDay,
}

impl Missing {
    /// As a person would ask for it.
    pub const fn words(self) -> &'static str {
        match self {
            Missing::Owner => "an owner",
            Missing::RelationshipManager => "a relationship manager",
            Missing::Offering => "an offering at cost, with an approved price, or “not charged”",
            Missing::Promise => "a promise it will be judged by",
            Missing::Successor => "a successor, or “none”",
            Missing::LastDay => "a last day",
        }
    }
}

/// What the guard of the service's state still asks for; empty: it is complete.
///
/// *Operational*: an offering with a price or “not charged”, an owner, a relationship manager, the
/// promises it will be judged by. *Retiring*: that, a successor or “none”, and a last day. *Retired*:
/// its last day. Where cost is kept central nobody is charged, so no offering is asked for.
pub fn missing(service: &Service, facts: Facts) -> Vec<Missing> {
    let live = service.state != ServiceState::Retired;
    let ending = service.state == ServiceState::Retiring;
    let asked = [
        (Missing::Owner, live && service.owner.is_none()),
        (Missing::RelationshipManager, live && service.manager.is_none()),
        (Missing::Offering, live && !facts.offering && !service.central),
        (Missing::Promise, live && !facts.promise),
        (Missing::Successor, ending && !facts.successor && !service.no_successor),
        (Missing::LastDay, service.state != ServiceState::Operational && service.last_day.is_none()),
    ];
    asked.into_iter().filter(|(_, lacks)| *lacks).map(|(what, _)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::super::entity::tests::a_service;
    use super::*;
    use kernel::PersonId;

    const EVERYTHING: Facts = Facts { offering: true, promise: true, successor: true };

    #[test]
    fn a_take_over_with_key_and_name_alone_lists_all_its_guard_asks() {
        use Missing::*;
        for (state, lacks) in [
            (ServiceState::Operational, vec![Owner, RelationshipManager, Offering, Promise]),
            (ServiceState::Retiring, vec![Owner, RelationshipManager, Offering, Promise, Successor, LastDay]),
            (ServiceState::Retired, vec![LastDay]),
        ] {
            let service = Service { state, ..a_service() };
            assert_eq!(missing(&service, Facts::default()), lacks, "{state:?}");
        }
    }

    #[test]
    fn each_answer_takes_one_line_off_the_list() {
        let person = Some(PersonId::new(kernel_uuid()));
        let whole = Service {
            state: ServiceState::Retiring,
            owner: person,
            manager: person,
            last_day: chrono::NaiveDate::from_ymd_opt(2027, 3, 31),
            ..a_service()
        };
        assert_eq!(missing(&whole, EVERYTHING), []);
        let none = Service { no_successor: true, ..whole.clone() };
        assert_eq!(missing(&none, Facts { successor: false, ..EVERYTHING }), []);
        for (service, facts, lacks) in [
            (Service { owner: None, ..whole.clone() }, EVERYTHING, Missing::Owner),
            (Service { manager: None, ..whole.clone() }, EVERYTHING, Missing::RelationshipManager),
            (whole.clone(), Facts { offering: false, ..EVERYTHING }, Missing::Offering),
            (whole.clone(), Facts { promise: false, ..EVERYTHING }, Missing::Promise),
            (whole.clone(), Facts { successor: false, ..EVERYTHING }, Missing::Successor),
            (Service { last_day: None, ..whole.clone() }, EVERYTHING, Missing::LastDay),
        ] {
            assert_eq!(missing(&service, facts), [lacks]);
        }
    }

    #[test]
    fn a_service_whose_cost_stays_central_needs_no_offering() {
        let central = Service { central: true, ..a_service() };
        assert!(!missing(&central, Facts::default()).contains(&Missing::Offering));
    }

    fn kernel_uuid() -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}
