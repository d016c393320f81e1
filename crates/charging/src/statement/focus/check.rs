//! Whether what is to be written adds up: the datasets, read back from their text, against the statements and the
//! run. Pure. Nothing is handed out that does not.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Currency, Decimal, Money, Period};

use super::charge::start;
use super::dataset::{Bundle, Row};
use super::repo::Facts;
use super::split;

/// Minor units by key.
type Sums = BTreeMap<String, i64>;

/// Stands for the service where there is none.
const DIRECT: &str = "direct";

/// What the datasets of a month must add up to, from the statements and the run themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Of every amount.
    pub currency: Currency,
    /// Of every row.
    pub period: Period,
    /// Totals of the statements by customer, minor units.
    pub customers: Sums,
    /// Totals of those that are issued, by number.
    pub invoices: Sums,
    /// What is charged at cost by service, and what pools send directly; none where the reader does not see all
    /// of it.
    pub origins: Option<Sums>,
}

impl Truth {
    pub(super) fn of(facts: &Facts) -> Truth {
        let issued = facts.statements.iter().filter(|statement| statement.issued_at.is_some());
        Truth {
            currency: facts.currency,
            period: facts.period,
            customers: facts.statements.iter().map(|sent| (sent.customer.clone(), sent.total)).collect(),
            invoices: issued.map(|sent| (sent.number.clone(), sent.total)).collect(),
            origins: split::origins(facts).map(by_word),
        }
    }
}

fn by_word(origins: BTreeMap<Option<String>, i64>) -> Sums {
    origins
        .into_iter()
        .map(|(service, origin)| (service.unwrap_or_else(|| DIRECT.to_owned()), origin))
        .collect()
}

/// Every way in which `bundle` is not `truth`, in words; empty where it adds up.
pub fn differences(bundle: &Bundle, truth: &Truth) -> Vec<String> {
    let mut found = Vec::new();
    for row in bundle.charges.iter().chain(&bundle.invoices).chain(&bundle.periods) {
        found.extend(outside(row, truth));
    }
    found.extend(bundle.charges.iter().filter_map(corrected));
    found.extend(twice("x_ChargeKey", &bundle.charges));
    found.extend(twice("InvoiceDetailId", &bundle.invoices));
    found.extend(compared(
        "customer",
        &summed(&bundle.charges, "BillingAccountId", truth),
        &truth.customers,
        truth,
    ));
    found.extend(compared("invoice", &summed(&bundle.invoices, "InvoiceId", truth), &truth.invoices, truth));
    if !bundle.invoices.is_empty() {
        let (charged, invoiced) = (
            summed(&bundle.charges, "InvoiceDetailId", truth),
            summed(&bundle.invoices, "InvoiceDetailId", truth),
        );
        found.extend(compared("invoice line", &charged, &invoiced, truth));
    }
    if let Some(origins) = &truth.origins {
        found.extend(shared(&bundle.charges, origins, truth));
    }
    found
}

fn amount(row: &Row, column: &'static str, currency: Currency) -> Option<i64> {
    let money = row.get(column).and_then(|text| Money::parse(text, currency).ok());
    money.map(|money| money.minor())
}

fn named(row: &Row) -> &str {
    let ids = ["x_ChargeKey", "InvoiceDetailId", "BillingPeriodStart"];
    ids.iter().find_map(|id| row.get(id)).map_or("a row", String::as_str)
}

