//! Customers as something that can be imported: each row is a customer added, or changed.

use access::{Action, Cx, Event, Params, history, person};
use imports::{
    Accepted, Exchange, FieldKind, FieldSpec, Hints, Keys, Known, Row, Target, Verdict, at_line, judged,
};
use kernel::{Fault, Refused, Scope};
use portfolio::import::{brought_in, differences, field, needed, other_origin, person_said, untouched};
use portfolio::sql::person_named;

use super::add::read;
use super::{Customer, CustomerChange, CustomerInput, NOUN, add, change, repo};

static FIELDS: &[FieldSpec] = &[
    needed("key", "Key", FieldKind::Text, &["customer key", "customer code", "unit code"]),
    needed(
        "name",
        "Name",
        FieldKind::Text,
        &["customer", "customer name", "account", "account name", "unit"],
    ),
    field("kind", "Kind", FieldKind::Text, &["customer type"]),
    field("manager", "Relationship manager", FieldKind::Text, &["account manager", "account owner"]),
    field("source_key", "Key in its source", FieldKind::Text, &["source id", "external id", "account id"]),
    field("make_keys", "Make keys of the names", FieldKind::Switch, &[]),
];

/// Customers; a row that says no kind is a unit of ours, one that says no manager is the importer's.
pub static IMPORT: Target = Target {
    kind: "customers",
    label: "Customers",
    action: Action::ImportCustomers,
    reads: Action::ReadCustomers,
    fields: FIELDS,
    known: Known::Records { identity: &["key"] },
    total: None,
    hints: Hints { keys: Some(Keys::OF_NAMES), ..Hints::NONE },
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, why| Box::pin(revert(cx, exchange, why)),
};

async fn new_from(cx: &mut Cx, row: &Row) -> Result<CustomerInput, Fault> {
    Ok(CustomerInput {
        key: row.said("key").unwrap_or_default(),
        name: row.said("name").unwrap_or_default(),
        kind: row.said("kind").unwrap_or_else(|| "unit".to_owned()),
        source_key: row.said("source_key"),
        manager: person_said(cx, row.said("manager")).await?,
    })
}

async fn change_from(cx: &mut Cx, row: &Row) -> Result<CustomerChange, Fault> {
    let manager = person_said(cx, row.said("manager")).await?;
    Ok(CustomerChange { name: row.said("name"), kind: row.said("kind"), manager })
}

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        let verdict = judge(cx, row).await;
        verdicts.push(judged(verdict)?);
    }
    Ok(verdicts)
}

async fn judge(cx: &mut Cx, row: &Row) -> Result<Verdict, Refused> {
    let Some(known) = repo::find_by_key(&mut cx.tx, &Scope::All, row.text("key").unwrap_or("")).await? else {
        let input = new_from(cx, row).await?;
        read(cx, &input).await?;
        return Ok(Verdict::New);
    };
    let origin = (known.source_key.as_deref(), row.text("source_key"));
    if let Some(why) = other_origin("its key in its source", origin.0, origin.1) {
        return Ok(Verdict::Rejected(why));
    }
    let input = change_from(cx, row).await?;
    let manager = person_named(&mut cx.tx, "manager", input.manager.as_deref()).await?;
    let mut customer = known.clone();
    customer.edit(input.name.as_deref(), input.kind.as_deref(), manager)?;
    let (old, new) = (shown(cx, &known).await?, shown(cx, &customer).await?);
    let changes = differences(old, new);
    Ok(if changes.is_empty() { Verdict::Known } else { Verdict::Changed(changes) })
}

async fn shown(cx: &mut Cx, customer: &Customer) -> Result<Vec<(&'static str, String)>, Fault> {
    let manager = match customer.manager {
        Some(id) => person::username_of(&mut cx.tx, id).await?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(vec![("name", customer.name.clone()), ("kind", customer.kind.word().to_owned()), ("manager", manager)])
}

async fn write(cx: &mut Cx, _: &Exchange, accepted: &[Accepted]) -> Result<Vec<Option<String>>, Refused> {
    let mut keys = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let written = write_one(cx, accepted).await;
        keys.push(Some(written.map_err(|refused| at_line(accepted.row.line, refused))?));
    }
    Ok(keys)
}

async fn write_one(cx: &mut Cx, accepted: &Accepted) -> Result<String, Refused> {
    if !accepted.changes {
        let input = new_from(cx, &accepted.row).await?;
        return Ok(add(cx, &Params::default(), input).await?.key);
    }
    let key = accepted.row.said("key").unwrap_or_default();
    cx.expected = Some(repo::load(&mut cx.tx, &Scope::All, &key).await?.version);
    let input = change_from(cx, &accepted.row).await?;
    let done = change(cx, &Params([("key".to_owned(), key)].into()), input).await;
    cx.expected = None;
    Ok(done?.key)
}

/// Removes the customers the batch brought in, where nothing names them.
async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for key in brought_in(cx, exchange).await? {
        let customer = repo::load(&mut cx.tx, &Scope::All, &key).await?;
        let uses = repo::used_by(&mut cx.tx, &Scope::All, &key).await?;
        untouched(exchange, &key, customer.version, uses)?;
        let id = customer.id.to_string();
        let before = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
        repo::remove(&mut cx.tx, customer.id).await?;
        let customer = Some(customer.id);
        let event = Event { noun: &NOUN, id, key, action: "taken back", why: Some(why), customer };
        history::record(cx, event, &before).await?;
    }
    Ok(())
}
