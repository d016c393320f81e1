//! The only SQL of what services cost: the sums kept with the runs that stand.

use std::collections::BTreeMap;

use db::{Row, Tx};
use kernel::{Fault, Period};

/// Cost and quantity per service and month.
#[derive(Clone, Debug, Default)]
pub(super) struct Costs {
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

/// Months that have a run.
pub(super) async fn runs(tx: &mut Tx) -> Result<Vec<Period>, Fault> {
    let rows = tx.query("select period from charging_runs where state <> 'reversed'").rows().await?;
    rows.iter().map(|row| row.get("period")).collect()
}

/// Cost and quantity in the months from the first to the last `asked` that have a run: of the services of those
/// keys, of every one where `only` names none.
pub(super) async fn costs(
    tx: &mut Tx,
    only: Option<&[String]>,
    run: Vec<Period>,
    asked: &[Period],
) -> Result<Costs, Fault> {
    let mut costs = Costs { run, ..Costs::default() };
    let (Some(first), Some(last)) = (asked.iter().min(), asked.iter().max()) else { return Ok(costs) };
    let named = only.map_or_else(
        || "true".to_owned(),
        |keys| {
            let places: Vec<String> = (3..keys.len() + 3).map(|place| format!("${place}")).collect();
            format!("c.service in ({})", places.join(", "))
        },
    );
    let sql = format!(
        "select c.service, r.period, c.amount, c.quantity_total \
         from charging_runs r join charging_service_costs c on c.run_id = r.id \
         where r.state <> 'reversed' and r.period between $1 and $2 and {named}"
    );
    let asked = tx.query(&sql).bind(*first).bind(*last);
    let asked = only.unwrap_or_default().iter().fold(asked, |asked, key| asked.bind(key.as_str()));
    for row in &asked.rows().await? {
        let key = key(row)?;
        if let Some(text) = row.get::<Option<String>>("quantity_total")? {
            let wrong = |error| Fault::new(format!("reading the quantity {text}"), error);
            costs.quantity.insert(key.clone(), text.parse().map_err(wrong)?);
        }
        costs.cost.insert(key, row.get("amount")?);
    }
    Ok(costs)
}

fn key(row: &Row) -> Result<(String, Period), Fault> {
    Ok((row.get("service")?, row.get("period")?))
}
