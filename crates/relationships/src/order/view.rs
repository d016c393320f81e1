//! What pages, API and command line read of orders.

use access::{Action, Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{CustomerId, Fault, PersonId, Quantity, Refused};
use portfolio::offering;
use serde_json::{Value, json};

use super::{Order, OrderState, repo};
use crate::customer;

/// Orders of the customers the reader may see, waiting ones first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let list = ListQuery {
        name: "order",
        caption: "Orders".into(),
        columns: vec![
            Column::new("number", "Order", Kind::Code).linked("/orders/{number}"),
            Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
            Column::new("offering", "Offering", Kind::Code).linked("/offerings/{offering}"),
            Column::new("quantity", "Quantity", Kind::Quantity),
            Column::new("unit", "Unit", Kind::Text),
            Column::new("from_day", "From", Kind::Date),
            Column::new("state", "State", Kind::State).of(OrderState::ALL.map(OrderState::word)),
            Column::new("asked_by", "Asked by", Kind::Text),
            Column::new("asked_at", "Asked", Kind::Time),
            Column::new("agreement", "Agreement", Kind::Code).linked("/agreements/{agreement}"),
            Column::new("reason", "Reason", Kind::Text),
        ],
        sql: format!(
            "select r.number, c.key as customer, o.key as offering, r.quantity, o.unit, r.from_day, r.state, \
             p.name as asked_by, r.asked_at, a.number as agreement, r.reason from relationships_orders r \
             join relationships_customers c on c.id = r.customer_id join portfolio_offerings o on o.id = r.offering_id \
             join access_people p on p.id = r.asked_by left join relationships_agreements a on a.id = r.agreement_id \
             where {}",
            scope.sql("r.customer_id")
        ),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "state, asked_at desc, number",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One order.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let order = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    let customer = customer::find(&mut cx.tx, &scope, order.customer).await?;
    let offering = offering::find(&mut cx.tx, order.offering).await?;
    let service = service_of(cx, &order).await?;
    let agreement = match order.agreement {
        Some(id) => {
            let sql = "select number from relationships_agreements where id = $1";
            cx.tx.query(sql).bind(id).row().await?.map(|row| row.get::<String>("number")).transpose()?
        }
        None => None,
    };
    let asked_by = name_of(cx, order.asked.0).await?;
    let answered_by = match &order.answered {
        Some((person, _)) => Some(name_of(cx, *person).await?),
        None => None,
    };
    Ok(View::Record(json!({
        "schema": "quarterdeck.order.v1",
        "id": order.id.to_string(),
        "version": order.version,
        "number": order.number,
        "customer": customer.map(|customer| customer.key),
        "service": service.0,
        "service_name": service.1,
        "offering": offering.as_ref().map(|offering| offering.key.as_str()),
        "quantity": order.quantity.plain(),
        "unit": offering.map(|offering| offering.unit),
        "from_day": order.from.to_string(),
        "note": order.note,
        "state": order.state.word(),
        "asked_by": asked_by,
        "asked_at": order.asked.1,
        "answered_by": answered_by,
        "answered_at": order.answered.map(|(_, at)| at),
        "reason": order.reason,
        "agreement": agreement,
    })))
}

/// Key and name of the service that an order's offering is of.
async fn service_of(cx: &mut Cx, order: &Order) -> Result<(String, String), Fault> {
    let sql = "select s.key, s.name from portfolio_offerings o join portfolio_services s on s.id = o.service_id \
               where o.id = $1";
    let row = cx.tx.query(sql).bind(order.offering).row().await?;
    let row = row.ok_or_else(|| Fault::because("an order is of no offering"))?;
    Ok((row.get("key")?, row.get("name")?))
}

async fn name_of(cx: &mut Cx, person: PersonId) -> Result<String, Fault> {
    let row = cx.tx.query("select name from access_people where id = $1").bind(person).row().await?;
    row.ok_or_else(|| Fault::because("an order is of nobody"))?.get("name")
}

/// The orders of a customer loaded in the reader's scope that wait for an answer.
pub(crate) async fn of_customer(cx: &mut Cx, customer: CustomerId) -> Result<Vec<Value>, Fault> {
    let sql = "select r.number, o.key as offering, r.quantity, o.unit, r.from_day from relationships_orders r \
               join portfolio_offerings o on o.id = r.offering_id where r.customer_id = $1 and r.state = 'asked' \
               order by r.asked_at, r.number";
    let rows = cx.tx.query(sql).bind(customer).rows().await?;
    let record = |row: &db::Row| -> Result<Value, Fault> {
        Ok(json!({
            "number": row.get::<String>("number")?,
            "offering": row.get::<String>("offering")?,
            "quantity": row.get::<Quantity>("quantity")?.plain(),
            "unit": row.get::<String>("unit")?,
            "from_day": row.get::<String>("from_day")?,
        }))
    };
    rows.iter().map(record).collect()
}
