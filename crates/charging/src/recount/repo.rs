//! The only SQL of recounting.

use access::history::Difference;
use db::Tx;
use kernel::Fault;
use kernel::Period;

use crate::run::{self, POOL_STAGES};

/// Totals that are not the sum of their rows, and final runs that do not tie at every stage.
pub async fn recount(tx: &mut Tx) -> Result<Vec<Difference>, Fault> {
    let mut found = Vec::new();
    for (noun, sql, says) in sums() {
        for row in tx.query(&sql).rows().await? {
            found.push(Difference { noun: noun.to_owned(), id: row.get("id")?, says: says.to_owned() });
        }
    }
    // A draft may have been left behind by the ledger; a final run never.
    let finals = "select period from charging_runs where state = 'final' order by period";
    for row in tx.query(finals).rows().await? {
        let period: Period = row.get("period")?;
        let Some(run) = run::live(tx, period).await? else { continue };
        let off = run::off(tx, &run).await?.into_iter();
        found.extend(off.map(|off| Difference {
            noun: "run".to_owned(),
            id: period.to_string(),
            says: off.says(run.currency),
        }));
    }
    Ok(found)
}

/// What it is of, the ones that are off, and what is off.
fn sums() -> [(&'static str, String, &'static str); 4] {
    let total = "select s.number as id from charging_statements s where s.total <> (select coalesce(sum(l.amount), 0) \
                 from charging_statement_lines l where l.statement_id = s.id) order by s.number";
    let of_run = |kept: &str, rows: &str| {
        format!(
            "select r.period as id from charging_runs r where r.state <> 'reversed' and r.{kept} <> \
             (select coalesce(sum(x.amount), 0) from {rows} and x.run_id = r.id) order by r.period"
        )
    };
    let costs = format!(
        "select r.period || ' ' || c.service as id from charging_runs r join ( \
         select run_id, service, amount, from_pools, 0 as received, 0 as of_pools from charging_service_costs \
         union all select run_id, receiver, 0, 0, amount, case when stage in {POOL_STAGES} then amount else 0 end \
         from charging_shares where receiver_kind = 'service') c on c.run_id = r.id \
         group by r.id, r.period, c.service \
         having sum(c.amount) <> sum(c.received) or sum(c.from_pools) <> sum(c.of_pools) order by id"
    );
    let allocated = of_run("allocated", "charging_shares x where x.receiver_kind = 'customer'");
    [
        ("statement", total.to_owned(), "Its total is not the sum of its lines."),
        ("run", allocated, "What it says is allocated is not the sum of its shares."),
        (
            "run",
            of_run("unallocated", "charging_residuals x where 1 = 1"),
            "What it says stays is not the sum of its residuals.",
        ),
        ("cost of a service", costs, "It is not the sum of the shares that reached it."),
    ]
}
