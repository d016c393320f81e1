//! What a month stands on besides its ledger, each recorded when it was known: on its last day the rates of the
//! treasury and what was measured; the next budget and the next version of a rule before they hold.

use std::fmt::Write as _;

use kernel::{Period, Refused};
use larkfield::{RateKind, Receivers, Story};
use serde_json::json;

use super::money::{Found, HENRIK, PRIYA, import_with, rule};
use super::teller::Teller;

/// On the last day of `period`.
pub(super) async fn of_month(teller: &mut Teller, story: &Story, period: Period) -> Result<(), Refused> {
    teller.on(period.last_day())?;
    import(teller, "fx", &format!("larkfield-treasury-{period}.csv"), rates(story, period)).await?;
    import(teller, "drivers", &format!("drivers-{period}.csv"), quantities(story, period)).await?;
    let organisation = &story.organisation;
    let next = period.next();
    if next.month() == organisation.fiscal_first_month && next <= organisation.last_period {
        budget(teller, story, next).await?;
    }
    let revised = story.allocation_rules.iter().filter(|told| told.version > 1);
    for told in revised.filter(|told| period.contains(told.approved_on)) {
        rule(teller, told).await?;
    }
    Ok(())
}

/// One file in one step, all its lines new and written.
async fn import(teller: &mut Teller, kind: &str, name: &str, csv: String) -> Result<(), Refused> {
    let expected = Found { new: csv.lines().count() - 1, known: 0, changed: 0, rejected: 0 };
    // A month's few figures leave open which mark is which, so it is said.
    let settings = json!({ "encoding": "UTF-8", "delimiter": "comma", "header_line": "1", "decimal_mark": "point",
        "thousands_mark": "none", "date_order": "Y-M-D" });
    import_with(teller, PRIYA, kind, name, csv, settings, Some(expected)).await.map(drop)
}

fn rates(story: &Story, period: Period) -> String {
    let mut csv = "period,currency,rate,rate_kind,quoted,source\n".to_owned();
    for rate in story.rates.iter().filter(|rate| rate.period == period) {
        let kind = if rate.kind == RateKind::Average { "average" } else { "closing" };
        let line = writeln!(
            csv,
            "{},{},{},{kind},per base,{}",
            rate.period, rate.currency, rate.units_per_euro, rate.source
        );
        line.expect("a string takes every write");
    }
    csv
}

fn quantities(story: &Story, period: Period) -> String {
    let mut csv = "driver,period,service,customer,quantity\n".to_owned();
    for told in story.driver_quantities.iter().filter(|told| told.period == period) {
        let driver = story.drivers.iter().find(|driver| driver.key == told.driver);
        let services = driver.is_some_and(|driver| driver.receivers == Receivers::Services);
        let (service, customer) =
            if services { (told.receiver.as_str(), "") } else { ("", told.receiver.as_str()) };
        let quantity = told.quantity.plain();
        writeln!(csv, "{},{},{service},{customer},{quantity}", told.driver, told.period)
            .expect("a string takes every write");
    }
    csv
}

/// The original budget of the fiscal year that begins with `first`, raised by one and approved by the other.
pub(super) async fn budget(teller: &mut Teller, story: &Story, first: Period) -> Result<(), Refused> {
    let mut csv = "budget,period,pool,amount\n".to_owned();
    let year = first..first.plus(12);
    for budget in story.budgets.iter().filter(|budget| year.contains(&budget.period)) {
        writeln!(csv, "original,{},{},{}", budget.period, budget.pool, budget.amount.plain())
            .expect("a string takes every write");
    }
    let named = first.plus(11).year();
    import(teller, "budget", &format!("budget-{named}.csv"), csv).await?;
    let key = format!("{named}-original");
    let at = [("key", key.as_str())];
    teller.does_to(PRIYA, "budget submit", &at, None, json!({})).await?;
    teller.does_to(HENRIK, "budget approve", &at, None, json!({})).await?;
    Ok(())
}
