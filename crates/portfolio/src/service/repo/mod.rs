//! The only SQL of services.

mod complete;
mod needs;

use std::collections::BTreeMap;

use access::Cx;
use chrono::NaiveDate;
use db::{Bind, DbError, Row, Tx};
use kernel::{Fault, Refusal, Refused, ServiceId};

use super::error::KEY_TAKEN;
use super::{Service, ServiceKind, ServiceState};
use crate::sql::{day_of, needed_day_of, word_of};

pub(super) use complete::keep_missing;
pub use complete::{derived, refresh};
pub(super) use needs::{agreements_after, dependents_after, used_by};

const COLUMNS: &str = "s.id, s.version, s.key, s.name, s.state, s.state_from, s.kind, s.value_proposition, \
    s.for_whom, s.owner_id, s.manager_id, s.first_day, s.last_day, s.no_successor, s.central, s.source, s.source_key, \
    s.retiring_from";

/// Joins the state `t` a service `s` was in on day `$1`; whoever had none by then is left out. By a group over all
/// and not by a look-up per service: rows replayed for a past day have no index to look up by.
pub(super) const STATE_ON_DAY: &str = "join (select u.service_id, max(u.from_day) as from_day \
        from portfolio_service_states u where u.from_day <= $1 group by u.service_id) d on d.service_id = s.id \
    join portfolio_service_states t on t.service_id = d.service_id and t.from_day = d.from_day";

