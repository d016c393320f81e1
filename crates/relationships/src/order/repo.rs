//! The only SQL of orders.

use access::Cx;
use db::{Row, Tx};
use kernel::{Fault, PersonId, Refusal, Refused, Scope};
use portfolio::sql::{needed_day_of, word_of};

use super::{Order, OrderState};

/// The order of that number, within what the caller may see; its row stays locked.
pub(super) async fn load(tx: &mut Tx, scope: &Scope, number: &str) -> Result<Order, Refused> {
    let sql = format!(
        "select r.* from relationships_orders r where r.number = $1 and {} for update",
        scope.sql("r.customer_id")
    );
    let row = tx.query(&sql).bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

fn read(row: &Row) -> Result<Order, Fault> {
    let answered: Option<PersonId> = row.get("answered_by")?;
    Ok(Order {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        offering: row.get("offering_id")?,
        quantity: row.get("quantity")?,
        from: needed_day_of(row, "from_day")?,
        note: row.get("note")?,
        state: word_of(row, "state", OrderState::parse)?,
        asked: (row.get("asked_by")?, row.get("asked_at")?),
        answered: answered.zip(row.get("answered_at")?),
        reason: row.get("reason")?,
        agreement: row.get("agreement_id")?,
    })
}

/// Stores a new order.
pub(super) async fn insert(cx: &mut Cx, order: &Order) -> Result<(), Fault> {
    let sql = "insert into relationships_orders (id, version, number, customer_id, offering_id, quantity, from_day, note, \
               state, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let query = cx.tx.query(sql).bind(order.id).bind(order.version).bind(order.number.as_str());
    let query = query.bind(order.customer).bind(order.offering).bind(order.quantity);
    let query = query.bind(order.from.to_string()).bind(order.note.clone()).bind(order.state.word());
    query.bind(order.asked.0).bind(order.asked.1.as_str()).execute().await?;
    Ok(())
}

/// Stores the answer under the order's next version.
pub(super) async fn update(cx: &mut Cx, order: &mut Order) -> Result<(), Fault> {
    order.version += 1;
    let sql = "update relationships_orders set version = $2, state = $3, answered_by = $4, answered_at = $5, reason = $6, \
               agreement_id = $7 where id = $1";
    let (by, at) = order.answered.clone().unzip();
    let query =
        cx.tx.query(sql).bind(order.id).bind(order.version).bind(order.state.word()).bind(by).bind(at);
    query.bind(order.reason.clone()).bind(order.agreement).execute().await?;
    Ok(())
}
