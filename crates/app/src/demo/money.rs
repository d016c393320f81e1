//! Accounts, pools, drivers, mapping and allocation rules, and the budget of the first year.

use base64::Engine as _;
use kernel::{Fault, Refused};
use larkfield::{AccountClass, AllocationRule, Basis, Receivers, Story};
use serde_json::{Value, json};

use super::evidence;
use super::teller::Teller;

/// The finance manager who imports and writes.
pub(super) const PRIYA: &str = "priya.venkataraman";
/// The one who approves, signs and closes.
pub(super) const HENRIK: &str = "henrik.dahl";

/// Everything that is there before the first month begins.
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
    evidence::budget(teller, story, first).await?;
    for told in story.allocation_rules.iter().filter(|told| told.version == 1) {
        rule(teller, told).await?;
    }
    Ok(())
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

/// A version of a rule, written by one and approved by the other. The story numbers rules as they come.
pub(super) async fn rule(teller: &mut Teller, told: &AllocationRule) -> Result<(), Refused> {
    let (method, driver, receivers) = match &told.basis {
        Basis::Driver(driver) => ("driver", Some(driver.clone()), None),
        Basis::AgreedQuantity => ("agreed quantity", None, None),
        Basis::FixedWeights(weights) => {
            let weights: Vec<String> = weights.iter().map(|(to, weight)| format!("{to}:{weight}")).collect();
            ("fixed", None, Some(weights.join(", ")))
        }
    };
    let sender = if told.receivers == Receivers::Services { "pool" } else { "service" };
    let body = json!({ "name": told.name, "sender_kind": sender, "sender": told.sender, "method": method,
        "driver": driver, "receivers": receivers, "effective_from": told.from.to_string(), "why": told.reason });
    let at = [("number", told.key.as_str())];
    let done = match told.version {
        1 => teller.does(&told.edited_by, "rule add", body).await?,
        _ => teller.does_to(&told.edited_by, "rule revise", &at, None, body).await?,
    };
    if done.key != told.key {
        return Err(Fault::because(format!("the story's {} became {}", told.key, done.key)).into());
    }
    teller.does_to(&told.edited_by, "rule submit", &at, None, json!({})).await?;
    teller.does_to(&told.approved_by, "rule approve", &at, None, json!({})).await?;
    Ok(())
}
