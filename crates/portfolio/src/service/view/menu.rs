//! What may stand on a customer's menu card: complete services that are operational or retiring.

use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::{Fault, ServiceId};

use super::super::repo::STATE_ON_DAY;
use super::super::{ServiceState, repo};
use crate::sql::{day_of, word_of};

/// A service as a customer may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuService {
    /// Id.
    pub id: ServiceId,
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// Operational or retiring.
    pub state: ServiceState,
    /// What it is worth, in the customer's words.
    pub value_proposition: Option<String>,
    /// Whom it is for.
    pub for_whom: Option<String>,
    /// Its last day, where it ends.
    pub last_day: Option<NaiveDate>,
    /// Name of the relationship manager to speak to.
    pub manager: Option<String>,
}

/// The services on the menu card of `day`, by name. Incomplete ones are not shown to customers.
pub async fn on_menu(tx: &mut Tx, day: NaiveDate) -> Result<Vec<MenuService>, Fault> {
    let sql = format!(
        "select s.id, s.key, s.name, t.state, s.value_proposition, s.for_whom, s.last_day, a.name as manager \
         from portfolio_services s join portfolio_completeness c on c.service_id = s.id and c.complete \
         {STATE_ON_DAY} \
         left join access_people a on a.id = s.manager_id \
         where t.state in ('operational', 'retiring') and (s.last_day is null or s.last_day >= $1) \
         order by s.name, s.key"
    );
    let rows = tx.query(&sql).bind(repo::stored(day)).rows().await?;
    let service = |row: &Row| {
        Ok(MenuService {
            id: row.get("id")?,
            key: row.get("key")?,
            name: row.get("name")?,
            state: word_of(row, "state", ServiceState::parse)?,
            value_proposition: row.get("value_proposition")?,
            for_whom: row.get("for_whom")?,
            last_day: day_of(row, "last_day")?,
            manager: row.get("manager")?,
        })
    };
    rows.iter().map(service).collect()
}
