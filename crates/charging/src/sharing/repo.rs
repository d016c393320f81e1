//! The only SQL of sharing.

use access::Cx;
use allocation::Sharing;
use db::{DbError, Tx};
use kernel::{Fault, Period};

/// The sharing in force in `period`.
pub async fn in_force(tx: &mut Tx, period: Period) -> Result<Sharing, Fault> {
    let sql = "select method, step_order from charging_sharing where effective_from <= $1 \
               order by effective_from desc limit 1";
    let Some(row) = tx.query(sql).bind(period).row().await? else { return Ok(Sharing::Direct) };
    Ok(match row.get::<String>("method")?.as_str() {
        "reciprocal" => Sharing::Reciprocal,
        "step-down" => {
            let order: String = row.get::<Option<String>>("step_order")?.unwrap_or_default();
            Sharing::StepDown { order: order.split_whitespace().map(Into::into).collect() }
        }
        _ => Sharing::Direct,
    })
}

/// Stores what was stated; a second statement for one period is refused by the schema.
pub(super) async fn insert(
    cx: &mut Cx,
    id: &str,
    method: &str,
    order: Option<String>,
    from: Period,
) -> Result<(), DbError> {
    let sql = "insert into charging_sharing (id, version, method, step_order, effective_from) \
               values ($1, 1, $2, $3, $4)";
    cx.tx.query(sql).bind(id).bind(method).bind(order).bind(from).execute().await.map(drop)
}
