//! What a use case is handed: one transaction, the person with their grants, the moment, chance, and
//! the organisation. It holds no other way to reach any of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use db::Tx;
use kernel::{Actor, Chance, CustomerId, Headway, PersonId, Refusal, Scope, ServiceId};

use crate::error::{NOT_ALLOWED, SAME_PERSON, SIGN_IN_AGAIN, STALE, VERSION_NEEDED};
use crate::{Action, Organisation, Reach, Role};

/// What a grant is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrantScope {
    /// The whole organisation.
    Organisation,
    /// One customer.
    Customer(CustomerId),
    /// One service.
    Service(ServiceId),
}

impl GrantScope {
    /// The words of what a grant can be for.
    pub const KINDS: [&'static str; 3] = ["organisation", "customer", "service"];
}

/// A role somebody holds, and for what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// For what.
    pub scope: GrantScope,
}

/// The person acting, with what they hold.
#[derive(Clone, Debug)]
pub struct Who {
    /// Person and way.
    pub actor: Actor,
    /// Their name, for pages only.
    pub name: String,
    /// Their confirmed grants.
    pub grants: Vec<Grant>,
    /// When they last proved who they are; `None` for a token.
    pub signed_in_at: Option<DateTime<Utc>>,
}

impl Who {
    /// How far `action` reaches for this person.
    pub fn reach(&self, action: Action) -> Reach {
        let (mut customers, mut services) = (BTreeSet::new(), BTreeSet::new());
        let mut any = false;
        for grant in self.grants.iter().filter(|grant| action.roles().contains(&grant.role)) {
            any = true;
            match grant.scope {
                GrantScope::Organisation => return Reach::All,
                GrantScope::Customer(id) => drop(customers.insert(id)),
                GrantScope::Service(id) => drop(services.insert(id)),
            }
        }
        if any { Reach::Own { customers, services } } else { Reach::Nothing }
    }

    /// Whether they hold `role` for anything.
    pub fn has(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }
}

/// Context of one use case. Committed by the frame (`app::frame`), never by the use case.
pub struct Cx {
    /// The one transaction: state, history, outbox and idempotency row go in together.
    pub tx: Tx,
    /// Who acts.
    pub who: Who,
    /// The moment it happens.
    pub now: DateTime<Utc>,
    /// Where ids come from.
    pub chance: Arc<dyn Chance>,
    /// The organisation's settings.
    pub organisation: Organisation,
    /// The version the request says it changes, from If-Match or the form.
    pub expected: Option<i64>,
    /// Where a long command tells how far it is.
    pub headway: Headway,
}

/// How long a sign-in counts as recent for closing, issuing and granting (`quality.md` S4).
pub const RECENT: TimeDelta = TimeDelta::seconds(600);

impl Cx {
    /// The person acting.
    pub fn person(&self) -> PersonId {
        self.who.actor.person
    }

    /// A new UUIDv7 for a typed id: `CustomerId::new(cx.uuid())`.
    pub fn uuid(&self) -> uuid::Uuid {
        self.chance.uuid_v7(self.now)
    }

    /// Now as stored: `2026-10-02T07:30:00.000Z`.
    pub fn stamp(&self) -> String {
        self.now.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// Today in the organisation's calendar.
    pub fn today(&self) -> chrono::NaiveDate {
        self.now.date_naive()
    }

    /// Refuses unless `action` reaches anything at all.
    pub fn require(&self, action: Action) -> Result<Reach, Refusal> {
        let reach = self.who.reach(action);
        if reach.any() { Ok(reach) } else { Err(refused(action)) }
    }

    /// Refuses unless `action` reaches every record.
    pub fn require_all(&self, action: Action) -> Result<(), Refusal> {
        if self.who.reach(action) == Reach::All { Ok(()) } else { Err(refused(action)) }
    }

    /// Refuses unless `action` reaches `customer`. The customer must have been loaded in the
    /// reading scope before, so that another's is simply not found.
    pub fn require_customer(&self, action: Action, customer: CustomerId) -> Result<(), Refusal> {
        if self.require(action)?.scope().admits(customer) { Ok(()) } else { Err(refused(action)) }
    }

    /// Refuses unless `action` reaches `service`.
    pub fn require_service(&self, action: Action, service: ServiceId) -> Result<(), Refusal> {
        if self.require(action)?.admits_service(service) { Ok(()) } else { Err(refused(action)) }
    }

    /// The customers whose rows this person reads by `action`.
    pub fn scope(&self, action: Action) -> Scope {
        self.who.reach(action).scope()
    }

    /// Refuses if `earlier` is the person acting: `did` is what they did, `must` what another has to.
    pub fn require_other_person(&self, earlier: PersonId, did: &str, must: &str) -> Result<(), Refusal> {
        if earlier == self.person() { Err(SAME_PERSON.with(&[did, must])) } else { Ok(()) }
    }

    /// Refuses unless the sign-in is recent. The command line on the database itself counts: whoever
    /// holds the file holds more.
    pub fn require_recent_sign_in(&self) -> Result<(), Refusal> {
        if self.who.actor.via == kernel::Via::CommandLine {
            return Ok(());
        }
        match self.who.signed_in_at {
            Some(at) if self.now - at <= RECENT => Ok(()),
            _ => Err(SIGN_IN_AGAIN.plain()),
        }
    }

    /// Refuses unless the request changes version `actual` of the record.
    pub fn require_version(&self, actual: i64) -> Result<(), Refusal> {
        match self.expected {
            None => Err(VERSION_NEEDED.plain()),
            Some(expected) if expected == actual => Ok(()),
            Some(expected) => Err(STALE.with(&[&expected.to_string(), &actual.to_string()])),
        }
    }
}

/// The refusal that names who may.
pub fn refused(action: Action) -> Refusal {
    let roles: Vec<&str> = action.roles().iter().map(|role| role.word()).collect();
    NOT_ALLOWED.with(&[action.words(), &roles.join(", ")])
}
