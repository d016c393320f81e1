//! What is read of cost objects.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

/// Cost objects.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "cost-object",
        caption: "Cost objects kept central".into(),
        columns: vec![Column::new("key", "Key", Kind::Code), Column::new("name", "Name", Kind::Text)],
        sql: "select key, name from finance_objects".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
