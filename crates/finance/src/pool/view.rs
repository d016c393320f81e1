//! What pages, API and command line read of cost pools.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::{Behaviour, Purpose, Spend, repo};

/// All cost pools.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "pool",
        caption: "Cost pools".into(),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/money/pools/{key}"),
            Column::new("name", "Name", Kind::Text).linked("/money/pools/{key}"),
            Column::new("spend", "Spend", Kind::State).of(Spend::words()),
            Column::new("behaviour", "Behaviour", Kind::State).of(Behaviour::words()),
            Column::new("purpose", "Purpose", Kind::State).of(Purpose::words()),
        ],
        sql: "select key, name, spend, behaviour, purpose from finance_pools".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One cost pool.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let pool = repo::load(&mut cx.tx, params.get("key")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.pool.v1",
        "id": pool.id.to_string(),
        "version": pool.version,
        "key": pool.key,
        "name": pool.name,
        "spend": pool.spend.word(),
        "behaviour": pool.behaviour.word(),
        "purpose": pool.purpose.map(Purpose::word),
    })))
}
