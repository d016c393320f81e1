//! The ledger's cost of a month: by pool and named service, and what bills explain of it.

use db::Tx;
use kernel::{Fault, Period};

use crate::run::billed::{Billed, correct};
use crate::run::keys::UNMAPPED;

/// Cost by pool and by the service that its lines name.
type Cost = (Option<String>, Option<String>, i64);

// The engines sort what is empty at different ends; the digest of the inputs must not tell them apart.
pub(super) async fn costs(tx: &mut Tx, period: Period) -> Result<(Vec<Cost>, Vec<Billed>), Fault> {
    let explained = usage::bill::explained(tx, period).await?;
    // A line that a bill explains is shared by the bill, whatever service the line names. One without a pool waits
    // for its mapping.
    let sql = "select l.pool_key, e.supplier, case when e.supplier is null then l.service_key end as named, \
               cast(coalesce(sum(l.amount), 0) as bigint) as amount from finance_live_lines l \
               left join usage_explained_lines e on e.line_id = l.id and e.period = $1 and l.pool_key is not null \
               where l.period = $1 and l.kind = 'cost' group by 1, 2, 3 \
               order by 1 nulls last, 3 nulls last, 2 nulls first";
    // Where there is no bill the index alone has it all.
    let plain = "select pool_key, cast(null as text) as supplier, service_key as named, \
                 cast(coalesce(sum(amount), 0) as bigint) as amount from finance_live_lines \
                 where period = $1 and kind = 'cost' group by pool_key, service_key \
                 order by pool_key nulls last, service_key nulls last";
    let (mut costs, mut billed) = (Vec::new(), Vec::new());
    for row in tx.query(if explained.is_empty() { plain } else { sql }).bind(period).rows().await? {
        let (pool, supplier): (Option<String>, Option<String>) = (row.get("pool_key")?, row.get("supplier")?);
        let says = explained.iter().find(|says| supplier.as_ref() == Some(&says.supplier));
        let amount = row.get("amount")?;
        let Some(says) = says else {
            costs.push((pool, row.get("named")?, amount));
            continue;
        };
        billed.push(Billed {
            pool: pool.unwrap_or_else(|| UNMAPPED.to_owned()),
            supplier: says.supplier.clone(),
            basis: says.basis.clone(),
            amount,
            services: says.services.clone(),
            unmatched: says.unmatched,
            corrections: Vec::new(),
        });
    }
    for says in &explained {
        let mut pools: Vec<&mut Billed> =
            billed.iter_mut().filter(|billed| billed.supplier == says.supplier).collect();
        correct(&mut pools, &says.corrections);
    }
    Ok((costs, billed))
}
