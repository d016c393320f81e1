//! What pages, API and command line reach of this context.

use access::route::Nothing;
use access::{Action, Command, Noun, Reading, command, reading};
use imports::Target;
use kernel::RefusalKind;

use crate::{agreement, catalogue, contact, customer, order};

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("customer add", "Add a customer", Action::EditCustomer, Post "/relationships/customers",
        customer::CustomerInput => customer::add, refuses customer::error::ALL),
    command!("customer edit", "Change a customer", Action::EditCustomer, Patch "/relationships/customers/{key}",
        customer::CustomerChange => customer::change, refuses customer::error::ALL),
    command!("contact add", "Add a contact at a customer", Action::EditCustomer, Post "/relationships/contacts",
        contact::ContactInput => contact::add, refuses contact::error::ALL),
    command!("contact edit", "Edit a contact", Action::EditCustomer, Patch "/relationships/contacts/{number}",
        contact::ContactChange => contact::edit, refuses contact::error::ALL),
    command!("order add", "Ask for an offering", Action::PlaceOrder, Post "/relationships/orders",
        order::OrderInput => order::add, refuses order::error::ALL),
    command!("order confirm", "Confirm an order", Action::ConfirmOrder,
        Post "/relationships/orders/{number}/confirm", order::Confirmation => order::confirm,
        refuses order::error::ALL),
    command!("order refuse", "Refuse an order with a reason", Action::ConfirmOrder,
        Post "/relationships/orders/{number}/refuse", order::OrderRefusal => order::refuse,
        refuses order::error::ALL),
    command!("order withdraw", "Take back an order you asked for", Action::PlaceOrder,
        Post "/relationships/orders/{number}/withdraw", Nothing => order::withdraw,
        refuses order::error::ALL),
    command!("agreement add", "Enter an agreement", Action::ConfirmOrder, Post "/relationships/agreements",
        agreement::AgreementInput => agreement::add, refuses agreement::error::ALL),
    command!("agreement change", "Change the quantity of an agreement from a day on", Action::ConfirmOrder,
        Patch "/relationships/agreements/{number}", agreement::QuantityChange => agreement::change,
        refuses agreement::error::ALL),
    command!("agreement end", "End an agreement", Action::ConfirmOrder,
        Patch "/relationships/agreements/{number}/end", agreement::AgreementEnd => agreement::end,
        refuses agreement::error::ALL),
];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("customer list", "Customers", Action::ReadCustomers, "/relationships/customers" => customer::list),
    reading!("customer show", "One customer", Action::ReadCustomers, "/relationships/customers/{key}" => customer::show),
    reading!("contact list", "Contacts", Action::ReadCustomers, "/relationships/contacts" => contact::list),
    reading!("contact show", "One contact", Action::ReadCustomers, "/relationships/contacts/{number}"
        => contact::show),
    reading!("order list", "Orders", Action::ReadCustomers, "/relationships/orders" => order::list),
    reading!("order show", "One order", Action::ReadCustomers, "/relationships/orders/{number}" => order::show),
    reading!("agreement list", "Agreements", Action::ReadCustomers, "/relationships/agreements", takes &["as_of"]
        => agreement::list),
    reading!("agreement show", "One agreement", Action::ReadCustomers, "/relationships/agreements/{number}",
        takes &["as_of"] => agreement::show),
    reading!("catalogue show", "The menu card of a customer", Action::ReadCatalogue, "/relationships/catalogue",
        takes &["customer", "as_of"] => catalogue::show),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] =
    &[&customer::NOUN, &contact::NOUN, &order::NOUN, &agreement::NOUN, &agreement::QUANTITY];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] =
    &[customer::error::ALL, contact::error::ALL, order::error::OWN, agreement::error::OWN];

/// What can be imported.
pub static TARGETS: &[&Target] = &[&customer::IMPORT, &contact::IMPORT, &agreement::IMPORT];
