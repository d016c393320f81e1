//! The only SQL of what reached customers.

use std::collections::BTreeMap;

use access::Cx;
use kernel::{Fault, RunId};

use crate::run::POOL_STAGES;

/// Minor units that reached customers, by `from` and `to`, two of `origin`, `sender` and `receiver`; a sender that is
/// a pool, not a service, is empty. Grouped as the index is ordered: a big run's sums need no sorting.
pub(super) async fn sums(
    cx: &mut Cx,
    run: RunId,
    from: &str,
    to: &str,
) -> Result<BTreeMap<(String, String), i64>, Fault> {
    let sql = format!(
        "select stage in {POOL_STAGES} as from_pool, {from} as source, {to} as target, \
         cast(sum(amount) as bigint) as amount from charging_shares \
         where run_id = $1 and receiver_kind = 'customer' group by stage, {from}, {to}"
    );
    let mut sums = BTreeMap::new();
    for row in &cx.tx.query(&sql).bind(run).rows().await? {
        let from_pool: bool = row.get("from_pool")?;
        let end = |column: &str, name: &str| -> Result<String, Fault> {
            if from_pool && name == "sender" { Ok(String::new()) } else { row.get(column) }
        };
        *sums.entry((end("source", from)?, end("target", to)?)).or_insert(0) += row.get::<i64>("amount")?;
    }
    Ok(sums)
}
