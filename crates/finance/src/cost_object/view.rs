//! What is read of cost objects.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::repo;

/// Cost objects.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "cost-object",
        caption: "Cost objects kept central".into(),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/money/objects/{key}"),
            Column::new("name", "Name", Kind::Text).linked("/money/objects/{key}"),
        ],
        sql: "select key, name from finance_objects".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One cost object.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let object = repo::load(&mut cx.tx, params.get("key")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.cost-object.v1",
        "id": object.id,
        "version": object.version,
        "key": object.key,
        "name": object.name,
    })))
}
