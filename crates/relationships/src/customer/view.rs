//! What pages, API and command line read of customers.

use access::{Action, Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Refused};
use serde_json::{Value, json};

use super::{CustomerKind, repo};
use crate::{agreement, contact, order};

/// Customers the reader may see.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let list = ListQuery {
        name: "customer",
        caption: "Customers".into(),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/customers/{key}"),
            Column::new("name", "Name", Kind::Text).linked("/customers/{key}"),
            Column::new("kind", "Kind", Kind::State).of(CustomerKind::ALL.map(CustomerKind::word)),
            Column::new("manager", "Relationship manager", Kind::Text),
            Column::new("source_key", "Key in its source", Kind::Code).hidden(),
        ],
        sql: format!(
            "select c.key, c.name, c.kind, p.name as manager, c.source_key from relationships_customers c \
             left join access_people p on p.id = c.manager_id where {}",
            scope.sql("c.id")
        ),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One customer: whom we speak to, what they take, what they wait for (`screens.md` S15).
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let customer = repo::load(&mut cx.tx, &scope, params.get("key")).await?;
    let today = cx.today();
    let manager = match customer.manager {
        Some(id) => {
            cx.tx.query("select username, name from access_people where id = $1").bind(id).row().await?
        }
        None => None,
    };
    let manager = manager.map(|row| -> Result<Value, Fault> {
        Ok(json!({ "username": row.get::<String>("username")?, "name": row.get::<String>("name")? }))
    });
    Ok(View::Record(json!({
        "schema": "quarterdeck.customer.v1",
        "id": customer.id.to_string(),
        "version": customer.version,
        "key": customer.key,
        "name": customer.name,
        "kind": customer.kind.word(),
        "manager": manager.transpose()?,
        "contacts": contact::of_customer(cx, customer.id).await?,
        "agreements": agreement::of_customer(cx, customer.id, today).await?,
        "orders": order::of_customer(cx, customer.id).await?,
        "source_key": customer.source_key,
    })))
}
