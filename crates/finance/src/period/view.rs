//! What pages, API and command line read of periods.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::{PeriodState, repo};

/// All periods with their ledger total, newest first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "period",
        caption: "Periods".into(),
        columns: vec![
            Column::new("period", "Period", Kind::Period).linked("/money/periods/{period}"),
            Column::new("fiscal_year", "Fiscal year", Kind::Count),
            Column::new("state", "State", Kind::State).of(PeriodState::ALL.map(PeriodState::word)),
            Column::new("locked", "Year locked", Kind::Bool),
            Column::new("lines", "Ledger lines", Kind::Count).summed().linked("/money/lines?period={period}"),
            Column::new("cost", "Ledger total", Kind::Money)
                .summed()
                .linked("/money/lines?period={period}&kind=cost"),
        ],
        sql: "select p.period, p.fiscal_year, p.state, p.locked, \
              cast(coalesce(l.lines, 0) as bigint) as lines, cast(coalesce(l.cost, 0) as bigint) as cost \
              from finance_periods p left join (select period, sum(lines) as lines, \
              sum(case when kind = 'cost' then amount else 0 end) as cost from (\
              select period, kind, count(*) as lines, sum(amount) as amount from finance_live_lines \
              group by period, kind) k group by period) l on l.period = p.period"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "period desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One period.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period = repo::load(&mut cx.tx, params.get("period")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.period.v1",
        "id": period.id,
        "version": period.version,
        "period": period.period.to_string(),
        "label": cx.organisation.calendar.label(period.period),
        "fiscal_year": period.fiscal_year,
        "state": period.state.word(),
        "locked": period.locked,
    })))
}
