//! What pages, API and command line read of cost centres.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

/// All registered cost centres.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "cost-centre",
        caption: "Cost centres".into(),
        columns: vec![
            Column::new("key", "Code", Kind::Code).linked("/money/lines?cost_centre={key}"),
            Column::new("name", "Name", Kind::Text),
        ],
        sql: "select key, name from finance_cost_centres".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
