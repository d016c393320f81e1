//! The only SQL of runs: facts in, shares out; `costs` holds that of the ledger's cost.

mod costs;

use access::Cx;
use allocation::Allocation;
use db::{Bind, Row, Tx};
use kernel::{Currency, Fault, Period, Quantity, RunId};

use super::drivers::driver_name;
use super::keys::{Origin, plain};
use super::{Facts, POOL_STAGES};
use crate::{rule, sharing};

/// A service, object or customer by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeName {
    /// Key.
    pub key: String,
    /// Name.
    pub name: String,
    /// `service`, `object` or `customer`.
    pub kind: String,
}

/// Everything that may receive cost.
pub async fn nodes(tx: &mut Tx) -> Result<Vec<NodeName>, Fault> {
    let sql = "select key, name, 'service' as kind from portfolio_services \
               union all select key, name, 'object' as kind from finance_objects \
               union all select key, name, 'customer' as kind from relationships_customers order by 3, 1";
    let rows = tx.query(sql).rows().await?;
    rows.iter()
        .map(|row| Ok(NodeName { key: row.get("key")?, name: row.get("name")?, kind: row.get("kind")? }))
        .collect()
}

/// The facts of a period.
pub(super) async fn facts(tx: &mut Tx, period: Period, currency: Currency) -> Result<Facts, Fault> {
    let (costs, billed) = costs::costs(tx, period).await?;
    Ok(Facts {
        currency,
        costs,
        billed,
        pools: pairs(tx, "select key, name from finance_pools order by key").await?,
        nodes: nodes(tx).await?,
        rules: rule::in_force_in(tx, period).await?,
        drivers: pairs(tx, "select key, unit as name from finance_drivers order by key").await?,
        quantities: quantities(tx, period).await?,
        agreed: agreed(tx, period).await?,
        sharing: sharing::in_force(tx, period).await?,
    })
}

async fn pairs(tx: &mut Tx, sql: &str) -> Result<Vec<(String, String)>, Fault> {
    let rows = tx.query(sql).rows().await?;
    rows.iter().map(|row| Ok((row.get("key")?, row.get("name")?))).collect()
}

type Measured = (String, Option<String>, Option<String>, Quantity);

async fn quantities(tx: &mut Tx, period: Period) -> Result<Vec<Measured>, Fault> {
    let sql = "select driver_key, service_key, customer_key, quantity from finance_live_quantities where period = $1 \
               order by driver_key, service_key nulls last, customer_key nulls last";
    let rows = tx.query(sql).bind(period).rows().await?;
    let read = |row: &Row| {
        Ok((row.get("driver_key")?, row.get("service_key")?, row.get("customer_key")?, row.get("quantity")?))
    };
    rows.iter().map(read).collect()
}

/// What was agreed on the period's last day.
async fn agreed(tx: &mut Tx, period: Period) -> Result<Vec<(String, String, String, Quantity)>, Fault> {
    let sql = "select s.key as service_key, t.unit, t.customer_key, cast(sum(t.quantity) as bigint) as quantity \
               from portfolio_takers t join portfolio_services s on s.id = t.service_id \
               where t.quantity_from <= $1 and (t.next_from is null or t.next_from > $1) \
               and t.from_day <= $1 and (t.to_day is null or t.to_day >= $1) \
               group by s.key, t.unit, t.customer_key order by s.key, t.customer_key";
    let rows = tx.query(sql).bind(period.last_day().to_string()).rows().await?;
    let read = |row: &Row| {
        Ok((row.get("service_key")?, row.get("unit")?, row.get("customer_key")?, row.get("quantity")?))
    };
    rows.iter().map(read).collect()
}

/// A run as stored.
#[derive(Clone, Debug)]
pub struct RunRow {
    /// Id.
    pub id: RunId,
    /// Version.
    pub version: i64,
    /// Its period.
    pub period: Period,
    /// `draft`, `final`.
    pub state: String,
    /// When it was run.
    pub run_at: String,
    /// Digest of what it started from.
    pub inputs: String,
    /// Currency of its amounts.
    pub currency: Currency,
    /// Ledger total, minor units.
    pub ledger: i64,
    /// What customers carry.
    pub allocated: i64,
    /// Named residuals.
    pub unallocated: i64,
}

/// Columns of a run as [`read`] reads them.
const RUN: &str =
    "id, version, period, state, run_at, inputs, currency, ledger_total, allocated, unallocated";

/// The run of `period` that stands, if there is one.
pub async fn live(tx: &mut Tx, period: Period) -> Result<Option<RunRow>, Fault> {
    let sql = format!("select {RUN} from charging_runs where period = $1 and state <> 'reversed' for update");
    tx.query(&sql).bind(period).row().await?.as_ref().map(read).transpose()
}

