//! Accounts, pools, drivers, rates, budgets, mapping and allocation rules.

use std::fmt::Write as _;

use base64::Engine as _;
use kernel::{Fault, Refused};
use larkfield::{AccountClass, Basis, RateKind, Receivers, Story};
use serde_json::{Value, json};

use super::teller::Teller;

/// The finance manager who imports and writes.
pub(super) const PRIYA: &str = "priya.venkataraman";
/// The one who approves, signs and closes.
pub(super) const HENRIK: &str = "henrik.dahl";

/// Everything the ledger, the model and the plan stand on.
pub(super) async fn tell(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    let (first, last) = (story.organisation.first_period, story.organisation.last_period);
    let range = json!({ "from": first.to_string(), "to": last.to_string() });
    teller.does(PRIYA, "period open", range).await?;
    for account in &story.accounts {
        let body = json!({ "code": account.number, "name": account.name, "class": class(account.class) });
        teller.does(PRIYA, "account add", body).await?;
    }
    for centre in &story.cost_centres {
        let body = json!({ "key": centre.code, "name": centre.name });
        teller.does(PRIYA, "cost-centre add", body).await?;
    }
    for pool in &story.pools {
        let body = json!({ "key": pool.key, "name": pool.name, "spend": "operating", "behaviour": "fixed" });
        teller.does(PRIYA, "pool add", body).await?;
    }
    for object in &story.preparations {
        teller.does(PRIYA, "object add", json!({ "key": object.key, "name": object.name })).await?;
    }
    for driver in &story.drivers {
        let body =
            json!({ "key": driver.key, "name": driver.name, "unit": driver.unit, "source": driver.source });
        teller.does(PRIYA, "driver add", body).await?;
    }
    mapping(teller, story).await?;
    import(teller, "fx", "larkfield-treasury.csv", rates(story)).await?;
    import(teller, "drivers", "drivers.csv", drivers(story)).await?;
    budgets(teller, story).await?;
    rules(teller, story).await
}

const fn class(class: AccountClass) -> &'static str {
    match class {
        AccountClass::Cost => "cost",
        AccountClass::Income => "income",
        AccountClass::Asset => "asset",
        AccountClass::Balance => "balance",
    }
}

async fn mapping(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for told in &story.mapping_rules {
        let (from, to) = &told.accounts;
        // A block of accounts is written by its beginning: 5100–5199 is 51*.
        let account = if from == to { from.clone() } else { format!("{}*", &from[..2]) };
        let body = json!({ "account": account, "cost_centre": told.cost_centres.as_ref().map(|range| range.0.clone()),
            "pool": told.pool, "effective_from": story.organisation.first_period.to_string(),
            "priority": told.order.to_string() });
        let done = teller.does(PRIYA, "mapping add", body).await?;
        let at = [("number", done.key.as_str())];
        teller.does_to(PRIYA, "mapping submit", &at, None, json!({})).await?;
        teller.does_to(HENRIK, "mapping approve", &at, None, json!({})).await?;
    }
    Ok(())
}

/// One file in one step, all its new lines written.
async fn import(teller: &mut Teller, kind: &str, name: &str, csv: String) -> Result<(), Refused> {
    let expected = Found { new: csv.lines().count() - 1, known: 0, changed: 0, rejected: 0 };
    import_with(teller, PRIYA, kind, name, csv, json!({}), Some(expected)).await.map(drop)
}

/// One file in one step, with answers to how it is read and the groups the story expects; its batch.
pub(super) async fn import_with(
    teller: &mut Teller,
    username: &str,
    kind: &str,
    name: &str,
    csv: String,
    settings: Value,
    expected: Option<Found>,
) -> Result<String, Refused> {
    let mut body = json!({ "kind": kind, "file_name": name,
        "file": base64::engine::general_purpose::STANDARD.encode(csv) });
    if let (Some(body), Some(settings)) = (body.as_object_mut(), settings.as_object()) {
        body.extend(settings.clone());
    }
    let done = teller.does(username, "import run", body).await?;
    let report = done.body;
    let lines =
        |group: &str| usize::try_from(report[group]["lines"].as_i64().unwrap_or(-1)).unwrap_or(usize::MAX);
    let found = Found {
        new: lines("new"),
        known: lines("known"),
        changed: lines("changed"),
        rejected: lines("rejected"),
    };
    if expected.is_some_and(|expected| expected != found) {
        let says = format!(
            "{name}: the story expects {expected:?}, the import found {found:?}: {}",
            report["reasons"]
        );
        return Err(Fault::because(says).into());
    }
    Ok(done.key)
}

/// How many lines an import found in each group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub new: usize,
    pub known: usize,
    pub changed: usize,
    pub rejected: usize,
}

fn rates(story: &Story) -> String {
    let mut csv = "period,currency,rate,rate_kind,quoted,source\n".to_owned();
    for rate in &story.rates {
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

fn drivers(story: &Story) -> String {
    let mut csv = "driver,period,service,customer,quantity\n".to_owned();
    for told in &story.driver_quantities {
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

async fn budgets(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    let mut csv = "budget,period,pool,amount\n".to_owned();
    for budget in &story.budgets {
        writeln!(csv, "original,{},{},{}", budget.period, budget.pool, budget.amount.plain())
            .expect("a string takes every write");
    }
    import(teller, "budget", "budget.csv", csv).await?;
    for year in [-1, 0] {
        let key = format!("{}-original", story.as_of.year() + year);
        let at = [("key", key.as_str())];
        teller.does_to(PRIYA, "budget submit", &at, None, json!({})).await?;
        teller.does_to(HENRIK, "budget approve", &at, None, json!({})).await?;
    }
    Ok(())
}

/// Each rule with its later versions, written by one, approved by the other.
async fn rules(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    let mut numbers: std::collections::BTreeMap<&str, String> = std::collections::BTreeMap::new();
    for told in &story.allocation_rules {
        let (method, driver, receivers) = match &told.basis {
            Basis::Driver(driver) => ("driver", Some(driver.clone()), None),
            Basis::AgreedQuantity => ("agreed quantity", None, None),
            Basis::FixedWeights(weights) => {
                let weights: Vec<String> =
                    weights.iter().map(|(to, weight)| format!("{to}:{weight}")).collect();
                ("fixed", None, Some(weights.join(", ")))
            }
        };
        let sender = if told.receivers == Receivers::Services { "pool" } else { "service" };
        let body = json!({ "name": told.name, "sender_kind": sender, "sender": told.sender, "method": method,
            "driver": driver, "receivers": receivers, "effective_from": told.from.to_string(), "why": told.reason });
        let done = match numbers.get(told.key.as_str()) {
            Some(number) => {
                let number = number.clone();
                teller.does_to(&told.edited_by, "rule revise", &[("number", &number)], None, body).await?
            }
            None => teller.does(&told.edited_by, "rule add", body).await?,
        };
        numbers.insert(&told.key, done.key.clone());
        let at = [("number", done.key.as_str())];
        teller.does_to(&told.edited_by, "rule submit", &at, None, json!({})).await?;
        teller.does_to(&told.approved_by, "rule approve", &at, None, json!({})).await?;
    }
    Ok(())
}
