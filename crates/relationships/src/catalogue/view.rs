//! The menu card as data.

use std::collections::BTreeMap;

use access::{Action, Cx, Params, View};
use chrono::NaiveDate;
use db::Tx;
use kernel::listing::Asked;
use kernel::{CustomerId, Fault, OfferingId, Quantity, Refused, Scope, ServiceId};
use portfolio::offering::{self, Offering};
use portfolio::price::{self, DayPrice};
use portfolio::service::{self, MenuService, ServiceState};
use portfolio::sql::as_of;
use portfolio::{relation, target};
use serde_json::{Value, json};

use crate::customer::{self, Customer};
use crate::order;

/// What every card of the day is made of, in one query each.
struct Kitchen {
    offerings: BTreeMap<ServiceId, Vec<Offering>>,
    prices: BTreeMap<OfferingId, DayPrice>,
    targets: BTreeMap<OfferingId, Vec<Value>>,
    taken: BTreeMap<OfferingId, (String, Quantity)>,
    /// What was agreed and begins later.
    coming: BTreeMap<OfferingId, Vec<Value>>,
    /// Orders that wait for an answer, by the key of the offering.
    ordered: BTreeMap<String, Vec<Value>>,
}

/// The menu card of `customer` (key), or of one's only customer, on a day; without one, the card
/// everybody starts from.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let scope = cx.scope(Action::ReadCatalogue);
    let customer = chosen(cx, &scope, params.optional("customer")).await?;
    let kitchen = Kitchen::open(cx, &scope, customer.as_ref().map(|customer| customer.id), day).await?;
    let (mut available, mut ending) = (Vec::new(), Vec::new());
    for service in service::on_menu(&mut cx.tx, day).await? {
        let Some(card) = kitchen.card(&service) else { continue };
        if service.state == ServiceState::Operational {
            available.push(card);
        } else {
            let instead = relation::replaced_by(&mut cx.tx, service.id, day).await?;
            ending.push(with_instead(card, &service, instead));
        }
    }
    Ok(View::Record(json!({
        "schema": "quarterdeck.catalogue.v1",
        "as_of": day.to_string(),
        "customer": customer.map(|customer| json!({ "key": customer.key, "name": customer.name })),
        "customers": choices(&mut cx.tx, &scope).await?,
        "available": available,
        "ending": ending,
    })))
}

/// The customer asked for, within what the reader may see; else their only one.
async fn chosen(cx: &mut Cx, scope: &Scope, key: Option<&str>) -> Result<Option<Customer>, Refused> {
    match (key, scope) {
        (Some(key), _) => customer::load(&mut cx.tx, scope, key).await.map(Some),
        (None, Scope::Customers(own)) if own.len() == 1 => match own.first() {
            Some(only) => Ok(customer::find(&mut cx.tx, scope, *only).await?),
            None => Ok(None),
        },
        (None, _) => Ok(None),
    }
}

/// Customers whose card the reader may open.
async fn choices(tx: &mut Tx, scope: &Scope) -> Result<Vec<Value>, Fault> {
    let sql = format!(
        "select c.key, c.name from relationships_customers c where {} order by c.name",
        scope.sql("c.id")
    );
    let rows = tx.query(&sql).rows().await?;
    let row = |row: &db::Row| -> Result<Value, Fault> {
        Ok(json!({ "key": row.get::<String>("key")?, "name": row.get::<String>("name")? }))
    };
    rows.iter().map(row).collect()
}

impl Kitchen {
    async fn open(
        cx: &mut Cx,
        scope: &Scope,
        customer: Option<CustomerId>,
        day: NaiveDate,
    ) -> Result<Kitchen, Fault> {
        let mut offerings: BTreeMap<ServiceId, Vec<Offering>> = BTreeMap::new();
        for offering in offering::all(&mut cx.tx).await? {
            offerings.entry(offering.service).or_default().push(offering);
        }
        let mut kitchen = Kitchen {
            offerings,
            prices: price::all_on_day(&mut cx.tx, day).await?,
            targets: target::all(&mut cx.tx).await?,
            taken: BTreeMap::new(),
            coming: BTreeMap::new(),
            ordered: BTreeMap::new(),
        };
        if let Some(customer) = customer {
            kitchen.taken = taken(&mut cx.tx, scope, customer, day).await?;
            kitchen.coming = coming(&mut cx.tx, scope, customer, day).await?;
            kitchen.ordered = ordered(cx, customer).await?;
        }
        Ok(kitchen)
    }

