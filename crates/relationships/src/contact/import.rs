//! Contacts as something that can be imported: each row is a contact added, or edited.

use access::{Action, Cx, Event, Params, history};
use imports::{Accepted, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict, at_line, judged};
use kernel::{Refusal, Refused, Scope};
use portfolio::import::{brought_in, differences, field, needed, other_origin, untouched};

use super::add::read;
use super::edit::read_change;
use super::{Contact, ContactChange, ContactInput, NOUN, add, edit, repo};
use crate::customer;

static FIELDS: &[FieldSpec] = &[
    field("number", "Contact", FieldKind::Text, &["contact number"]),
    needed("customer", "Customer", FieldKind::Text, &["customer key", "account", "unit"]),
    needed("name", "Name", FieldKind::Text, &["contact name", "full name"]),
    field("role", "Role", FieldKind::Text, &["job title", "title", "position"]),
    field("influence", "Influence", FieldKind::Text, &[]),
    field("email", "E-mail", FieldKind::Text, &["email address", "mail"]),
    field("source_key", "Key in its source", FieldKind::Text, &["source id", "external id", "contact id"]),
];

/// Contacts; known by number, by key in their source, else by e-mail address or name at the customer.
pub static IMPORT: Target = Target {
    kind: "contacts",
    label: "Contacts",
    action: Action::ImportCustomers,
    reads: Action::ReadCustomers,
    fields: FIELDS,
    known: Known::Records { identity: &["customer", "name", "source_key"] },
    total: None,
    hints: imports::Hints::NONE,
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, why| Box::pin(revert(cx, exchange, why)),
};

fn new_from(row: &Row) -> ContactInput {
    ContactInput {
        customer: row.said("customer").unwrap_or_default(),
        name: row.said("name").unwrap_or_default(),
        role: row.said("role").unwrap_or_default(),
        influence: row.said("influence"),
        email: row.said("email"),
        source_key: row.said("source_key"),
    }
}

fn change_from(row: &Row) -> ContactChange {
    ContactChange {
        name: row.said("name"),
        role: row.said("role"),
        influence: row.said("influence"),
        email: row.said("email"),
    }
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
    let Some(known) = known(cx, row).await? else {
        read(cx, &new_from(row)).await?;
        return Ok(Verdict::New);
    };
    let origin = (known.source_key.as_deref(), row.text("source_key"));
    if let Some(why) = other_origin("its key in its source", origin.0, origin.1) {
        return Ok(Verdict::Rejected(why));
    }
    let contact = read_change(&known, &change_from(row))?;
    let changes = differences(shown(&known), shown(&contact));
    Ok(if changes.is_empty() { Verdict::Known } else { Verdict::Changed(changes) })
}

/// The contact a row is about. A number alone may be another organisation's: it counts at the customer.
async fn known(cx: &mut Cx, row: &Row) -> Result<Option<Contact>, Refused> {
    let customer = customer::named(cx, "customer", row.text("customer").unwrap_or("")).await?;
    if let Some(number) = row.text("number")
        && let Some(known) = repo::find_by_number(&mut cx.tx, &Scope::All, number).await?
        && known.customer == customer.id
    {
        return Ok(Some(known));
    }
    if let Some(key) = row.text("source_key") {
        return Ok(repo::find_by_source(&mut cx.tx, customer.id, key).await?);
    }
    let there = repo::of_customer(&mut cx.tx, customer.id).await?;
    let (name, email) = (row.text("name"), row.text("email"));
    let by_email = there.iter().find(|contact| email.is_some() && contact.email.as_deref() == email);
    Ok(by_email.or_else(|| there.iter().find(|contact| Some(contact.name.as_str()) == name)).cloned())
}

fn shown(contact: &Contact) -> Vec<(&'static str, String)> {
    vec![
        ("name", contact.name.clone()),
        ("role", contact.role.clone()),
        ("influence", contact.influence.word().to_owned()),
        ("email", contact.email.clone().unwrap_or_default()),
    ]
}

async fn write(cx: &mut Cx, _: &Exchange, accepted: &[Accepted]) -> Result<Vec<Option<String>>, Refused> {
    let mut numbers = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let written = write_one(cx, accepted).await;
        numbers.push(Some(written.map_err(|refused| at_line(accepted.row.line, refused))?));
    }
    Ok(numbers)
}

async fn write_one(cx: &mut Cx, accepted: &Accepted) -> Result<String, Refused> {
    if !accepted.changes {
        return Ok(add(cx, &Params::default(), new_from(&accepted.row)).await?.key);
    }
    let known = known(cx, &accepted.row).await?.ok_or_else(Refusal::not_found)?;
    cx.expected = Some(known.version);
    let at = Params([("number".to_owned(), known.number)].into());
    let done = edit(cx, &at, change_from(&accepted.row)).await;
    cx.expected = None;
    Ok(done?.key)
}

/// Removes the contacts the batch brought in: nothing else names a contact.
async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for number in brought_in(cx, exchange).await? {
        let contact = repo::load(&mut cx.tx, &Scope::All, &number).await?;
        untouched(exchange, &number, contact.version, None)?;
        let id = contact.id.to_string();
        let before = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
        repo::remove(&mut cx.tx, contact.id).await?;
        let customer = Some(contact.customer);
        let event = Event { noun: &NOUN, id, key: number, action: "taken back", why: Some(why), customer };
        history::record(cx, event, &before).await?;
    }
    Ok(())
}