/// The service of that key, or “not found”; its row stays locked until the transaction ends.
pub async fn load(tx: &mut Tx, key: &str) -> Result<Service, Refused> {
    let sql = format!("select {COLUMNS} from portfolio_services s where s.key = $1 for update");
    let row = tx.query(&sql).bind(key).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The service of that key, if there is one.
pub async fn find_by_key(tx: &mut Tx, key: &str) -> Result<Option<Service>, Fault> {
    let sql = format!("select {COLUMNS} from portfolio_services s where s.key = $1");
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

/// The service of that id, if there is one.
pub async fn find(tx: &mut Tx, id: ServiceId) -> Result<Option<Service>, Fault> {
    let sql = format!("select {COLUMNS} from portfolio_services s where s.id = $1");
    tx.query(&sql).bind(id).row().await?.as_ref().map(read).transpose()
}

/// Every key with its id: for imports, which name services by key in every row.
pub async fn all_keys(tx: &mut Tx) -> Result<BTreeMap<String, ServiceId>, Fault> {
    let rows = tx.query("select key, id from portfolio_services").rows().await?;
    rows.iter().map(|row| Ok((row.get("key")?, row.get("id")?))).collect()
}

/// What money needs to know of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFact {
    /// Id.
    pub id: ServiceId,
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// State on the day asked for.
    pub state: ServiceState,
    /// Whom it is for.
    pub kind: Option<ServiceKind>,
    /// Its take-over is complete: it may be charged and shown.
    pub complete: bool,
    /// Its cost is kept central.
    pub central: bool,
}

/// Every service there was on `day`, by key. Completeness is as of now.
pub async fn all(tx: &mut Tx, day: NaiveDate) -> Result<Vec<ServiceFact>, Fault> {
    let sql = format!(
        "select s.id, s.key, s.name, s.kind, s.central, c.complete, t.state from portfolio_services s \
         join portfolio_completeness c on c.service_id = s.id {STATE_ON_DAY} order by s.key"
    );
    let rows = tx.query(&sql).bind(stored(day)).rows().await?;
    let fact = |row: &Row| {
        Ok(ServiceFact {
            id: row.get("id")?,
            key: row.get("key")?,
            name: row.get("name")?,
            state: word_of(row, "state", ServiceState::parse)?,
            kind: kind_of(row)?,
            complete: row.get("complete")?,
            central: row.get("central")?,
        })
    };
    rows.iter().map(fact).collect()
}

/// The state of the service on `day`; none before its first.
pub async fn state_on(tx: &mut Tx, id: ServiceId, day: NaiveDate) -> Result<Option<ServiceState>, Fault> {
    let sql = "select state from portfolio_service_states where service_id = $1 and from_day <= $2 \
               order by from_day desc limit 1";
    let row = tx.query(sql).bind(id).bind(stored(day)).row().await?;
    row.as_ref().map(|row| word_of(row, "state", ServiceState::parse)).transpose()
}

/// States by first day, oldest first.
pub(super) async fn states(tx: &mut Tx, id: ServiceId) -> Result<Vec<(String, String)>, Fault> {
    let sql = "select from_day, state from portfolio_service_states where service_id = $1 order by from_day";
    let rows = tx.query(sql).bind(id).rows().await?;
    rows.iter().map(|row| Ok((row.get("from_day")?, row.get("state")?))).collect()
}

fn kind_of(row: &Row) -> Result<Option<ServiceKind>, Fault> {
    let word: Option<String> = row.get("kind")?;
    Ok(word.as_deref().and_then(ServiceKind::parse))
}

fn read(row: &Row) -> Result<Service, Fault> {
    Ok(Service {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
        state: word_of(row, "state", ServiceState::parse)?,
        state_from: needed_day_of(row, "state_from")?,
        kind: kind_of(row)?,
        value_proposition: row.get("value_proposition")?,
        for_whom: row.get("for_whom")?,
        owner: row.get("owner_id")?,
        manager: row.get("manager_id")?,
        first_day: day_of(row, "first_day")?,
        last_day: day_of(row, "last_day")?,
        no_successor: row.get("no_successor")?,
        central: row.get("central")?,
        source: row.get("source")?,
        source_key: row.get("source_key")?,
        retiring_from: day_of(row, "retiring_from")?,
    })
}

/// A day as stored; year 1 too.
pub(super) fn stored(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn values(service: &Service) -> Vec<Bind> {
    vec![
        service.id.into(),
        service.version.into(),
        service.name.as_str().into(),
        service.state.word().into(),
        stored(service.state_from).into(),
        service.kind.map(ServiceKind::word).into(),
        service.value_proposition.clone().into(),
        service.for_whom.clone().into(),
        service.owner.into(),
        service.manager.into(),
        service.first_day.map(stored).into(),
        service.last_day.map(stored).into(),
        service.no_successor.into(),
        service.central.into(),
        service.source.clone().into(),
        service.source_key.clone().into(),
        service.retiring_from.map(stored).into(),
    ]
}

/// Stores a new service and its states.
pub(super) async fn insert(cx: &mut Cx, service: &Service) -> Result<(), Refused> {
    let sql = "insert into portfolio_services (id, version, name, state, state_from, kind, value_proposition, for_whom, \
               owner_id, manager_id, first_day, last_day, no_successor, central, source, source_key, retiring_from, key) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    let query = values(service).into_iter().fold(cx.tx.query(sql), db::Query::bind);
    match query.bind(service.key.as_str()).execute().await {
        Err(DbError::Unique(_)) => return Err(KEY_TAKEN.with(&[&service.key]).into()),
        other => other.map(drop)?,
    }
    Ok(insert_states(&mut cx.tx, service).await?)
}

/// Stores a changed service under its next version, and its states anew.
pub(super) async fn update(cx: &mut Cx, service: &mut Service) -> Result<(), Fault> {
    service.version += 1;
    let sql = "update portfolio_services set version = $2, name = $3, state = $4, state_from = $5, kind = $6, \
               value_proposition = $7, for_whom = $8, owner_id = $9, manager_id = $10, first_day = $11, last_day = $12, \
               no_successor = $13, central = $14, source = $15, source_key = $16, \
               retiring_from = $17 where id = $1";
    values(service).into_iter().fold(cx.tx.query(sql), db::Query::bind).execute().await?;
    let sql = "delete from portfolio_service_states where service_id = $1";
    cx.tx.query(sql).bind(service.id).execute().await?;
    insert_states(&mut cx.tx, service).await
}

async fn insert_states(tx: &mut Tx, service: &Service) -> Result<(), Fault> {
    let row = |(from, state): (NaiveDate, ServiceState)| {
        vec![service.id.into(), stored(from).into(), state.word().into()]
    };
    let rows = service.states().into_iter().map(row).collect();
    tx.insert_many("insert into portfolio_service_states (service_id, from_day, state)", rows).await?;
    Ok(())
}

/// Removes a service nothing names.
pub(super) async fn remove(tx: &mut Tx, id: ServiceId) -> Result<(), Fault> {
    for table in ["portfolio_completeness", "portfolio_service_states"] {
        let sql = format!("delete from {table} where service_id = $1");
        tx.query(&sql).bind(id).execute().await?;
    }
    tx.query("delete from portfolio_services where id = $1").bind(id).execute().await?;
    Ok(())
}
