//! What pages, API and command line read of them.

use access::{Cx, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind as Holds};
use serde_json::json;

use super::{Kind, repo};

/// All of them.
pub(crate) async fn list(cx: &mut Cx, kind: &Kind, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: kind.name,
        caption: kind.caption.into(),
        columns: vec![
            Column::new("key", kind.key, Holds::Code).linked(kind.page),
            Column::new("name", "Name", Holds::Text).linked(kind.page),
        ],
        sql: format!("select key, name from {}", kind.noun.table),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One of them.
pub(crate) async fn show(cx: &mut Cx, kind: &Kind, key: &str) -> Result<View, Refused> {
    let one = repo::load(&mut cx.tx, kind, key).await?;
    Ok(View::Record(json!({
        "schema": format!("quarterdeck.{}.v1", kind.name),
        "id": one.id,
        "version": one.version,
        "key": one.key,
        "name": one.name,
    })))
}
