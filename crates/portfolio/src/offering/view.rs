//! What pages, API and command line read of offerings.

use access::{Cx, Params, View};
use chrono::NaiveDate;
use db::{ListQuery, Tx, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Refused};
use serde_json::{Value, json};

use super::{Charging, Offering, repo};
use crate::sql::as_of;
use crate::{price, service, target};

/// All offerings with the price of the day.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let list = ListQuery {
        name: "offering",
        caption: format!("Offerings, prices of {day}"),
        columns: vec![
            Column::new("key", "Key", Kind::Code).linked("/offerings/{key}"),
            Column::new("name", "Offering", Kind::Text).linked("/offerings/{key}"),
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("unit", "Unit", Kind::Text),
            Column::new("charging", "Charging model", Kind::State).of(Charging::WORDS.map(|(word, _)| word)),
            Column::new("per_unit", "Price per unit", Kind::Decimal),
            Column::new("currency", "Currency", Kind::Code),
            Column::new("source_key", "Key in its source", Kind::Code).hidden(),
            Column::new("service_state", "State of the service", Kind::State)
                .of(service::ServiceState::WORDS.map(|(word, _)| word))
                .hidden(),
        ],
        sql: format!(
            "select o.key, o.name, s.key as service, o.unit, o.charging, p.per_unit, p.currency, o.source_key, \
             s.state as service_state \
             from portfolio_offerings o join portfolio_services s on s.id = o.service_id \
             left join portfolio_prices p on p.id = {}",
            price::ID_ON_DAY
        ),
        binds: vec![day.to_string().into()],
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One offering with its targets and prices.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let offering = repo::load(&mut cx.tx, params.get("key")).await?;
    let service = service::find(&mut cx.tx, offering.service).await?;
    let mut shown = record(&mut cx.tx, &offering, day).await?;
    let prices = price::of_offering(&mut cx.tx, offering.id).await?;
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("schema".into(), json!("quarterdeck.offering.v1"));
        fields.insert("service".into(), json!(service.as_ref().map(|service| service.key.as_str())));
        fields.insert("service_name".into(), json!(service.map(|service| service.name)));
        fields.insert("prices".into(), Value::Array(prices));
    }
    Ok(View::Record(shown))
}

/// An offering with its targets and the price of `day`, as it stands in service and catalogue.
pub async fn record(tx: &mut Tx, offering: &Offering, day: NaiveDate) -> Result<Value, Fault> {
    let price = price::on_day(tx, offering.id, day).await?;
    let targets = target::of_offering(tx, offering.id).await?;
    Ok(json!({
        "id": offering.id.to_string(),
        "version": offering.version,
        "key": offering.key,
        "name": offering.name,
        "unit": offering.unit,
        "charging": offering.charging.word(),
        "price": price.map(|price| json!({
            "number": price.number,
            "per_unit": price.price.per_unit().to_string(),
            "currency": price.price.currency().code(),
            "from_day": price.from.to_string(),
        })),
        "targets": targets,
        "source_key": offering.source_key,
    }))
}
