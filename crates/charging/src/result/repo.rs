//! The only SQL of what a service brought in against what it cost.

use db::{Row, Tx};
use kernel::{Fault, Period};

use super::Outcome;

/// The months after `before` up to `last` that have a run, oldest first.
pub(super) async fn outcomes(
    tx: &mut Tx,
    service: &str,
    before: Period,
    last: Period,
) -> Result<Vec<Outcome>, Fault> {
    let sql = "select r.period, coalesce(c.amount, 0) as cost, coalesce(c.from_pools, 0) as direct, \
               c.quantity_total, s.charges, s.recovery, \
               (select cast(coalesce(-sum(l.amount), 0) as bigint) from finance_live_lines l \
                where l.period = r.period and l.kind = 'income' and l.service_key = $1) as income \
               from charging_runs r left join charging_service_costs c on c.run_id = r.id and c.service = $1 \
               left join (select period, cast(sum(amount) as bigint) as charges, \
                   cast(sum(amount - cost) as bigint) as recovery from charging_statement_lines \
                   where service_key = $1 and not gone and period > $2 and period <= $3 group by period) s \
               on s.period = r.period \
               where r.state <> 'reversed' and r.period > $2 and r.period <= $3 order by r.period";
    let rows = tx.query(sql).bind(service).bind(before).bind(last).rows().await?;
    rows.iter().map(outcome).collect()
}

fn outcome(row: &Row) -> Result<Outcome, Fault> {
    let quantity: Option<String> = row.get("quantity_total")?;
    let quantity = quantity
        .map(|text| text.parse().map_err(|error| Fault::new(format!("reading the quantity {text}"), error)));
    Ok(Outcome {
        period: row.get("period")?,
        cost: row.get("cost")?,
        direct: row.get("direct")?,
        quantity: quantity.transpose()?,
        income: row.get("income")?,
        charges: row.get("charges")?,
        recovery: row.get("recovery")?,
    })
}

/// What the service's quantity is counted in, by the run of `period`.
pub(super) async fn unit(tx: &mut Tx, service: &str, period: Period) -> Result<Option<String>, Fault> {
    let sql = "select max(h.unit) as unit from charging_runs r join charging_shares h on h.run_id = r.id \
               where r.period = $2 and r.state <> 'reversed' and h.sender = $1 and h.quantity_total is not null";
    let row = tx.query(sql).bind(service).bind(period).row().await?;
    row.map_or(Ok(None), |row| row.get("unit"))
}
