//! What pages, API and command line read of customers.

use access::{Action, Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::Refused;
use serde_json::json;

use super::repo;

/// Customers the reader may see.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let list = ListQuery {
        name: "customer",
        caption: "Customers".into(),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/customers/{key}"),
            Column::new("name", "Name", Kind::Text).linked("/customers/{key}"),
            Column::new("kind", "Kind", Kind::State),
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

/// One customer.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let customer = repo::load(&mut cx.tx, &scope, params.get("key")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.customer.v1",
        "id": customer.id.to_string(),
        "version": customer.version,
        "key": customer.key,
        "name": customer.name,
        "kind": customer.kind.word(),
        "source_key": customer.source_key,
    })))
}
