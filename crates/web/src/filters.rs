//! Filters that many lists share: a month, a customer. Chosen from a list, so that nobody has to know keys.

use access::Action;
use finance::period::PeriodState;
use kernel::Refused;
use kernel::listing::{Asked, Value};
use parts::{Choice, FilterControl};

use crate::page::PageCx;
use crate::show::plain;

/// The months there are, newest first.
pub(crate) async fn month(page: &mut PageCx) -> Result<FilterControl, Refused> {
    let periods = finance::period::states(&mut page.cx.tx).await?.0;
    let begun = periods.into_iter().rev().filter(|(_, state)| *state != PeriodState::Future);
    let months = begun.map(|(period, _)| Choice::new(period.to_string(), period.label()));
    Ok(FilterControl::select("period", "Period", months.collect()))
}

/// More customers than that are not offered one by one: then a key is typed.
const MOST: i64 = 200;

/// The customers the reader may read, by name.
pub(crate) async fn customer(page: &mut PageCx) -> Result<FilterControl, Refused> {
    if !page.may(Action::ReadCustomers) {
        return Ok(FilterControl::typed("customer", "Customer"));
    }
    let some = Asked { per: u32::try_from(MOST).ok(), page: 1, ..Asked::default() };
    let listing = page.list_asked("customer list", &[], some).await?;
    if listing.count > MOST {
        return Ok(FilterControl::typed("customer", "Customer"));
    }
    let mut customers: Vec<(String, String)> = (listing.rows.iter())
        .map(|row: &Vec<Value>| (plain(&listing, row, "name"), plain(&listing, row, "key")))
        .collect();
    customers.sort();
    let choices = customers.into_iter().map(|(name, key)| Choice::new(key, name));
    Ok(FilterControl::select("customer", "Customer", choices.collect()))
}
