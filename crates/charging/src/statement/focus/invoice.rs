//! Invoice Detail and Billing Period: what was issued, service by service, and whether the month is done. Pure.

use std::collections::BTreeMap;

use kernel::Money;
use relationships::agreement::Settlement;

use super::charge::start;
use super::dataset::Row;
use super::repo::{Charged, Facts};

/// Everything charged is for a service that was there to be used.
pub const USAGE: &str = "Usage";

/// `STM-7/MAIL/recharge`: the lines of a statement for one service that are settled alike.
pub fn detail_id(charged: &Charged) -> String {
    let charge = &charged.line.charge;
    let service = charge.service.as_deref().unwrap_or("direct");
    format!("{}/{service}/{}", charged.statement, charge.settlement.word())
}

/// No statement is an invoice in the sense of the law, and none is paid by bank.
fn terms(settlement: Settlement) -> &'static str {
    match settlement {
        Settlement::Memo => "For information: nothing is booked, nothing to pay",
        Settlement::Recharge => "Booked to the customer's cost centre: nothing to pay",
    }
}

/// The rows of what was issued; a draft is on no invoice.
pub fn details(facts: &Facts) -> Vec<Row> {
    let mut rows: BTreeMap<String, (Row, i64)> = BTreeMap::new();
    for charged in &facts.lines {
        let Some(issued) = &charged.issued_at else { continue };
        let id = detail_id(charged);
        let (_, amount) = rows.entry(id.clone()).or_insert_with(|| (detail(facts, charged, issued, id), 0));
        *amount += charged.line.charge.amount;
    }
    let priced = |(mut row, amount): (Row, i64)| {
        row.insert("BilledCost", Money::of_minor(amount, facts.currency).plain());
        row
    };
    rows.into_values().map(priced).collect()
}

fn detail(facts: &Facts, charged: &Charged, issued: &str, id: String) -> Row {
    let period = facts.period;
    let says = format!("{}, {}", charged.service_name, period.label());
    let grain = serde_json::json!({ "ServiceName": charged.service_name });
    Row::from([
        ("InvoiceId", charged.statement.clone()),
        ("InvoiceDetailId", id),
        // What corrects no other refers to itself.
        ("ReferenceInvoiceId", charged.statement.clone()),
        ("BillingAccountId", charged.customer.clone()),
        ("BillingCurrency", facts.currency.code().to_owned()),
        ("BillingPeriodStart", start(period)),
        ("BillingPeriodEnd", start(period.next())),
        ("ChargeCategory", USAGE.to_owned()),
        ("InvoiceDetailDescription", says),
        ("InvoiceDetailGrain", grain.to_string()),
        // What is issued is never changed.
        ("InvoiceDetailCreated", issued.to_owned()),
        ("InvoiceDetailLastUpdated", issued.to_owned()),
        ("InvoiceIssueDate", issued.to_owned()),
        ("InvoiceIssueStatus", "Issued".to_owned()),
        ("InvoiceIssuerName", facts.issuer.clone()),
        ("PaymentTerms", terms(charged.line.charge.settlement).to_owned()),
    ])
}

/// The month: open until its statements are issued, since from then on nothing of it changes.
pub fn periods(facts: &Facts) -> Vec<Row> {
    let Some((created, updated)) = &facts.told else { return Vec::new() };
    let issued = facts.statements.iter().all(|statement| statement.issued_at.is_some());
    let last = facts.statements.iter().filter_map(|statement| statement.issued_at.as_ref()).max();
    let updated = last.map_or(updated, |last| last.max(updated));
    vec![Row::from([
        ("BillingPeriodStart", start(facts.period)),
        ("BillingPeriodEnd", start(facts.period.next())),
        ("BillingPeriodStatus", if issued { "Closed" } else { "Open" }.to_owned()),
        ("BillingPeriodCreated", created.clone()),
        ("BillingPeriodLastUpdated", updated.clone()),
        ("InvoiceIssuerName", facts.issuer.clone()),
    ])]
}
