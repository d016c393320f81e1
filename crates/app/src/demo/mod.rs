//! Loading the demo organisation: the story of `larkfield`, told through the same commands a person
//! would use, under the story's own clock. Nothing is typed in that the model computes.
//!
//! | file | tells |
//! | --- | --- |
//! | `teller` | one command by one person on one day |
//! | `people` | who may do what |
//! | `portfolio` | services, offerings, prices, promises |
//! | `customers` | customers, contacts, agreements |
//! | `money` | accounts, pools, drivers, rules, the first budget |
//! | `months` | ledger files, runs, closes, statements of 24 months |
//! | `evidence` | what else a month stands on, when it was known: rates, quantities, later rules, the next budget |
//!
//! `clear` takes it away again.

mod clear;
mod customers;
mod evidence;
mod money;
mod months;
mod people;
mod portfolio;
mod teller;

pub use clear::{clear, name_of};

use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{Fault, Period, RefusalKind, Refused, Status};

use crate::House;
use crate::setup::{self, Founding};
use teller::Teller;

/// Demo and real data never share a database.
pub static NOT_EMPTY: RefusalKind = RefusalKind {
    code: "demo_needs_empty_database",
    status: Status::Rule,
    says: "This database holds the organisation {0}: the demo needs one of its own.",
    way_out: "Name another database with --db.",
};

/// The story can only end in a September.
pub static NOT_SEPTEMBER: RefusalKind = RefusalKind {
    code: "demo_ends_in_september",
    status: Status::Unclean,
    says: "{0}.",
    way_out: "For example: quarterdeck demo load --as-of 2026-09.",
};

/// Only the demo is ever cleared.
pub static NOT_DEMO: RefusalKind = RefusalKind {
    code: "not_the_demo",
    status: Status::Rule,
    says: "This database holds {0}, which is no demo.",
    way_out: "Name the demo's database with --db; no other is ever cleared.",
};

/// Somebody works with the demo.
pub static IN_USE: RefusalKind = RefusalKind {
    code: "demo_in_use",
    status: Status::Rule,
    says: "{0} is open in another process, as in one that serves it.",
    way_out: "Stop that process, then clear the demo.",
};

/// Refusals of the demo, for the catalogue.
pub static REFUSALS: &[&RefusalKind] = &[&NOT_EMPTY, &NOT_SEPTEMBER, &NOT_DEMO, &IN_USE];

/// Loads Larkfield as of a September into an empty database. `tell` hears each chapter.
pub async fn load(house: &House, as_of: Period, tell: &dyn Fn(&str)) -> Result<(), Refused> {
    let story = larkfield::story(as_of).map_err(|error| NOT_SEPTEMBER.with(&[&error.to_string()]))?;
    let mut tx = house.db.read().await?;
    if let Some(there) = access::organisation::load(&mut tx).await? {
        return Err(NOT_EMPTY.with(&[&there.name]).into());
    }
    drop(tx);
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let opens = story.organisation.opens_at.and_utc();
    let founding = Founding {
        name: story.organisation.name.clone(),
        currency: story.organisation.reporting.code().into(),
        first_month: story.organisation.fiscal_first_month,
        demo: Some((stamp(opens), stamp(house.clock.now()))),
    };
    let mut teller = Teller::new(house, story.organisation.set_up_on);
    let cx = setup::found(&teller.house, &founding).await?;
    cx.tx.commit().await?;
    tell("people");
    people::tell(&mut teller, &story).await?;
    tell("services and customers");
    portfolio::services(&mut teller, &story).await?;
    customers::tell(&mut teller, &story).await?;
    tell("accounts, drivers, rules and the first budget");
    money::tell(&mut teller, &story).await?;
    portfolio::promises(&mut teller, &story).await?;
    tell("24 months of ledger, runs and closes");
    months::tell(&mut teller, &story).await?;
    portfolio::revisions(&mut teller, &story).await
}

/// A day of the story at nine in the morning.
fn morning(day: chrono::NaiveDate) -> Result<DateTime<Utc>, Fault> {
    let at = day.and_hms_opt(9, 0, 0).ok_or_else(|| Fault::because("nine in the morning is no time"))?;
    Ok(at.and_utc())
}
