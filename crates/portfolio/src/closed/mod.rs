//! Closed months: what was charged in them stays as it was charged, so nothing that decides a charge begins
//! in one or before one. Which are closed is read from the view `portfolio_closed_months`, which the schema
//! fills from the periods above.

mod repo;

use chrono::NaiveDate;
use db::Tx;
use kernel::typed::day_label;
use kernel::{Fault, Period, RefusalKind, Refused, Status};

/// A change would reach into a closed month.
pub static CLOSED_MONTH: RefusalKind = RefusalKind {
    code: "closed_month",
    status: Status::Rule,
    says: "{0} would change {1}, which is closed: what was charged stays as it was charged.",
    way_out: "Let it hold from {2} or later, the first day after the last closed month.",
};

/// Refuses `what`, which holds from `from`, if a month from then on is closed.
///
/// # Errors
/// [`CLOSED_MONTH`] names the month and the first day that is free.
pub async fn require_open(tx: &mut Tx, what: &str, from: NaiveDate) -> Result<(), Refused> {
    let Some((first, last)) = repo::closed_from(tx, from).await? else { return Ok(()) };
    let free = last.next().first_day();
    Err(CLOSED_MONTH.with(&[what, &first.label(), &day_label(free)]).into())
}

/// The last closed month, if one from `from` on is closed.
pub async fn last_closed_from(tx: &mut Tx, from: NaiveDate) -> Result<Option<Period>, Fault> {
    Ok(repo::closed_from(tx, from).await?.map(|(_, last)| last))
}
