//! The list of services.

mod menu;
mod show;

use access::{Action, Cx};
use chrono::NaiveDate;
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind, Listing};
use kernel::{Refused, typed};

use super::repo::STATE_ON_DAY;
use super::{ServiceKind, ServiceState};

pub use menu::{MenuService, on_menu};
pub use show::show;

/// Services there were on the day, with the state of the day and without money.
pub async fn list(cx: &mut Cx, day: NaiveDate, asked: &Asked) -> Result<Listing, Refused> {
    let list = listed(cx, day);
    page_of(&mut cx.tx, &list, asked).await
}

/// The same as a query, for those above who put what they know beside each service: it also yields `service_id`.
pub fn listed(cx: &Cx, day: NaiveDate) -> ListQuery {
    ListQuery {
        name: "service",
        caption: format!("Services on {}", typed::day_label(day)),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/services/{key}"),
            Column::new("name", "Service", Kind::Text).linked("/services/{key}"),
            Column::new("state", "State", Kind::State).of(ServiceState::WORDS.map(|(word, _)| word)),
            Column::new("kind", "Kind", Kind::State).of(ServiceKind::WORDS.map(|(word, _)| word)),
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
            "select s.key, s.name, t.state, s.kind, a.name as owner, c.complete, {} as customers, \
             (select cast(count(*) as bigint) from portfolio_offerings o where o.service_id = s.id) as offerings, \
             s.first_day, s.last_day, c.missing, s.central, s.source, s.source_key, s.id as service_id \
             from portfolio_services s join portfolio_completeness c on c.service_id = s.id \
             {STATE_ON_DAY} \
             left join access_people a on a.id = s.owner_id",
            customers(cx)
        ),
        binds: vec![day.to_string().into()],
        currency: cx.organisation.currency,
        order: "key",
    }
}

/// Customers of the day in the reader's scope: another's is not counted, and who may not read customers sees
/// no number of them, not zero. Counted for each row shown, not for all that there are.
fn customers(cx: &Cx) -> String {
    if !cx.who.reach(Action::ReadCustomers).any() {
        return "cast(null as bigint)".to_owned();
    }
    format!(
        "(select cast(count(distinct customer_id) as bigint) from portfolio_takers \
         where service_id = s.id and {TAKEN_ON_DAY} and {})",
        cx.scope(Action::ReadCustomers).sql("customer_id")
    )
}

/// Rows of `portfolio_takers` that hold on day `$1`.
pub(super) const TAKEN_ON_DAY: &str = "from_day <= $1 and (to_day is null or to_day >= $1) and quantity_from <= $1 \
    and (next_from is null or next_from > $1)";
