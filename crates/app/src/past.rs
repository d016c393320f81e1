//! A context in which services, prices, customers and agreements are what the history told of them at the
//! end of a past day, so that every reading of that day is the log replayed to it.

use access::{Cx, Noun, Params, Reading, as_of, history};
use chrono::NaiveTime;
use kernel::listing::Asked;
use kernel::{Refusal, Refused};

use crate::registry;

/// What is replayed, in the order in which its records name one another.
const REPLAYED: [&[&Noun]; 2] = [portfolio::NOUNS, relationships::NOUNS];

/// Turns `cx` back to the end of the past day that `params` ask of `reading`, if they ask for one and it is
/// answered so: its clock, and the tables it answers from. Once is enough for all readings of a page.
///
/// # Errors
/// A day that has not come is refused.
pub async fn look_back(cx: &mut Cx, reading: &Reading, params: &Params) -> Result<(), Refused> {
    let Some(day) = as_of::asked(params)?.filter(|_| as_of::taken_by(reading)) else { return Ok(()) };
    as_of::require_come(day, cx.today())?;
    if cx.tx.looks_back() || !registry::is_replayed(reading) {
        return Ok(());
    }
    let before = as_of::end_of(day);
    // Personal values are only referred to by the history; nothing shown as of a past day names a contact.
    for noun in REPLAYED.concat().into_iter().filter(|noun| noun.personal.is_empty()) {
        let rows = history::replay(&mut cx.tx, noun, &before).await?;
        cx.tx.table_was(noun.table, rows).await?;
    }
    for (table, rows) in portfolio::service::derived(&mut cx.tx).await? {
        cx.tx.table_was(table, rows).await?;
    }
    cx.tx.view_was("portfolio_takers", relationships::agreement::TAKERS);
    if day < cx.today() {
        let last = NaiveTime::from_hms_milli_opt(23, 59, 59, 999).unwrap_or(NaiveTime::MIN);
        cx.now = day.and_time(last).and_utc();
    }
    Ok(())
}

/// Refuses a past day asked of a reading that does not take one: it would be answered with today's.
pub fn takes_day(reading: &Reading, asked: &Asked) -> Result<(), Refusal> {
    let day = asked.filters.iter().any(|filter| filter.column == as_of::AS_OF);
    if day && !as_of::taken_by(reading) { Err(no_day(reading.name)) } else { Ok(()) }
}

/// The refusal of a past day that names what takes one; `what` does not.
pub fn no_day(what: &str) -> Refusal {
    let takers = registry::readings().filter(|reading| as_of::taken_by(reading));
    let names: Vec<&str> = takers.map(|reading| reading.name).collect();
    access::error::AS_OF_NOT_TAKEN.with(&[what, &names.join(", ")])
}
