//! The only SQL of what reached customers.

use std::collections::BTreeMap;

use access::Cx;
use kernel::{Fault, RunId};

use crate::run::POOL_STAGES;

/// Minor units that reached customers, by two of `origin`, `service` and `receiver`.
pub(super) async fn sums(
    cx: &mut Cx,
    run: RunId,
    from: &str,
    to: &str,
) -> Result<BTreeMap<(String, String), i64>, Fault> {
    let sql = format!(
        "select {from} as source, {to} as target, cast(sum(amount) as bigint) as amount from ( \
             select origin, case when stage in {POOL_STAGES} then '' else sender end as service, receiver, amount \
             from charging_shares where run_id = $1 and receiver_kind = 'customer' \
         ) reached group by {from}, {to}"
    );
    let rows = cx.tx.query(&sql).bind(run).rows().await?;
    let sum = |row: &db::Row| Ok(((row.get("source")?, row.get("target")?), row.get("amount")?));
    rows.iter().map(sum).collect()
}
