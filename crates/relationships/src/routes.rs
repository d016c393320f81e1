//! What pages, API and command line reach of this context.

use access::{Action, Command, Noun, Reading, command, reading};
use kernel::RefusalKind;

use crate::customer;

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("customer add", "Add a customer", Action::EditCustomer, Post "/relationships/customers",
        customer::CustomerInput => customer::add, refuses customer::error::ALL),
    command!("customer edit", "Change a customer", Action::EditCustomer, Patch "/relationships/customers/{key}",
        customer::CustomerChange => customer::change, refuses customer::error::ALL),
];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("customer list", "Customers", Action::ReadCustomers, "/relationships/customers" => customer::list),
    reading!("customer show", "One customer", Action::ReadCustomers, "/relationships/customers/{key}" => customer::show),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&customer::NOUN];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[customer::error::ALL];
