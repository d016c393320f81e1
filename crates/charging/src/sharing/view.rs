//! What was stated of sharing.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

/// What was stated, newest first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "sharing",
        caption: "How services share among themselves".into(),
        columns: vec![
            Column::new("effective_from", "In force from", Kind::Period),
            Column::new("method", "Method", Kind::Text),
            Column::new("step_order", "Order", Kind::Text),
        ],
        sql: "select effective_from, method, step_order from charging_sharing".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "effective_from desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