/// Another month, another currency, no amount.
fn outside(row: &Row, truth: &Truth) -> Vec<String> {
    let mut wants =
        vec![("BillingPeriodStart", start(truth.period)), ("BillingPeriodEnd", start(truth.period.next()))];
    if row.contains_key("ChargePeriodStart") || row.contains_key("x_ChargeKey") {
        wants.push(("ChargePeriodStart", start(truth.period)));
        wants.push(("ChargePeriodEnd", start(truth.period.next())));
    }
    if row.contains_key("BilledCost")
        || row.contains_key("InvoiceDetailId")
        || row.contains_key("x_ChargeKey")
    {
        wants.push(("BillingCurrency", truth.currency.code().to_owned()));
    }
    let other = |(column, want): (&'static str, String)| {
        let is = row.get(column).map_or("null", String::as_str);
        (is != want).then(|| format!("{}: {column} is {is}, not {want}", named(row)))
    };
    let mut found: Vec<String> = wants.into_iter().filter_map(other).collect();
    let money = row.contains_key("BillingCurrency");
    if money && amount(row, "BilledCost", truth.currency).is_none() {
        found.push(format!("{}: BilledCost is no amount", named(row)));
    }
    found
}

/// What was issued is never changed, so no charge corrects another month's.
fn corrected(row: &Row) -> Option<String> {
    row.get("ChargeClass")
        .map(|class| format!("{}: ChargeClass is {class}, and nothing is corrected", named(row)))
}

fn twice(column: &'static str, rows: &[Row]) -> Vec<String> {
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for row in rows {
        if !seen.insert(row.get(column)) {
            found.push(format!("{}: {column} is there twice", named(row)));
        }
    }
    found
}

/// Sums of `BilledCost` by a column; rows without it are left to the sums by another.
fn summed(rows: &[Row], by: &'static str, truth: &Truth) -> Sums {
    let mut sums = BTreeMap::new();
    for row in rows {
        if let Some(key) = row.get(by) {
            *sums.entry(key.clone()).or_default() += amount(row, "BilledCost", truth.currency).unwrap_or(0);
        }
    }
    sums
}

/// Where the sums differ; what is missing on one side counts as nothing, and must be nothing on the other.
fn compared(of: &str, found: &Sums, wanted: &Sums, truth: &Truth) -> Vec<String> {
    let keys: BTreeSet<&String> = found.keys().chain(wanted.keys()).collect();
    let at = |sums: &Sums, key: &String| sums.get(key).copied().unwrap_or(0);
    let differ = |key: &&String| at(found, key) != at(wanted, key);
    let money = |minor| Money::of_minor(minor, truth.currency).plain();
    let says = |key: &String| {
        let (found, wanted) = (money(at(found, key)), money(at(wanted, key)));
        format!("{of} {key} has {found} where {wanted} is charged")
    };
    keys.into_iter().filter(differ).map(says).collect()
}

/// Split cost: what is charged at cost is what the run brought, service by service; lines that name an origin name
/// its cost, and their ratios add up to one.
fn shared(rows: &[Row], origins: &Sums, truth: &Truth) -> Vec<String> {
    let mut at_cost = Sums::new();
    let mut ratios: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.get("x_ChargingModel").is_some_and(|model| model == "at cost")) {
        let service = row.get("x_ServiceKey").map_or(DIRECT, String::as_str).to_owned();
        let origin = origins.get(&service).copied().unwrap_or(0);
        *at_cost.entry(service).or_default() += amount(row, "BilledCost", truth.currency).unwrap_or(0);
        let Some(id) = row.get("x_SplitOriginId") else { continue };
        if amount(row, "x_SplitOriginCost", truth.currency) != Some(origin) {
            found.push(format!("{}: x_SplitOriginCost is not what is shared", named(row)));
        }
        *ratios.entry(id.clone()).or_default() += ratio(row).unwrap_or_default();
    }
    found.extend(compared("cost shared by", &at_cost, origins, truth));
    let off = ratios.into_iter().filter(|(_, sum)| *sum != Decimal::ONE);
    found.extend(off.map(|(id, sum)| format!("{id}: its ratios add up to {sum}")));
    found
}

fn ratio(row: &Row) -> Option<Decimal> {
    let details: serde_json::Value = serde_json::from_str(row.get("AllocatedMethodDetails")?).ok()?;
    details["Elements"][0]["AllocatedRatio"].to_string().parse().ok()
}
