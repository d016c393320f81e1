//! What pages, API and command line read of recovery.

use access::{Action, Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use portfolio::sql::services_sql;

use crate::statement::{asked_or_newest, label};

/// Per service whose money the reader may see: charges, what of them is recharged (posted once statements are issued), chargeable cost, over- (positive) or under-recovery, and what caused it.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = asked_or_newest(cx, params).await?;
    let seen = services_sql(&cx.who.reach(Action::ReadServiceMoney), "v.id");
    let list = ListQuery {
        name: "recovery",
        caption: format!("Recovery in {}", label(period)),
        columns: vec![
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("service_name", "Name", Kind::Text),
            Column::new("charges", "Charges", Kind::Money)
                .summed()
                .linked("/money/statement-lines?period={period}&service={service}"),
            Column::new("recharged", "Of which recharged", Kind::Money)
                .summed()
                .linked("/money/statement-lines?period={period}&service={service}&settlement=recharge"),
            Column::new("cost", "Chargeable cost", Kind::Money)
                .summed()
                .linked("/money/shares?period={period}&sender={service}&receiver_kind=customer"),
            Column::new("difference", "Over- or under-recovery", Kind::Money).summed(),
            Column::new("price", "By price", Kind::Money).summed(),
            Column::new("not_charged", "Not charged", Kind::Money).summed(),
            Column::new("incomplete", "Incomplete", Kind::Money).summed(),
            Column::new("cause", "Cause", Kind::State),
            Column::new("period", "Period", Kind::Period).hidden(),
        ],
        sql: SQL.replace("{seen}", &seen),
        binds: vec![Bind::from(period)],
        currency: cx.organisation.currency,
        order: "service nulls last",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// The cause is the largest of the three.
const SQL: &str = "select t.*, case when price = 0 and not_charged = 0 and incomplete = 0 then null \
    when abs(price) >= abs(not_charged) and abs(price) >= abs(incomplete) then 'price' \
    when abs(not_charged) >= abs(incomplete) then 'not charged' else 'incomplete' end as cause from ( \
    select l.period, l.service_key as service, coalesce(max(v.name), 'Charged directly') as service_name, \
    cast(sum(l.amount) as bigint) as charges, \
    cast(sum(case when l.settlement = 'recharge' then l.amount else 0 end) as bigint) as recharged, cast(sum(l.cost) as bigint) as cost, \
    cast(sum(l.amount - l.cost) as bigint) as difference, \
    cast(sum(case when l.model = 'fixed' then l.amount - l.cost else 0 end) as bigint) as price, \
    cast(sum(case when l.model = 'not charged' and not l.incomplete then l.amount - l.cost else 0 end) as bigint) \
    as not_charged, \
    cast(sum(case when l.incomplete then l.amount - l.cost else 0 end) as bigint) as incomplete \
    from charging_statement_lines l left join portfolio_services v on v.key = l.service_key \
    where l.period = $1 and not l.gone and {seen} group by l.period, l.service_key) t";
