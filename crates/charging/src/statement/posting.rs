//! An issued statement in the books: its recharges as one balanced transaction, and the message that it
//! went out.
//!
//! Same legal entity (`domain.md` §3): debit the customer's cost centre, credit IT recoveries; no
//! receivable, tax or invoice number. What is *memo* is posted nowhere. An issued statement is never
//! changed and its period never re-opened, so nothing here is ever reversed: what was wrong is corrected
//! in a later period.

use std::collections::BTreeMap;

use access::{Cx, outbox};
use kernel::{Fault, Money, Refused};
use ledger::{Class, NewPosting, NewTransaction, Source};
use relationships::agreement::Settlement;
use serde_json::json;

use super::{Line, Statement};

/// Kind of the transaction.
const CHARGE: &str = "charge";
/// Kind of its source.
pub(super) const STATEMENT: &str = "statement";
/// What customers are charged: one account, their cost centres part it.
const CHARGES: (&str, &str) = ("IT-CHARGES", "IT charges");
/// What IT recovers: one account per service, and this one for what is charged past any.
const RECOVERIES: (&str, &str) = ("IT-RECOVERIES", "IT recoveries");

/// Posts what a statement recharges, service by service; nothing where all of it is memo.
pub(super) async fn post(
    cx: &mut Cx,
    statement: &Statement,
    customer: &str,
    lines: &[Line],
) -> Result<(), Refused> {
    let recharged = recharged(lines);
    if recharged.is_empty() {
        return Ok(());
    }
    let charges = ledger::ensure(cx, CHARGES.0, CHARGES.1, Class::Balance).await?;
    let mut postings = Vec::with_capacity(2 * recharged.len());
    for (service, amount) in recharged {
        let (code, name) = recoveries(service);
        let recoveries = ledger::ensure(cx, &code, &name, Class::Balance).await?;
        postings.push(NewPosting::new(charges.id, amount).of(Some(customer.to_owned())));
        postings.push(NewPosting::new(recoveries.id, -amount));
    }
    let transaction = NewTransaction {
        kind: CHARGE.to_owned(),
        period: statement.period,
        day: statement.period.last_day(),
        text: format!("{}: recharge of {} to {customer}", statement.number, statement.period.label()),
        source: Source { kind: STATEMENT.to_owned(), id: statement.id.to_string() },
        corrects: None,
        postings,
    };
    ledger::post(cx, transaction).await?;
    Ok(())
}

/// Tells that a statement went out.
pub(super) async fn tell(cx: &mut Cx, statement: &Statement, customer: &str) -> Result<(), Fault> {
    let body = json!({
        "schema": "quarterdeck.statement-issued.v1",
        "number": statement.number,
        "period": statement.period,
        "customer": customer,
        "total": Money::of_minor(statement.total, statement.currency).plain(),
        "currency": statement.currency.code(),
    });
    outbox::tell(cx, "statement issued", &body).await
}

/// What is recharged by service; a service that comes to nothing is left out.
fn recharged(lines: &[Line]) -> BTreeMap<Option<&str>, i64> {
    let mut sums: BTreeMap<Option<&str>, i64> = BTreeMap::new();
    for charge in lines.iter().map(|line| &line.charge) {
        if charge.settlement == Settlement::Recharge && !charge.gone {
            *sums.entry(charge.service.as_deref()).or_default() += charge.amount;
        }
    }
    sums.retain(|_, amount| *amount != 0);
    sums
}

fn recoveries(service: Option<&str>) -> (String, String) {
    match service {
        Some(key) => (format!("{}-{key}", RECOVERIES.0), format!("{}: {key}", RECOVERIES.1)),
        None => (RECOVERIES.0.to_owned(), format!("{}: charged directly", RECOVERIES.1)),
    }
}
