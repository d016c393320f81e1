//! What a service lacks, and the other table derived from services.

use db::{Row, Tx};
use kernel::{Fault, ServiceId};
use serde_json::{Map, Value};

use super::{COLUMNS, read, stored};
use crate::service::Service;
use crate::service::rules::{Facts, missing};

/// What the guard of a service `s` asks besides its own answers.
const FACTS: &str = "exists (select 1 from portfolio_offerings o where o.service_id = s.id and (o.charging <> 'fixed' \
      or exists (select 1 from portfolio_prices p where p.offering_id = o.id and p.state = 'approved'))) as offering, \
    exists (select 1 from portfolio_promises p where p.service_id = s.id and p.state = 'active') \
      or exists (select 1 from portfolio_targets t join portfolio_offerings o on o.id = t.offering_id \
      where o.service_id = s.id) as promise, \
    exists (select 1 from portfolio_relations r where r.other_id = s.id and r.kind = 'replaces' \
      and r.to_day is null) as successor";

fn facts(row: &Row) -> Result<Facts, Fault> {
    Ok(Facts {
        offering: row.get("offering")?,
        promise: row.get("promise")?,
        successor: row.get("successor")?,
    })
}

/// Looks again at what the service's guard asks for. Called wherever an answer to it changes.
pub async fn refresh(tx: &mut Tx, id: ServiceId) -> Result<(), Fault> {
    let sql = format!("select {COLUMNS}, {FACTS} from portfolio_services s where s.id = $1");
    if let Some(row) = tx.query(&sql).bind(id).row().await? {
        keep_missing(tx, &read(&row)?, facts(&row)?).await?;
    }
    Ok(())
}

/// The tables derived from services, reckoned from the services `tx` answers with: for a past day, whose
/// services the history tells and nothing else.
pub async fn derived(tx: &mut Tx) -> Result<[(&'static str, Vec<Map<String, Value>>); 2], Fault> {
    let rows = tx.query(&format!("select {COLUMNS}, {FACTS} from portfolio_services s")).rows().await?;
    let (mut states, mut completeness) = (Vec::new(), Vec::new());
    for row in &rows {
        let service = read(row)?;
        let id = || ("service_id".to_owned(), Value::from(service.id.to_string()));
        for (from, state) in service.states() {
            let row = [id(), ("from_day".into(), stored(from).into()), ("state".into(), state.word().into())];
            states.push(Map::from_iter(row));
        }
        let words = missing_words(&service, facts(row)?);
        let complete = ("complete".into(), words.is_empty().to_string().into());
        completeness.push(Map::from_iter([id(), complete, ("missing".into(), words.join("; ").into())]));
    }
    Ok([("portfolio_service_states", states), ("portfolio_completeness", completeness)])
}

fn missing_words(service: &Service, facts: Facts) -> Vec<&'static str> {
    missing(service, facts).into_iter().map(|what| what.words()).collect()
}

/// Keeps what the rule says; gives it in words.
pub(in crate::service) async fn keep_missing(
    tx: &mut Tx,
    service: &Service,
    facts: Facts,
) -> Result<Vec<&'static str>, Fault> {
    let words = missing_words(service, facts);
    let sql = "insert into portfolio_completeness (service_id, complete, missing) values ($1, $2, $3) \
               on conflict (service_id) do update set complete = excluded.complete, missing = excluded.missing";
    tx.query(sql).bind(service.id).bind(words.is_empty()).bind(words.join("; ")).execute().await?;
    Ok(words)
}
