//! The list of services.

mod menu;
mod show;

use access::{Action, Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};

use crate::sql::as_of;

pub use menu::{MenuService, on_menu};
pub use show::show;

/// Services there were on the day, with the state of the day.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let list = ListQuery {
        name: "service",
        caption: format!("Services on {day}"),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/services/{key}"),
            Column::new("name", "Service", Kind::Text).linked("/services/{key}"),
            Column::new("state", "State", Kind::State),
            Column::new("kind", "Kind", Kind::State),
            Column::new("owner", "Owner", Kind::Text),
            Column::new("complete", "Complete", Kind::Bool),
            Column::new("customers", "Customers", Kind::Count),
            Column::new("offerings", "Offerings", Kind::Count).summed(),
            Column::new("first_day", "First day", Kind::Date),
            Column::new("last_day", "Last day", Kind::Date),
            Column::new("missing", "Missing", Kind::Text).hidden(),
            Column::new("central", "Kept central", Kind::Bool).hidden(),
            Column::new("source", "Taken over from", Kind::Text).hidden(),
            Column::new("source_key", "Key in its source", Kind::Code).hidden(),
        ],
        sql: format!(
            "select s.key, s.name, t.state, s.kind, a.name as owner, c.complete, {}, \
             coalesce(o.n, 0) as offerings, s.first_day, s.last_day, c.missing, s.central, s.source, s.source_key \
             from portfolio_services s join portfolio_completeness c on c.service_id = s.id \
             join portfolio_service_states t on t.service_id = s.id and t.from_day = (select max(u.from_day) \
                 from portfolio_service_states u where u.service_id = s.id and u.from_day <= $1) \
             left join access_people a on a.id = s.owner_id \
             left join (select service_id, count(*) as n from portfolio_offerings group by service_id) o \
                 on o.service_id = s.id {}",
            customers_column(cx),
            customers_join(cx)
        ),
        binds: vec![day.to_string().into()],
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Who may not read customers sees no number of them, not zero.
fn customers_column(cx: &Cx) -> &'static str {
    if cx.who.reach(Action::ReadCustomers).any() {
        "coalesce(k.n, 0) as customers"
    } else {
        "cast(null as bigint) as customers"
    }
}

/// Customers of the day in the reader's scope: another's is not counted.
fn customers_join(cx: &Cx) -> String {
    if !cx.who.reach(Action::ReadCustomers).any() {
        return String::new();
    }
    format!(
        "left join (select service_id, count(distinct customer_id) as n from portfolio_takers \
         where {TAKEN_ON_DAY} and {} group by service_id) k on k.service_id = s.id",
        cx.scope(Action::ReadCustomers).sql("customer_id")
    )
}

/// Rows of `portfolio_takers` that hold on day `$1`.
pub(super) const TAKEN_ON_DAY: &str = "from_day <= $1 and (to_day is null or to_day >= $1) and quantity_from <= $1 \
    and (next_from is null or next_from > $1)";
