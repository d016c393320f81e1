//! What pages, API and command line read of what a service brought in against what it cost.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use super::repo;
use super::rules::{Outcome, earns};
use crate::promise::readable;

/// What one service cost, earned and was charged for in each of the twelve months up to the one asked for,
/// oldest first; months without a run are left out.
pub async fn by_month(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let service = readable(cx, params).await?;
    let last = crate::run::period(cx, params).await?;
    let months = repo::outcomes(&mut cx.tx, &service, last.plus(-12), last).await?;
    let unit = match months.last() {
        Some(newest) => repo::unit(&mut cx.tx, &service, newest.period).await?,
        None => None,
    };
    let (earns, digits) = (earns(&months), cx.organisation.currency.digits());
    let rows = months.iter().map(|month| binds(&service, month, unit.as_deref(), earns, digits)).collect();
    let columns = columns();
    let (sql, binds) = inline(&cx.tx, &columns, rows);
    let label = cx.organisation.calendar.label(last);
    let list = ListQuery {
        name: "service-month",
        caption: format!("What {service} cost, earned and was charged for by month, up to {label}"),
        columns,
        sql,
        binds,
        currency: cx.organisation.currency,
        order: "month",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn columns() -> Vec<Column> {
    let may_be_blank = |key, label, kind| Column { may_not_apply: true, ..Column::new(key, label, kind) };
    vec![
        Column::new("month", "Month", Kind::Period),
        Column::new("amount", "Cost", Kind::Money)
            .summed()
            .linked("/money/service-cost/{service}?period={month}"),
        Column::new("direct", "Of it direct", Kind::Money).summed(),
        may_be_blank("quantity", "Quantity", Kind::Quantity),
        may_be_blank("unit", "Unit", Kind::Text),
        may_be_blank("unit_cost", "Unit cost", Kind::Decimal),
        Column::new("income", "Earned outside", Kind::Money)
            .summed()
            .linked("/money/lines?period={month}&kind=income&service={service}"),
        may_be_blank("contribution", "Contribution over direct IT cost", Kind::Money).summed(),
        may_be_blank("margin", "Margin over full IT cost", Kind::Money).summed(),
        may_be_blank("charges", "Charged", Kind::Money)
            .summed()
            .linked("/money/statement-lines?period={month}&service={service}"),
        may_be_blank("recovery", "Over- or under-recovery", Kind::Money).summed(),
        Column::new("service", "Service", Kind::Code).hidden(),
    ]
}

fn binds(service: &str, month: &Outcome, unit: Option<&str>, earns: bool, digits: u32) -> Vec<Bind> {
    // What no list can write is left out; the unit cost is exact all the same.
    let quantity = month.quantity.and_then(|millionths| i64::try_from(millionths).ok());
    vec![
        Bind::from(month.period),
        Bind::from(month.cost),
        Bind::from(month.direct),
        Bind::from(quantity),
        Bind::from(unit.filter(|_| month.quantity.is_some()).map(str::to_owned)),
        Bind::from(month.unit_cost(digits).map(|cost| cost.normalize().to_string())),
        Bind::from(month.income),
        Bind::from(earns.then(|| month.contribution())),
        Bind::from(earns.then(|| month.margin())),
        Bind::from(month.charges),
        Bind::from(month.recovery),
        Bind::from(service),
    ]
}