    /// The card of a service; none where there is nothing to take.
    fn card(&self, service: &MenuService) -> Option<Value> {
        let offerings: Vec<Value> =
            self.offerings.get(&service.id)?.iter().filter_map(|offering| self.offer(offering)).collect();
        if offerings.is_empty() {
            return None;
        }
        Some(json!({
            "key": service.key,
            "name": service.name,
            "value_proposition": service.value_proposition,
            "for_whom": service.for_whom,
            "relationship_manager": service.manager,
            "last_day": service.last_day.map(|day| day.to_string()),
            "offerings": offerings,
        }))
    }

    /// An offering as on the card; a priced one without a price of the day is not offered yet.
    fn offer(&self, offering: &Offering) -> Option<Value> {
        let price = self.prices.get(&offering.id);
        if offering.charging == offering::Charging::Fixed && price.is_none() {
            return None;
        }
        Some(json!({
            "key": offering.key,
            "name": offering.name,
            "unit": offering.unit,
            "charging": offering.charging.word(),
            "price": price.map(|price| json!({
                "per_unit": price.price.per_unit().to_string(),
                "currency": price.price.currency().code(),
                "from_day": price.from.to_string(),
            })),
            "targets": self.targets.get(&offering.id).cloned().unwrap_or_default(),
            "taken": self.taken.get(&offering.id).map(|(agreement, quantity)| json!({
                "agreement": agreement,
                "quantity": quantity.plain(),
            })),
            "coming": self.coming.get(&offering.id).cloned().unwrap_or_default(),
            "ordered": self.ordered.get(&offering.key).cloned().unwrap_or_default(),
        }))
    }
}

/// How much of each offering the customer takes on the day.
async fn taken(
    tx: &mut Tx,
    scope: &Scope,
    customer: CustomerId,
    day: NaiveDate,
) -> Result<BTreeMap<OfferingId, (String, Quantity)>, Fault> {
    let sql = format!(
        "select offering_id, number, quantity from portfolio_takers where customer_id = $2 and from_day <= $1 \
         and (to_day is null or to_day >= $1) and quantity_from <= $1 and (next_from is null or next_from > $1) and {}",
        scope.sql("customer_id")
    );
    let rows = tx.query(&sql).bind(day.to_string()).bind(customer).rows().await?;
    rows.iter().map(|row| Ok((row.get("offering_id")?, (row.get("number")?, row.get("quantity")?)))).collect()
}

/// How much of each offering the customer will take from a later day on, by an agreement there is.
async fn coming(
    tx: &mut Tx,
    scope: &Scope,
    customer: CustomerId,
    day: NaiveDate,
) -> Result<BTreeMap<OfferingId, Vec<Value>>, Fault> {
    let sql = format!(
        "select offering_id, number, quantity, quantity_from from portfolio_takers where customer_id = $2 \
         and quantity_from > $1 and (to_day is null or to_day >= quantity_from) and {} order by quantity_from, number",
        scope.sql("customer_id")
    );
    let mut coming: BTreeMap<OfferingId, Vec<Value>> = BTreeMap::new();
    for row in tx.query(&sql).bind(day.to_string()).bind(customer).rows().await? {
        coming.entry(row.get("offering_id")?).or_default().push(json!({
            "agreement": row.get::<String>("number")?,
            "quantity": row.get::<Quantity>("quantity")?.plain(),
            "from_day": row.get::<String>("quantity_from")?,
        }));
    }
    Ok(coming)
}

/// Orders of the customer that wait for an answer, for who may read them.
async fn ordered(cx: &mut Cx, customer: CustomerId) -> Result<BTreeMap<String, Vec<Value>>, Fault> {
    let reach = cx.who.reach(Action::ReadCustomers);
    if !reach.any() || !reach.scope().admits(customer) {
        return Ok(BTreeMap::new());
    }
    let mut ordered: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for order in order::of_customer(cx, customer).await? {
        let offering = order["offering"].as_str().unwrap_or_default().to_owned();
        ordered.entry(offering).or_default().push(order);
    }
    Ok(ordered)
}

/// What takes the place of a service that ends.
fn with_instead(mut card: Value, service: &MenuService, instead: Vec<(String, String)>) -> Value {
    let instead: Vec<Value> =
        instead.into_iter().map(|(key, name)| json!({ "key": key, "name": name })).collect();
    if let Some(fields) = card.as_object_mut() {
        fields.insert("ends".into(), json!(service.last_day.map(|day| day.to_string())));
        fields.insert("instead".into(), Value::Array(instead));
    }
    card
}
