//! People, customers and who may do what.

use chrono::NaiveDate;

/// Someone who may sign in.
#[derive(Clone, Debug)]
pub struct Person {
    /// `priya.venkataraman`: the sign-in name, and how other records name this person.
    pub key: String,
    /// Full name.
    pub name: String,
    /// What they are at Larkfield.
    pub title: String,
    /// Mail address in the reserved domain `example`.
    pub email: String,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
}

/// A role in a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: GrantScope,
}

/// The twelve roles (`domain.md` §6), by their letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is one word of the domain")]
pub enum Role {
    Executive,
    BoardMember,
    Chair,
    PortfolioManager,
    FinanceManager,
    RelationshipManager,
    ServiceOwner,
    Receiver,
    FundingSource,
    CustomerRepresentative,
    Auditor,
    Administrator,
}

/// Where a role holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantScope {
    /// Everywhere.
    Organisation,
    /// One customer, by key.
    Customer(String),
    /// One service, by key (or the key of a preparation).
    Service(String),
    /// One body, by name.
    Body(String),
    /// One unit or phase, by name.
    Unit(String),
}

/// Someone who decides and pays.
#[derive(Clone, Debug)]
pub struct Customer {
    /// `BS`, `HHT`: how other records name it.
    pub key: String,
    /// Name.
    pub name: String,
    /// Unit or outside.
    pub kind: CustomerKind,
    /// Cost centre a recharge is posted to; none outside.
    pub cost_centre: Option<String>,
    /// Key of the person who looks after it.
    pub relationship_manager: String,
    /// Customer since.
    pub since: NaiveDate,
}

/// Inside or outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomerKind {
    /// A business unit of Larkfield.
    Unit,
    /// Another organisation.
    Outside,
}

/// A person at a customer.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Customer key.
    pub customer: String,
    /// Full name; one is in a script written from right to left.
    pub name: String,
    /// Their function.
    pub role: String,
    /// How much they decide, 1 (little) to 5.
    pub influence: u8,
    /// Mail address in the reserved domain `example`.
    pub email: String,
    /// Key of the person who signs in, where the contact is one.
    pub person: Option<String>,
}
