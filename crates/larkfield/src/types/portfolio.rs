//! Services, what customers can take of them, and who takes what.

use chrono::NaiveDate;
use kernel::{Period, Price, Quantity};

/// A service that existed before Quarterdeck, or live since a gate of the sieve.
#[derive(Clone, Debug)]
pub struct Service {
    /// `VOICE`.
    pub key: String,
    /// Name; one has 90 characters.
    pub name: String,
    /// Customer-facing or supporting.
    pub kind: ServiceKind,
    /// Where it stands on the day the story opens.
    pub state: ServiceState,
    /// Key of the person who answers for it; a retired service may have none.
    pub owner: Option<String>,
    /// First day it was offered.
    pub first_day: NaiveDate,
    /// What it does for whom, in the customer's words.
    pub value_proposition: String,
    /// Who it is for, in a few words.
    pub for_whom: String,
    /// Where the record came from: the register it was taken over from.
    pub source: String,
    /// True for SELF and IAM, which came through the sieve and are live since.
    pub through_the_sieve: bool,
}

/// Who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// Subscribers use it.
    CustomerFacing,
    /// Larkfield's own people use it.
    Supporting,
}

/// Where a take-over stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServiceState {
    /// Can be had; `planned_end` where an end is meant, not yet announced.
    Operational {
        /// Fiscal year in words: `FY30`.
        planned_end: Option<String>,
    },
    /// Closed to new agreements.
    Retiring {
        /// Last day it can be used.
        last_day: NaiveDate,
        /// Key of what takes its place, if anything does.
        successor: Option<String>,
        /// Key of the service that inherits its stranded shared cost.
        inherits: String,
    },
    /// Gone.
    Retired {
        /// The day it began to retire: six months' notice was given.
        announced: NaiveDate,
        /// Its last day.
        last_day: NaiveDate,
        /// Key of what took its place, if anything did.
        successor: Option<String>,
    },
}

/// A service not offered yet whose cost reaches no customer.
#[derive(Clone, Debug)]
pub struct Preparation {
    /// `4G`: the receiver of pool rules.
    pub key: String,
    /// Its name once it is offered.
    pub name: String,
    /// What its cost is called among the residuals.
    pub residual: String,
    /// Key of its owner.
    pub owner: String,
    /// Always true: prepared, not offered.
    pub prepared: bool,
    /// First month it carries cost.
    pub from: Period,
}

/// One service and another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Key of the one that depends, replaces or enables.
    pub from: String,
    /// How.
    pub kind: RelationKind,
    /// Key of the other.
    pub to: String,
}

/// How two services are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// Cannot work without it.
    DependsOn,
    /// Took its place.
    Replaces,
    /// Makes it possible.
    Enables,
}

/// A correction of a service's text.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Service key.
    pub service: String,
    /// Which field: `value_proposition` or `for_whom`.
    pub field: &'static str,
    /// What it says from then on; the last one equals the service's own text.
    pub text: String,
    /// Who.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// A variant of a service that a customer can take.
#[derive(Clone, Debug)]
pub struct Offering {
    /// `IAM-PARTNER`: how agreements name it.
    pub key: String,
    /// Service key.
    pub service: String,
    /// Name.
    pub name: String,
    /// What one is: `seat`, `1,000 minutes`.
    pub unit: String,
    /// How it is charged.
    pub charging: Charging,
    /// Levels it promises.
    pub levels: Vec<ServiceLevel>,
}

/// How an offering is charged.
#[derive(Clone, Debug)]
pub enum Charging {
    /// What it costs, shared by the service's rule.
    Cost,
    /// A rate card's price per unit and month; versions in order of time.
    Fixed(Vec<PriceVersion>),
}

/// A price from a month on.
#[derive(Clone, Debug)]
pub struct PriceVersion {
    /// `rate card FY26`.
    pub rate_card: String,
    /// First month.
    pub from: Period,
    /// Per unit and month.
    pub price: Price,
    /// Who wrote it.
    pub edited_by: String,
    /// Who approved it: another person.
    pub approved_by: String,
}

/// A promised level.
#[derive(Clone, Debug)]
pub struct ServiceLevel {
    /// What is measured: `availability`.
    pub measure: String,
    /// The promised value: `99.9`.
    pub target: String,
    /// Its unit and, where needed, its hours: `% of the month, 07:00–22:00`.
    pub unit: String,
}

/// Who takes which offering, how much, from when.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Customer key.
    pub customer: String,
    /// Offering key.
    pub offering: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day, where an end is agreed.
    pub to: Option<NaiveDate>,
    /// Days of notice.
    pub notice_days: u32,
    /// How charges are settled.
    pub settlement: Settlement,
    /// How much.
    pub quantity: AgreedQuantity,
    /// True where the customer ordered it through Quarterdeck, which is how a *new* line begins.
    pub ordered: bool,
}

/// How charges of an agreement are settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Shown, not posted outside.
    Memo,
    /// Posted to the customer's cost centre.
    Recharge,
}

/// How much an agreement is for.
#[derive(Clone, Debug)]
pub enum AgreedQuantity {
    /// Agreed and charged so, from each month on.
    Agreed(Vec<(Period, Quantity)>),
    /// As measured each month by this driver; agreed anew with the measure of a month where `agreed` says so.
    Measured {
        /// Driver key.
        driver: String,
        /// The quantities agreed on, from each of these months on.
        agreed: Vec<(Period, Quantity)>,
    },
}
