//! What was stated of sharing.

use access::{Cx, Params, View, as_of};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refused};

use super::NOUN;

/// What was stated, newest first, and which of it is in force; of a past day what was stated by then.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let month = Period::of(day.unwrap_or_else(|| cx.today()));
    let known = day.map_or_else(|| "true".to_owned(), |_| as_of::told(&NOUN, "s.id", None, 2));
    let in_force = Column::new("in_force", "In force", Kind::Bool);
    let list = ListQuery {
        name: "sharing",
        caption: "How services share among themselves".into(),
        columns: vec![
            Column::new("effective_from", "In force from", Kind::Period),
            Column::new("method", "Method", Kind::Text),
            Column::new("step_order", "Order", Kind::Text),
            if day.is_some() { in_force } else { in_force.hidden() },
        ],
        sql: format!(
            "with v as (select s.* from charging_sharing s where {known}) select s.effective_from, s.method, \
             s.step_order, s.effective_from <= $1 and not exists (select 1 from v n where n.effective_from <= $1 \
             and n.effective_from > s.effective_from) as in_force from v s"
        ),
        binds: [Bind::from(month)].into_iter().chain(day.map(|day| as_of::end_of(day).into())).collect(),
        currency: cx.organisation.currency,
        order: "effective_from desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