/// The run of the newest month that was run, if any was.
pub async fn newest(tx: &mut Tx) -> Result<Option<RunRow>, Fault> {
    let sql =
        format!("select {RUN} from charging_runs where state <> 'reversed' order by period desc limit 1");
    tx.query(&sql).row().await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<RunRow, Fault> {
    Ok(RunRow {
        id: row.get("id")?,
        version: row.get("version")?,
        period: row.get("period")?,
        state: row.get("state")?,
        run_at: row.get("run_at")?,
        inputs: row.get("inputs")?,
        currency: row.get("currency")?,
        ledger: row.get("ledger_total")?,
        allocated: row.get("allocated")?,
        unallocated: row.get("unallocated")?,
    })
}

/// What each customer carries in a run.
pub(super) async fn by_customer(tx: &mut Tx, run: RunId) -> Result<Vec<(String, i64)>, Fault> {
    let sql = "select receiver, cast(sum(amount) as bigint) as amount from charging_shares \
               where run_id = $1 and receiver_kind = 'customer' group by receiver";
    let rows = tx.query(sql).bind(run).rows().await?;
    rows.iter().map(|row| Ok((row.get("receiver")?, row.get("amount")?))).collect()
}

/// Stores the draft of `period`: a new run, or the one that stands, replaced whole.
pub(super) async fn keep(cx: &mut Cx, run: &RunRow, lines: i64, replaces: bool) -> Result<(), Fault> {
    if replaces {
        for table in ["charging_shares", "charging_residuals", "charging_service_costs"] {
            cx.tx.query(&format!("delete from {table} where run_id = $1")).bind(run.id).execute().await?;
        }
    }
    let sql = if replaces {
        "update charging_runs set version = $2, period = $3, state = $4, run_at = $5, run_by = $6, inputs = $7, \
         currency = $8, ledger_total = $9, allocated = $10, unallocated = $11, lines = $12 where id = $1"
    } else {
        "insert into charging_runs (id, version, period, state, run_at, run_by, inputs, currency, ledger_total, \
         allocated, unallocated, lines) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    };
    let person = cx.person();
    let query = cx.tx.query(sql).bind(run.id).bind(run.version).bind(run.period).bind(run.state.as_str());
    let query =
        query.bind(run.run_at.as_str()).bind(person).bind(run.inputs.as_str()).bind(run.currency.code());
    query.bind(run.ledger).bind(run.allocated).bind(run.unallocated).bind(lines).execute().await?;
    Ok(())
}

/// Stores every share and residual of a run.
pub(super) async fn keep_shares(cx: &mut Cx, run: RunId, out: &Allocation) -> Result<(), Fault> {
    let shares = out.lines.iter().zip(1_i64..).map(|(line, seq)| share_row(run, seq, out, line)).collect();
    let into = "insert into charging_shares (run_id, seq, stage, origin, origin_service, origin_supplier, sender, receiver, \
                receiver_kind, rule, method, numerator, denominator, driver, unit, quantity, quantity_total, amount)";
    cx.tx.insert_many(into, shares).await?;
    let residuals = out.residuals.iter().zip(1_i64..).map(|(left, seq)| {
        let says = format!("{} {}", out.name_of(&left.node), left.reason.says());
        let stage = out.stages[left.stage].key.to_string();
        vec![
            Bind::from(run),
            seq.into(),
            stage.into(),
            Origin::of(&left.origin).pool.into(),
            Origin::of(&left.node).pool.into(),
            left.reason.code().into(),
            says.into(),
            left.amount.into(),
        ]
    });
    let into = "insert into charging_residuals (run_id, seq, stage, origin, node, reason, says, amount)";
    cx.tx.insert_many(into, residuals.collect()).await?;
    keep_service_costs(cx, run).await
}

/// What each service cost in the run, and its quantity: sums of the shares just stored.
async fn keep_service_costs(cx: &mut Cx, run: RunId) -> Result<(), Fault> {
    let sql = format!(
        "insert into charging_service_costs (run_id, service, amount, from_pools, quantity_total) \
               select received.run_id, received.service, received.amount, received.from_pools, sent.quantity_total \
               from ( \
                   select run_id, receiver as service, cast(sum(amount) as bigint) as amount, \
                   cast(sum(case when stage in {POOL_STAGES} then amount else 0 end) as bigint) as from_pools \
                   from charging_shares where run_id = $1 and receiver_kind = 'service' group by run_id, receiver \
               ) received left join ( \
                   select sender, max(quantity_total) as quantity_total from charging_shares \
                   where run_id = $1 and stage not in {POOL_STAGES} group by sender \
               ) sent on sent.sender = received.service"
    );
    cx.tx.query(&sql).bind(run).execute().await?;
    Ok(())
}

fn share_row(run: RunId, seq: i64, out: &Allocation, line: &allocation::Line) -> Vec<Bind> {
    let origin = Origin::of(&line.origin);
    let kind = match line.to.get(..1) {
        Some("s") => "service",
        Some("o") => "object",
        _ => "customer",
    };
    let driver = line.share.driver.as_ref();
    vec![
        Bind::from(run),
        seq.into(),
        out.stages[line.stage].key.to_string().into(),
        origin.pool.into(),
        Bind::Text(origin.service.map(str::to_owned)),
        Bind::Text(origin.supplier.map(str::to_owned)),
        Origin::of(&line.from).pool.into(),
        plain(&line.to).into(),
        kind.into(),
        line.share.rule.to_string().into(),
        line.share.method.code().into(),
        line.share.ratio.numerator().to_string().into(),
        line.share.ratio.denominator().to_string().into(),
        Bind::Text(driver.map(|used| driver_name(&used.driver).to_owned())),
        Bind::Text(driver.map(|used| used.unit.to_string())),
        Bind::Int(driver.map(|used| used.quantity.millionths())),
        Bind::Text(driver.map(|used| used.total.to_string())),
        line.amount.into(),
    ]
}
