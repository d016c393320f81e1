//! Who acts, and which customers' rows they may see.

use std::collections::BTreeSet;

use crate::{CustomerId, PersonId};

/// The person behind a request and the way it came. Segregation of duties compares persons, never
/// accounts or tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// How they reached us.
    pub via: Via,
}

/// The way a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A signed-in browser.
    Session,
    /// An API token.
    Token,
    /// The command line on the database itself.
    CommandLine,
    /// Quarterdeck's own schedule.
    Schedule,
}

impl Via {
    /// All ways.
    pub const ALL: [Via; 4] = [Via::Session, Via::Token, Via::CommandLine, Via::Schedule];

    /// The word stored in the history.
    pub const fn word(self) -> &'static str {
        match self {
            Via::Session => "session",
            Via::Token => "token",
            Via::CommandLine => "command line",
            Via::Schedule => "schedule",
        }
    }
}

/// The customers whose rows a query may read: a required argument of every query on them. What is
/// outside is as if it did not exist: not found, not counted, not summed, not suggested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All customers.
    All,
    /// These customers only.
    Customers(BTreeSet<CustomerId>),
}

impl Scope {
    /// Whether rows of `customer` may be read.
    pub fn admits(&self, customer: CustomerId) -> bool {
        match self {
            Scope::All => true,
            Scope::Customers(own) => own.contains(&customer),
        }
    }

    /// SQL condition on `column` that keeps other customers' rows out. Ids are UUIDs of our own
    /// making, so the text holds nothing a person typed.
    pub fn sql(&self, column: &str) -> String {
        match self {
            Scope::All => "true".to_owned(),
            Scope::Customers(own) if own.is_empty() => "false".to_owned(),
            Scope::Customers(own) => {
                let ids: Vec<String> = own.iter().map(|id| format!("'{id}'")).collect();
                format!("{column} in ({})", ids.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_without_customers_admits_nobody() {
        let none = Scope::Customers(BTreeSet::new());
        assert_eq!(none.sql("c.id"), "false");
        assert!(!none.admits(CustomerId::new(uuid::Uuid::nil())));
    }
}
