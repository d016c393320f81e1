//! What was stated of sharing.

use access::{Cx, Params, View, as_of};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refused};
use serde_json::json;

use super::{NOUN, entity, repo};
use crate::rule::told_states;

/// What was stated, newest first, and which of it is in force; of a past day what was stated by then, in the
/// state it had. What was stated before approvals were asked for has no number and holds.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let month = Period::of(day.unwrap_or_else(|| cx.today()));
    let (state, known) = match day {
        None => ("s.state".to_owned(), "true".to_owned()),
        Some(_) => (as_of::version_state(&NOUN, "s.id", 2), as_of::told(&NOUN, "s.id", None, 2)),
    };
    let in_force = Column::new("in_force", "In force", Kind::Bool);
    let list = ListQuery {
        name: "sharing",
        caption: "How services share among themselves".into(),
        columns: vec![
            Column::new("number", "Stated", Kind::Code).linked("/money/sharing/{number}"),
            Column::new("effective_from", "In force from", Kind::Period),
            Column::new("method", "Method", Kind::Text).of(entity::methods()),
            Column::new("step_order", "Order", Kind::Text),
            Column::new("state", "State", Kind::State).of(told_states()),
            Column::new("author", "Stated by", Kind::Text),
            Column::new("approver", "Approved by", Kind::Text),
            if day.is_some() { in_force } else { in_force.hidden() },
        ],
        sql: format!(
            "with v as (select s.*, case when s.state is null then 'approved' else {state} end as told \
             from charging_sharing s where {known}), f as ({FIRST}) \
             select 'SH-' || cast(v.number as text) as number, v.effective_from, v.method, v.step_order, \
             case when f.place > 1 then 'superseded' else v.told end as state, a.name as author, \
             case when v.told = 'approved' then p.name end as approver, coalesce(f.place = 1, false) as in_force \
             from v left join f on f.id = v.id left join access_people a on a.id = v.author_id \
             left join access_people p on p.id = v.approved_by"
        ),
        binds: [Bind::from(month)].into_iter().chain(day.map(|day| as_of::end_of(day).into())).collect(),
        currency: cx.organisation.currency,
        order: "effective_from desc, number desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// What holds in the month `$1`, in the order of `repo::in_force`: the first is in force.
const FIRST: &str = "select id, row_number() over (order by effective_from desc, coalesce(number, 0) desc) as place \
    from v where told = 'approved' and effective_from <= $1";

/// One statement of how services share.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let stated = repo::load(&mut cx.tx, params.get("number")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.sharing.v1",
        "id": stated.id,
        "version": stated.version,
        "number": stated.label(),
        "method": entity::word(&stated.sharing),
        "order": entity::order(&stated.sharing),
        "effective_from": stated.effective_from.to_string(),
        "state": stated.state.word(),
        "author": stated.author.to_string(),
        "approved_by": stated.approved_by.map(|person| person.to_string()),
    })))
}
