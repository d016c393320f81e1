//! Whether each pool and each service passes on or keeps exactly what it has: the tie of every stage, from the
//! rows and not from the run's own totals.

use db::Tx;
use kernel::{Currency, Fault, Money};

use crate::run::POOL_STAGES;
use crate::run::repo::RunRow;

/// A pool or service whose sums do not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    /// It is a pool; else a service or cost object.
    pub pool: bool,
    /// Its key.
    pub node: String,
    /// What it has: a pool its ledger lines, a service what it received.
    pub has: i64,
    /// What it passed on, and what of it stays unallocated.
    pub gave: i64,
}

impl Off {
    /// “CLOUD has €1,000.00 and passes on €1,000.01.”
    pub fn says(&self, currency: Currency) -> String {
        let money = |minor| Money::of_minor(minor, currency).spoken();
        let what = if self.pool { "Pool" } else { "Service" };
        let given = "passes on or leaves unallocated";
        format!("{what} {} has {} and {given} {}.", self.node, money(self.has), money(self.gave))
    }
}

/// Every pool and service of a run that has another amount than it passed on and left, pools first.
pub async fn off(tx: &mut Tx, run: &RunRow) -> Result<Vec<Off>, Fault> {
    let sql = format!(
        "select step, node, cast(sum(has) as bigint) as has, cast(sum(gave) as bigint) as gave from ( \
         select 'pool' as step, coalesce(pool_key, 'UNMAPPED') as node, sum(amount) as has, 0 as gave \
         from finance_live_lines where period = $2 and kind = 'cost' group by pool_key \
         union all select case when stage in {POOL_STAGES} then 'pool' else 'service' end, sender, 0, sum(amount) \
         from charging_shares where run_id = $1 group by sender, stage \
         union all select 'service', receiver, sum(amount), 0 from charging_shares \
         where run_id = $1 and receiver_kind <> 'customer' group by receiver \
         union all select case when stage in {POOL_STAGES} then 'pool' else 'service' end, node, 0, amount \
         from charging_residuals where run_id = $1 \
         ) moved group by step, node having sum(has) <> sum(gave) order by step, node"
    );
    let rows = tx.query(&sql).bind(run.id).bind(run.period).rows().await?;
    let read = |row: &db::Row| {
        Ok(Off {
            pool: row.get::<String>("step")? == "pool",
            node: row.get("node")?,
            has: row.get("has")?,
            gave: row.get("gave")?,
        })
    };
    rows.iter().map(read).collect()
}
