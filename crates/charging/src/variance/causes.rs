//! Why a year differs so far: the confirmed causes of its months up to one.

use std::collections::BTreeMap;

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use finance::period::PeriodState;
use kernel::listing::{Asked, Column, Kind};
use kernel::{PersonId, Refused};

use super::view::names;
use super::{Cause, Explanation, State, repo};

/// The confirmed causes of the fiscal year up to the month asked for. A closed month's figures stay; of any
/// other, only what was confirmed for the figure it has now.
pub async fn causes(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let calendar = cx.organisation.calendar;
    let last = crate::run::period(cx, params).await?;
    let first = calendar.first_of(calendar.year_of(last));
    let told = repo::confirmed(&mut cx.tx, first, last).await?;
    let told = standing(cx, told).await?;
    let (people, pools) = (names(cx).await?, repo::pool_names(&mut cx.tx).await?);
    let columns = columns();
    let rows = told.iter().map(|told| binds(told, &people, &pools)).collect();
    let (sql, binds) = inline(&cx.tx, &columns, rows);
    let list = ListQuery {
        name: "cause",
        caption: format!("Confirmed causes up to {}", calendar.label(last)),
        columns,
        sql,
        binds,
        currency: cx.organisation.currency,
        order: "period, name",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Those confirmed for the figure there is.
async fn standing(cx: &mut Cx, told: Vec<Explanation>) -> Result<Vec<Explanation>, Refused> {
    let states = finance::period::states(&mut cx.tx).await?;
    let mut kept = Vec::new();
    for told in told {
        if states.0.get(&told.period).copied().is_some_and(PeriodState::is_closed) {
            kept.push(told);
            continue;
        }
        let rows = repo::of_period(&mut cx.tx, cx.organisation.calendar, told.period).await?;
        let mut rows = rows.unwrap_or_default().into_iter();
        let now = rows.find(|row| row.pool == told.pool).and_then(|row| row.variance());
        if now.is_some_and(|now| told.state_for(now.amount) == State::Confirmed) {
            kept.push(told);
        }
    }
    Ok(kept)
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("period", "Month", Kind::Period).linked("/money/variances?period={period}"),
        Column::new("name", "Cost pool", Kind::Text),
        Column::new("variance", "Variance", Kind::Money),
        Column::new("cause", "Cause", Kind::State).of(Cause::WORDS.map(|(word, _)| word)),
        Column::new("text", "Why", Kind::Text),
        Column::new("proposed_by", "Explained by", Kind::Text),
        Column::new("confirmed_by", "Confirmed by", Kind::Text),
        Column::new("pool", "Pool key", Kind::Code).hidden(),
    ]
}

fn binds(
    told: &Explanation,
    people: &BTreeMap<String, String>,
    pools: &BTreeMap<String, String>,
) -> Vec<Bind> {
    let name = |id: PersonId| people.get(&id.to_string()).cloned();
    let pool = match told.pool.as_str() {
        "income" => "Income",
        "unmapped" => "Not mapped",
        key => pools.get(key).map_or(key, String::as_str),
    };
    vec![
        Bind::from(told.period),
        Bind::from(pool),
        Bind::from(told.amount),
        Bind::from(told.cause.word()),
        Bind::from(told.text.as_str()),
        Bind::from(name(told.proposed_by)),
        Bind::from(told.confirmed_by.and_then(name)),
        Bind::from(told.pool.as_str()),
    ]
}
