//! What pages, API and command line read of agreements.

use access::{Action, Cx, Params, View};
use chrono::NaiveDate;
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{CustomerId, Fault, Quantity, Refused, typed};
use portfolio::sql::as_of;
use portfolio::{offering, price, service};
use serde_json::{Value, json};

use super::{AgreementState, Settlement, repo};
use crate::customer;

/// Where it stands on day `$1`: the words of `AgreementState`.
const STATE: &str = "case when a.to_day < $1 then 'ended' when a.from_day > $1 then 'confirmed' \
    when a.to_day is null then 'active' else 'ending' end";
/// Whether it is charged on day `$1`.
const IN_FORCE: &str = "(a.from_day <= $1 and (a.to_day is null or a.to_day >= $1))";
/// The quantity on day `$1`, the first one before it begins, the last one after it ended.
const QUANTITY_ON: &str = "coalesce((select q.quantity from relationships_agreement_quantities q \
    where q.agreement_id = a.id and q.from_day <= $1 order by q.from_day desc limit 1), a.quantity)";

/// Agreements of the customers the reader may see, with the quantity of the day.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let scope = cx.scope(Action::ReadCustomers);
    let list = ListQuery {
        name: "agreement",
        caption: format!("Agreements on {}", typed::day_label(day)),
        columns: vec![
            Column::new("number", "Agreement", Kind::Code).linked("/agreements/{number}"),
            Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
            Column::new("customer_name", "Name", Kind::Text),
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("offering", "Offering", Kind::Code).linked("/offerings/{offering}"),
            Column::new("quantity", "Quantity", Kind::Quantity),
            Column::new("unit", "Unit", Kind::Text),
            Column::new("from_day", "From", Kind::Date),
            Column::new("to_day", "To", Kind::Date),
            Column::new("state", "State", Kind::State).of(AgreementState::ALL.map(AgreementState::word)),
            Column::new("settlement", "Settlement", Kind::State).of(Settlement::WORDS.map(|(word, _)| word)),
            Column::new("notice_days", "Notice, days", Kind::Count),
            Column::new("in_force", "In force", Kind::Bool).hidden(),
            Column::new("source_key", "Key in its source", Kind::Code).hidden(),
        ],
        sql: format!(
            "select a.number, c.key as customer, c.name as customer_name, s.key as service, o.key as offering, \
             {QUANTITY_ON} as quantity, o.unit, a.from_day, a.to_day, {STATE} as state, {IN_FORCE} as in_force, a.settlement, \
             a.notice_days, a.source_key from relationships_agreements a join relationships_customers c on c.id = a.customer_id \
             join portfolio_offerings o on o.id = a.offering_id join portfolio_services s on s.id = o.service_id \
             where {}",
            scope.sql("a.customer_id")
        ),
        binds: vec![day.to_string().into()],
        currency: cx.organisation.currency,
        order: "customer, offering, from_day, number",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One agreement with its quantities and the price of the day.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let day = as_of(cx, params)?;
    let scope = cx.scope(Action::ReadCustomers);
    let agreement = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    let customer = customer::find(&mut cx.tx, &scope, agreement.customer).await?;
    let customer = customer.ok_or_else(|| Fault::because("an agreement is with no customer"))?;
    let offering = offering::find(&mut cx.tx, agreement.offering).await?;
    let offering = offering.ok_or_else(|| Fault::because("an agreement is on no offering"))?;
    let service = service::find(&mut cx.tx, offering.service).await?;
    let service = service.ok_or_else(|| Fault::because("an offering is of no service"))?;
    let price = price::on_day(&mut cx.tx, offering.id, day).await?;
    let quantities = repo::quantities(&mut cx.tx, agreement.id).await?;
    let step = |(from, quantity): &(NaiveDate, Quantity)| json!({"from_day": from.to_string(), "quantity": quantity.plain()});
    Ok(View::Record(json!({
        "schema": "quarterdeck.agreement.v1",
        "id": agreement.id.to_string(),
        "version": agreement.version,
        "number": agreement.number,
        "customer": customer.key,
        "customer_name": customer.name,
        "service": service.key,
        "service_name": service.name,
        "offering": offering.key,
        "offering_name": offering.name,
        "unit": offering.unit,
        "charging": offering.charging.word(),
        "price": price.as_ref().map(price_of_the_day),
        "from_day": agreement.from.to_string(),
        "to_day": agreement.to.map(|to| to.to_string()),
        "notice_days": agreement.notice_days,
        "settlement": agreement.settlement.word(),
        "state": agreement.state(day).word(),
        "in_force": agreement.state(day).in_force(),
        "quantities": quantities.iter().map(step).collect::<Vec<Value>>(),
        "source_key": agreement.source_key,
    })))
}

fn price_of_the_day(price: &price::DayPrice) -> Value {
    json!({
        "number": price.number,
        "per_unit": price.price.per_unit().to_string(),
        "currency": price.price.currency().code(),
        "from_day": price.from.to_string(),
    })
}

/// The agreements of a customer loaded in the reader's scope, with the quantity of `day`.
pub(crate) async fn of_customer(
    cx: &mut Cx,
    customer: CustomerId,
    day: NaiveDate,
) -> Result<Vec<Value>, Fault> {
    let sql = format!(
        "select a.number, s.key as service, s.name as service_name, o.key as offering, {QUANTITY_ON} as quantity, o.unit, \
         a.from_day, a.to_day, {STATE} as state, {IN_FORCE} as in_force, a.settlement from relationships_agreements a \
         join portfolio_offerings o on o.id = a.offering_id join portfolio_services s on s.id = o.service_id \
         where a.customer_id = $2 order by s.key, o.key, a.from_day"
    );
    let rows = cx.tx.query(&sql).bind(day.to_string()).bind(customer).rows().await?;
    let record = |row: &db::Row| -> Result<Value, Fault> {
        Ok(json!({
            "number": row.get::<String>("number")?,
            "service": row.get::<String>("service")?,
            "service_name": row.get::<String>("service_name")?,
            "offering": row.get::<String>("offering")?,
            "quantity": row.get::<Quantity>("quantity")?.plain(),
            "unit": row.get::<String>("unit")?,
            "from_day": row.get::<String>("from_day")?,
            "to_day": row.get::<Option<String>>("to_day")?,
            "state": row.get::<String>("state")?,
            "in_force": row.get::<bool>("in_force")?,
            "settlement": row.get::<String>("settlement")?,
        }))
    };
    rows.iter().map(record).collect()
}
