//! What pages, API and command line reach of this context.

use access::route::Nothing;
use access::{Action, Command, Noun, Reading, command, reading};
use imports::Target;
use kernel::RefusalKind;

use crate::{import, offering, price, promise, relation, service, target};

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("service take-over", "Take over a service that existed before", Action::TakeOver,
        Post "/portfolio/services", service::TakeOver => service::take_over, refuses service::error::ALL),
    command!("service edit", "Edit a service", Action::EditService,
        Patch "/portfolio/services/{key}", service::ServiceChange => service::edit, refuses service::error::ALL),
    command!("service relate", "Say what a service is to another", Action::EditService,
        Post "/portfolio/services/{key}/relations", relation::Relate => relation::relate, refuses relation::error::ALL),
    command!("service unrelate", "End a relation of two services", Action::EditService,
        Post "/portfolio/relations/{id}/end", relation::EndRelation => relation::end, refuses relation::error::ALL),
    command!("offering add", "Add an offering to a service", Action::EditService,
        Post "/portfolio/offerings", offering::OfferingInput => offering::add, refuses offering::error::ALL),
    command!("offering edit", "Edit an offering", Action::EditService,
        Patch "/portfolio/offerings/{key}", offering::OfferingChange => offering::edit, refuses offering::error::ALL),
    command!("target set", "Set a service level target of an offering", Action::EditService,
        Post "/portfolio/offerings/{key}/targets", target::TargetInput => target::set),
    command!("target remove", "Remove a service level target of an offering", Action::EditService,
        Post "/portfolio/offerings/{key}/targets/remove", target::TargetRemoval => target::remove),
    command!("price draft", "Draft a price of an offering", Action::EditPrice,
        Post "/portfolio/offerings/{key}/prices", price::PriceInput => price::draft, refuses price::error::ALL),
    command!("price edit", "Edit a drafted price", Action::EditPrice,
        Patch "/portfolio/prices/{number}", price::PriceChange => price::edit, refuses price::error::ALL),
    command!("price submit", "Submit a price for approval", Action::EditPrice,
        Post "/portfolio/prices/{number}/submit", Nothing => price::submit, refuses price::error::ALL),
    command!("price return", "Give a submitted price back to its editors", Action::ApprovePrice,
        Post "/portfolio/prices/{number}/return", price::ReturnPrice => price::give_back, refuses price::error::ALL),
    command!("price approve", "Approve a submitted price", Action::ApprovePrice,
        Post "/portfolio/prices/{number}/approve", Nothing => price::approve, refuses price::error::ALL),
    command!("promise add", "Add a baseline promise to a service", Action::EditPromises,
        Post "/portfolio/services/{key}/promises", promise::PromiseInput => promise::add, refuses promise::error::ALL),
    command!("promise measure", "Enter what was measured of a promise", Action::EditPromises,
        Post "/portfolio/promises/{number}/measurements", promise::MeasureInput => promise::measure,
        refuses promise::error::ALL),
    command!("promise withdraw", "Withdraw a promise that was entered wrongly", Action::TakeOver,
        Post "/portfolio/promises/{number}/withdraw", promise::Withdrawal => promise::withdraw,
        refuses promise::error::ALL),
];

/// Everything that reads; the list of services, with what they cost, is `charging`'s.
pub static READINGS: &[Reading] = &[
    reading!("service show", "One service", Action::ReadServices, "/portfolio/services/{key}", takes &["as_of"]
        => service::show),
    reading!("offering list", "Offerings", Action::ReadServices, "/portfolio/offerings", takes &["as_of"]
        => offering::list),
    reading!("offering show", "One offering", Action::ReadServices, "/portfolio/offerings/{key}", takes &["as_of"]
        => offering::show),
    reading!("price list", "Prices", Action::ReadServices, "/portfolio/prices", takes &["as_of"] => price::list),
    reading!("price show", "One price version", Action::ReadServices, "/portfolio/prices/{number}" => price::show),
    reading!("promise list", "Promises against actual", Action::ReadServiceMoney, "/portfolio/promises"
        => promise::list),
    reading!("promise show", "One promise", Action::ReadServiceMoney, "/portfolio/promises/{number}" => promise::show),
];

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[
    &service::NOUN,
    &relation::NOUN,
    &offering::NOUN,
    &target::NOUN,
    &price::NOUN,
    &promise::NOUN,
    &promise::MEASUREMENT,
];

/// Refusals of this context.
pub static REFUSALS: &[&[&RefusalKind]] = &[
    service::error::ALL,
    relation::error::ALL,
    offering::error::ALL,
    price::error::ALL,
    promise::error::ALL,
    import::REFUSALS,
];

/// What can be imported.
pub static TARGETS: &[&Target] = &[&service::IMPORT, &offering::IMPORT, &promise::IMPORT];
