//! What pages, API and command line read of cost centres.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::repo;

/// All registered cost centres.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "cost-centre",
        caption: "Cost centres".into(),
        columns: vec![
            Column::new("key", "Code", Kind::Code).linked("/money/cost-centres/{key}"),
            Column::new("name", "Name", Kind::Text).linked("/money/cost-centres/{key}"),
        ],
        sql: "select key, name from finance_cost_centres".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One cost centre.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let centre = repo::load(&mut cx.tx, params.get("key")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.cost-centre.v1",
        "id": centre.id,
        "version": centre.version,
        "key": centre.key,
        "name": centre.name,
    })))
}
