//! One service: everything its page shows (`screens.md` S4), except money.

use access::{Action, Cx, Params, View};
use chrono::NaiveDate;
use db::Tx;
use kernel::listing::Asked;
use kernel::{Fault, PersonId, Quantity, Refusal, Refused};
use serde_json::{Value, json};

use super::super::{ALWAYS, Service, repo};
use super::TAKEN_ON_DAY;
use crate::sql::as_of;
use crate::{offering, promise, relation};

/// One service as of a day.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let service = repo::load(&mut cx.tx, params.get("key")).await?;
    let state = repo::state_on(&mut cx.tx, service.id, day).await?.ok_or_else(Refusal::not_found)?;
    let mut offerings = Vec::new();
    for offering in offering::of_service(&mut cx.tx, service.id).await? {
        offerings.push(offering::record(&mut cx.tx, &offering, day).await?);
    }
    let (complete, missing) = completeness(&mut cx.tx, &service).await?;
    let promises = if cx.who.reach(Action::ReadServiceMoney).admits_service(service.id) {
        let today = cx.today();
        json!(promise::of_service(&mut cx.tx, service.id, today).await?)
    } else {
        Value::Null
    };
    Ok(View::Record(json!({
        "schema": "quarterdeck.service.v1",
        "id": service.id.to_string(),
        "version": service.version,
        "key": service.key,
        "name": service.name,
        "as_of": day.to_string(),
        "state": state.word(),
        "states": states(&mut cx.tx, &service).await?,
        "kind": service.kind.map(|kind| kind.word()),
        "value_proposition": service.value_proposition,
        "for_whom": service.for_whom,
        "owner": person(&mut cx.tx, service.owner).await?,
        "relationship_manager": person(&mut cx.tx, service.manager).await?,
        "first_day": service.first_day.map(|day| day.to_string()),
        "last_day": service.last_day.map(|day| day.to_string()),
        "no_successor": service.no_successor,
        "central": service.central,
        "complete": complete,
        "missing": missing,
        "relations": relation::of_service(&mut cx.tx, service.id, day).await?,
        "offerings": offerings,
        "customers": customers(cx, &service, day).await?,
        "promises": promises,
        "source": service.source,
        "source_key": service.source_key,
    })))
}

/// States with their first day; none where it began before anybody wrote it down.
async fn states(tx: &mut Tx, service: &Service) -> Result<Value, Fault> {
    let always = repo::stored(ALWAYS);
    let states = repo::states(tx, service.id).await?;
    let row = |(from, state): (String, String)| {
        let from = if from == always { Value::Null } else { json!(from) };
        json!({ "state": state, "from_day": from })
    };
    Ok(Value::Array(states.into_iter().map(row).collect()))
}

async fn completeness(tx: &mut Tx, service: &Service) -> Result<(bool, Vec<String>), Fault> {
    let sql = "select complete, missing from portfolio_completeness where service_id = $1";
    let row = tx.query(sql).bind(service.id).row().await?;
    let row = row.ok_or_else(|| Fault::because("a service was never looked at for what it lacks"))?;
    let missing: String = row.get("missing")?;
    let missing = missing.split("; ").filter(|what| !what.is_empty()).map(str::to_owned).collect();
    Ok((row.get("complete")?, missing))
}

async fn person(tx: &mut Tx, id: Option<PersonId>) -> Result<Value, Fault> {
    let Some(id) = id else { return Ok(Value::Null) };
    let row = tx.query("select username, name from access_people where id = $1").bind(id).row().await?;
    row.map_or(Ok(Value::Null), |row| {
        Ok(json!({ "username": row.get::<String>("username")?, "name": row.get::<String>("name")? }))
    })
}

/// Who takes it on the day, in the reader's scope; nothing for who may not read customers.
async fn customers(cx: &mut Cx, service: &Service, day: NaiveDate) -> Result<Value, Fault> {
    if !cx.who.reach(Action::ReadCustomers).any() {
        return Ok(Value::Null);
    }
    let sql = format!(
        "select number, customer_key, customer_name, offering_key, unit, quantity from portfolio_takers \
         where {TAKEN_ON_DAY} and service_id = $2 and {} order by customer_key, offering_key",
        cx.scope(Action::ReadCustomers).sql("customer_id")
    );
    let rows = cx.tx.query(&sql).bind(day.to_string()).bind(service.id).rows().await?;
    let record = |row: &db::Row| -> Result<Value, Fault> {
        Ok(json!({
            "agreement": row.get::<String>("number")?,
            "key": row.get::<String>("customer_key")?,
            "name": row.get::<String>("customer_name")?,
            "offering": row.get::<String>("offering_key")?,
            "quantity": row.get::<Quantity>("quantity")?.plain(),
            "unit": row.get::<String>("unit")?,
        }))
    };
    Ok(Value::Array(rows.iter().map(record).collect::<Result<_, Fault>>()?))
}
