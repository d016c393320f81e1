//! The only SQL of what services cost: the sums kept with the runs that stand.

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

/// Cost and quantity in every month with a run: of `service`, of every one where none is named.
pub async fn costs(tx: &mut Tx, service: Option<&str>) -> Result<Costs, Fault> {
    let sql = "select c.service, r.period, c.amount, c.quantity_total \
               from charging_runs r join charging_service_costs c on c.run_id = r.id \
               where r.state <> 'reversed' and ($1 is null or c.service = $1)";
    let mut costs = Costs::default();
    for row in &tx.query(sql).bind(service.map(str::to_owned)).rows().await? {
        let key = key(row)?;
        if let Some(text) = row.get::<Option<String>>("quantity_total")? {
            let wrong = |error| Fault::new(format!("reading the quantity {text}"), error);
            costs.quantity.insert(key.clone(), text.parse().map_err(wrong)?);
        }
        costs.cost.insert(key, row.get("amount")?);
    }
    let rows = tx.query("select period from charging_runs where state <> 'reversed'").rows().await?;
    costs.run = rows.iter().map(|row| row.get("period")).collect::<Result<_, Fault>>()?;
    Ok(costs)
}

fn key(row: &Row) -> Result<(String, Period), Fault> {
    Ok((row.get("service")?, row.get("period")?))
}
