//! The only SQL of sharing.

use access::Cx;
use allocation::Sharing;
use db::{Row, Tx};
use kernel::{Fault, Period, Refusal, Refused};

use super::{Stated, entity};
use crate::rule::RuleState;

/// The sharing in force in `period`.
pub async fn in_force(tx: &mut Tx, period: Period) -> Result<Sharing, Fault> {
    let sql = "select method, step_order from charging_sharing where effective_from <= $1 \
               and coalesce(state, 'approved') = 'approved' \
               order by effective_from desc, coalesce(number, 0) desc limit 1";
    match tx.query(sql).bind(period).row().await? {
        Some(row) => sharing(&row),
        None => Ok(Sharing::Direct),
    }
}

/// The sharing of `SH-2`, as if it were approved.
pub async fn as_if_approved(tx: &mut Tx, label: &str) -> Result<Sharing, Refused> {
    Ok(load(tx, label).await?.sharing)
}

/// What was stated as `SH-2`.
pub(super) async fn load(tx: &mut Tx, label: &str) -> Result<Stated, Refused> {
    let number: i64 = label.trim_start_matches("SH-").parse().map_err(|_| Refusal::not_found())?;
    let sql = "select id, version, number, method, step_order, effective_from, state, author_id, approved_by \
               from charging_sharing where number = $1";
    let row = tx.query(sql).bind(number).row().await?.ok_or_else(Refusal::not_found)?;
    Ok(read(&row)?)
}

/// The next free number.
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let sql = "select cast(coalesce(max(number), 0) + 1 as bigint) as n from charging_sharing";
    tx.query(sql).row().await?.ok_or_else(|| Fault::because("no number for a sharing"))?.get("n")
}

/// Stores what was stated.
pub(super) async fn insert(cx: &mut Cx, stated: &Stated) -> Result<(), Fault> {
    let sql = "insert into charging_sharing (id, version, method, step_order, effective_from, number, state, \
               author_id) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let query = cx.tx.query(sql).bind(stated.id.as_str()).bind(stated.version);
    let query = query.bind(entity::word(&stated.sharing)).bind(entity::order(&stated.sharing));
    let query = query.bind(stated.effective_from).bind(stated.number).bind(stated.state.word());
    query.bind(stated.author).execute().await?;
    Ok(())
}

/// Stores its approval.
pub(super) async fn update(cx: &mut Cx, stated: &mut Stated) -> Result<(), Fault> {
    stated.version += 1;
    let sql = "update charging_sharing set version = $2, state = $3, approved_by = $4 where id = $1";
    let query = cx.tx.query(sql).bind(stated.id.as_str()).bind(stated.version);
    query.bind(stated.state.word()).bind(stated.approved_by).execute().await?;
    Ok(())
}

fn read(row: &Row) -> Result<Stated, Fault> {
    let state: String = row.get("state")?;
    Ok(Stated {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        sharing: sharing(row)?,
        effective_from: row.get("effective_from")?,
        state: RuleState::parse(&state)
            .ok_or_else(|| Fault::because(format!("a sharing cannot be {state}")))?,
        author: row.get("author_id")?,
        approved_by: row.get("approved_by")?,
    })
}

fn sharing(row: &Row) -> Result<Sharing, Fault> {
    let (method, order) = (row.get::<String>("method")?, row.get::<Option<String>>("step_order")?);
    entity::read(&method, order.as_deref().unwrap_or(""))
        .ok_or_else(|| Fault::because(format!("services cannot share {method}")))
}
