//! What pages, API and command line read of contacts. Influence is our own note: the customer's
//! representatives do not see it.

use access::{Action, Cx, Params, Role, View};
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{CustomerId, Fault, Refusal, Refused};
use serde_json::{Value, json};

use super::{Influence, repo};
use crate::customer;

/// Whether the reader is one of ours.
fn sees_influence(cx: &Cx) -> bool {
    let ours =
        |role: Role| role != Role::CustomerRepresentative && Action::ReadCustomers.roles().contains(&role);
    cx.who.grants.iter().any(|grant| ours(grant.role))
}

/// Contacts at the customers the reader may see.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let mut columns = vec![
        Column::new("number", "Contact", Kind::Code).linked("/contacts/{number}"),
        Column::new("name", "Name", Kind::Text),
        Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
        Column::new("role", "Role", Kind::Text),
        Column::new("email", "E-mail", Kind::Text),
        Column::new("version", "Version", Kind::Count).hidden(),
        Column::new("source_key", "Key in its source", Kind::Code).hidden(),
    ];
    if sees_influence(cx) {
        let words = Influence::WORDS.map(|(word, _)| word);
        columns.insert(4, Column::new("influence", "Influence", Kind::State).of(words));
    }
    let list = ListQuery {
        name: "contact",
        caption: "Contacts".into(),
        columns,
        sql: format!(
            "select t.number, t.name, c.key as customer, t.role, t.influence, t.email, t.version, t.source_key \
             from relationships_contacts t join relationships_customers c on c.id = t.customer_id where {}",
            scope.sql("t.customer_id")
        ),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "customer, name, number",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One contact.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let contact = repo::find_by_number(&mut cx.tx, &scope, params.get("number")).await?;
    let contact = contact.ok_or_else(Refusal::not_found)?;
    let customer = customer::find(&mut cx.tx, &scope, contact.customer).await?;
    let customer = customer.ok_or_else(|| Fault::because("a contact is at no customer"))?;
    let influence = sees_influence(cx).then(|| contact.influence.word());
    Ok(View::Record(json!({
        "schema": "quarterdeck.contact.v1",
        "number": contact.number,
        "version": contact.version,
        "name": contact.name,
        "customer": customer.key,
        "role": contact.role,
        "influence": influence,
        "email": contact.email,
    })))
}

/// The contacts of a customer loaded in the reader's scope.
pub(crate) async fn of_customer(cx: &mut Cx, customer: CustomerId) -> Result<Vec<Value>, Fault> {
    let ours = sees_influence(cx);
    let contacts = repo::of_customer(&mut cx.tx, customer).await?;
    let shown = contacts.into_iter().map(|contact| {
        json!({
            "number": contact.number,
            "version": contact.version,
            "name": contact.name,
            "role": contact.role,
            "influence": ours.then(|| contact.influence.word()),
            "email": contact.email,
        })
    });
    Ok(shown.collect())
}
