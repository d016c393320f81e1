//! The only SQL of what services cost: out of the shares of the runs that stand.

use std::collections::BTreeMap;

use db::{Row, Tx};
use kernel::{Fault, Period};

/// Cost and quantity per service and month.
#[derive(Clone, Debug, Default)]
pub struct Costs {
    /// What a service received, minor units.
    pub cost: BTreeMap<(String, Period), i64>,
    /// The total of the driver or agreements a service was shared by, millionths.
    pub quantity: BTreeMap<(String, Period), i128>,
    /// Months that have a run: a service it sends nothing to cost nothing.
    pub run: Vec<Period>,
}

impl Costs {
    /// What `service` cost in `period`; `None` where nothing was run.
    pub fn of(&self, service: &str, period: Period) -> Option<i64> {
        let there = self.run.contains(&period);
        there.then(|| self.cost.get(&(service.to_owned(), period)).copied().unwrap_or(0))
    }
}

/// Cost and quantity of every service and month with a run.
pub async fn costs(tx: &mut Tx) -> Result<Costs, Fault> {
    let sql = "select s.receiver as service, r.period, cast(sum(s.amount) as bigint) as amount \
               from charging_shares s join charging_runs r on r.id = s.run_id \
               where r.state <> 'reversed' and s.receiver_kind = 'service' group by s.receiver, r.period";
    let rows = tx.query(sql).rows().await?;
    let cost = rows.iter().map(|row| Ok((key(row)?, row.get("amount")?))).collect::<Result<_, Fault>>()?;
    let sql = "select distinct s.sender as service, r.period, s.quantity_total \
               from charging_shares s join charging_runs r on r.id = s.run_id \
               where r.state <> 'reversed' and s.stage <> 'pools' and s.quantity_total is not null";
    let rows = tx.query(sql).rows().await?;
    let quantity = rows.iter().map(|row| {
        let text: String = row.get("quantity_total")?;
        let total =
            text.parse().map_err(|error| Fault::new(format!("reading the quantity {text}"), error))?;
        Ok((key(row)?, total))
    });
    let quantity = quantity.collect::<Result<_, Fault>>()?;
    let rows = tx.query("select period from charging_runs where state <> 'reversed'").rows().await?;
    let run = rows.iter().map(|row| row.get("period")).collect::<Result<_, Fault>>()?;
    Ok(Costs { cost, quantity, run })
}

fn key(row: &Row) -> Result<(String, Period), Fault> {
    Ok((row.get("service")?, row.get("period")?))
}
