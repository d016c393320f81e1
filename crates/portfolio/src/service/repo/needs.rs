//! Who still needs a service: what names it, who takes it, what depends on it.

use chrono::NaiveDate;
use db::Tx;
use kernel::{Fault, ServiceId};

use super::stored;

/// The first thing that names the service, in words: an offering, a ledger line, a rule …
pub(in crate::service) async fn used_by(tx: &mut Tx, key: &str) -> Result<Option<String>, Fault> {
    let sql = "select what from portfolio_service_uses where service_key = $1 order by what limit 1";
    tx.query(sql).bind(key).row().await?.map(|row| row.get("what")).transpose()
}

/// Numbers of the agreements on the service that hold on `day` or later. Whoever retires it has to see them all.
pub(in crate::service) async fn agreements_after(
    tx: &mut Tx,
    id: ServiceId,
    day: NaiveDate,
) -> Result<Vec<String>, Fault> {
    let sql = "select distinct number from portfolio_takers where service_id = $1 \
               and (to_day is null or to_day >= $2) order by number";
    let rows = tx.query(sql).bind(id).bind(stored(day)).rows().await?;
    rows.iter().map(|row| row.get("number")).collect()
}

/// Keys of the services, not retired themselves, that depend on the service on `day` or later.
pub(in crate::service) async fn dependents_after(
    tx: &mut Tx,
    id: ServiceId,
    day: NaiveDate,
) -> Result<Vec<String>, Fault> {
    let sql = "select distinct s.key from portfolio_relations r join portfolio_services s on s.id = r.service_id \
               where r.other_id = $1 and r.kind = 'depends on' and s.state <> 'retired' \
               and (r.to_day is null or r.to_day >= $2) order by s.key";
    let rows = tx.query(sql).bind(id).bind(stored(day)).rows().await?;
    rows.iter().map(|row| row.get("key")).collect()
}
