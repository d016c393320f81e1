//! Larkfield Mobile: the demo organisation that every screen, tutorial and end-to-end test tells.
//! Pure data by a deterministic generator: integers only, no I/O, no clock, no chance but a seed.
//! The same September gives the same bytes.
//!
//! | file | tells |
//! | --- | --- |
//! | `organisation` | the company, its cost centres, its people and what they may do |
//! | `services` | the catalogue, what is retired, 4G in preparation, relations |
//! | `offerings` | what can be taken: unit, price, levels |
//! | `customers` | units, outside accounts, contacts |
//! | `usage` | who uses how much of what, month by month |
//! | `agreements` | who takes which offering |
//! | `money` | accounts, pools, mapping rules, the plan of 24 months |
//! | `rates` | exchange rates of the treasury |
//! | `drivers` | what is measured to share cost |
//! | `rules` | how pools reach services and services reach customers |
//! | `ledger` | the ledger as files: cost, income, capital; September's quarrels |
//! | `closes` | how 23 months were closed |
//! | `promises` | what the take-overs are judged by |
//! | `commentary` | why pools were off their budgets |
//! | `types` | the records all this is told in |
//! | `years` | the shift to another September |

mod agreements;
mod closes;
mod commentary;
mod customers;
mod drivers;
mod ledger;
mod money;
mod offerings;
mod organisation;
mod promises;
mod rates;
mod rules;
mod services;
pub mod types;
mod usage;
mod years;

use std::fmt;

use kernel::Period;

pub use ledger::LAYOUT;
pub use types::*;
use years::Years;

/// The story ends in a September; this month is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASeptember(pub Period);

impl fmt::Display for NotASeptember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.0.year();
        write!(f, "the story of Larkfield ends in a September: ask for {year}-09, not {}", self.0)
    }
}

impl std::error::Error for NotASeptember {}

/// Tells the whole story as of `as_of`, a September: all days, months and years in it are moved by
/// whole years from September 2026, for which the binding figures hold. Amounts never change.
///
/// # Errors
/// [`NotASeptember`] for any other month, and for years before 1950 or after 9900, where days of
/// the story would not exist.
pub fn story(as_of: Period) -> Result<Story, NotASeptember> {
    if as_of.month() != years::WRITTEN_FOR.1 || !(1950..=9900).contains(&as_of.year()) {
        return Err(NotASeptember(as_of));
    }
    let years = Years::until(as_of);
    Ok(Story {
        as_of,
        organisation: organisation::organisation(years),
        cost_centres: organisation::cost_centres(),
        people: organisation::people(),
        customers: customers::customers(years),
        contacts: customers::contacts(),
        services: services::services(years),
        preparations: services::preparations(years),
        relations: services::relations(),
        revisions: services::revisions(years),
        offerings: offerings::offerings(years),
        agreements: agreements::agreements(years),
        accounts: money::accounts(),
        pools: money::pools(),
        mapping_rules: money::mapping_rules(),
        rates: rates::rates(years),
        budgets: money::budgets(years),
        capital_plans: money::capital_plans(years),
        drivers: drivers::drivers(),
        driver_quantities: drivers::quantities(years),
        allocation_rules: rules::rules(years),
        files: ledger::files(years),
        closes: closes::closes(years),
        promises: promises::promises(years),
        commentary: commentary::commentary(years),
    })
}
